package io.cbtguard.simulator.service;

import com.vmware.vim25.AboutInfo;
import com.vmware.vim25.Capability;
import com.vmware.vim25.CurrentTimeRequestType;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.RetrieveServiceContentRequestType;
import com.vmware.vim25.ServiceContent;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.SimClock;
import io.cbtguard.simulator.core.VimTime;
import io.cbtguard.simulator.inventory.Folder;
import io.cbtguard.simulator.property.PropertyOperations;
import io.cbtguard.simulator.soap.Operations;
import javax.xml.datatype.XMLGregorianCalendar;

/** The object that every client starts from. */
public final class ServiceInstance extends ManagedObject {
    private static final PropertyTable TABLE = PropertyTable.<ServiceInstance>type("ServiceInstance")
            .value("serverClock", XMLGregorianCalendar.class, self -> VimTime.toVim(self.clock.now()))
            .value("capability", Capability.class, self -> capability())
            .value("content", ServiceContent.class, ServiceInstance::content)
            .build();

    private final SimClock clock;
    private final Folder rootFolder;
    private final String instanceUuid;

    public ServiceInstance(SimClock clock, Folder rootFolder, String instanceUuid) {
        super(new MoRef("ServiceInstance", "ServiceInstance"));
        this.clock = clock;
        this.rootFolder = rootFolder;
        this.instanceUuid = instanceUuid;
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    public void register(Operations operations) {
        operations
                .anonymous("RetrieveServiceContent")
                .on(
                        "RetrieveServiceContent",
                        ServiceInstance.class,
                        RetrieveServiceContentRequestType.class,
                        (call, self, request) -> content())
                .on(
                        "CurrentTime",
                        ServiceInstance.class,
                        CurrentTimeRequestType.class,
                        (call, self, request) -> VimTime.toVim(clock.now()));
    }

    private ServiceContent content() {
        ServiceContent content = new ServiceContent();
        content.setRootFolder(rootFolder.toVim());
        content.setPropertyCollector(PropertyOperations.DEFAULT.toVim());
        content.setViewManager(single("ViewManager"));
        content.setAbout(about());
        content.setSetting(new MoRef("OptionManager", "VpxSettings").toVim());
        content.setSessionManager(single("SessionManager"));
        content.setAuthorizationManager(single("AuthorizationManager"));
        content.setEventManager(single("EventManager"));
        content.setTaskManager(single("TaskManager"));
        content.setCustomFieldsManager(single("CustomFieldsManager"));
        content.setSearchIndex(single("SearchIndex"));
        return content;
    }

    private static ManagedObjectReference single(String type) {
        return new MoRef(type, type).toVim();
    }

    private AboutInfo about() {
        AboutInfo about = new AboutInfo();
        about.setName("VMware vCenter Server");
        about.setFullName("VMware vCenter Server 8.0.3 build-24322831");
        about.setVendor("VMware, Inc.");
        about.setVersion("8.0.3");
        about.setBuild("24322831");
        about.setLocaleVersion("INTL");
        about.setLocaleBuild("000");
        about.setOsType("linux-x64");
        about.setProductLineId("vpx");
        about.setApiType("VirtualCenter");
        about.setApiVersion("8.0.3.0");
        about.setInstanceUuid(instanceUuid);
        about.setLicenseProductName("VMware VirtualCenter Server");
        about.setLicenseProductVersion("8.0");
        return about;
    }

    private static Capability capability() {
        Capability capability = new Capability();
        capability.setProvisioningSupported(true);
        capability.setMultiHostSupported(true);
        capability.setUserShellAccessSupported(false);
        return capability;
    }
}
