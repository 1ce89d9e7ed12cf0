package io.cbtguard.simulator.inventory;

import com.vmware.vim25.DatastoreCapability;
import com.vmware.vim25.DatastoreHostMount;
import com.vmware.vim25.DatastoreInfo;
import com.vmware.vim25.DatastoreSummary;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.StorageIORMInfo;
import io.cbtguard.simulator.core.Ids;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import java.util.LinkedHashMap;
import java.util.Map;

/** A datastore that all hosts see. */
public final class Datastore extends ManagedEntity {
    private static final long CAPACITY = 64L << 40;
    private static final PropertyTable TABLE = PropertyTable.<Datastore>type("Datastore", ManagedEntity.TABLE)
            .value("info", DatastoreInfo.class, Datastore::info)
            .value("summary", DatastoreSummary.class, Datastore::summary)
            .empty("host", DatastoreHostMount.class)
            .list("vm", ManagedObjectReference.class, datastore -> MoRef.list(datastore.vms.values()))
            .unset("browser", ManagedObjectReference.class)
            .unset("capability", DatastoreCapability.class)
            .unset("iormConfiguration", StorageIORMInfo.class)
            .build();

    private final String url;
    private final Map<MoRef, ManagedEntity> vms = new LinkedHashMap<>();

    public Datastore(Ids ids, String name, Datacenter datacenter, Registry registry) {
        super(new MoRef("Datastore", "datastore-" + ids.next("entity", 1)), name);
        url = "ds:///vmfs/volumes/" + ids.hex(8) + "-" + ids.hex(8) + "-" + ids.hex(4) + "-" + ids.hex(12) + "/";
        datacenter.datastoreFolder().adopt(this, registry);
        registry.add(this);
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    public void addVm(ManagedEntity vm, Registry registry) {
        vms.put(vm.ref(), vm);
        registry.changed(this, "vm");
    }

    public void removeVm(ManagedEntity vm, Registry registry) {
        vms.remove(vm.ref());
        registry.changed(this, "vm");
    }

    private DatastoreInfo info() {
        DatastoreInfo info = new DatastoreInfo();
        info.setName(name());
        info.setUrl(url);
        info.setFreeSpace(CAPACITY / 2);
        info.setMaxFileSize(64L << 40);
        return info;
    }

    private DatastoreSummary summary() {
        DatastoreSummary summary = new DatastoreSummary();
        summary.setDatastore(toVim());
        summary.setName(name());
        summary.setUrl(url);
        summary.setCapacity(CAPACITY);
        summary.setFreeSpace(CAPACITY / 2);
        summary.setAccessible(true);
        summary.setMultipleHostAccess(true);
        summary.setType("VMFS");
        summary.setMaintenanceMode("normal");
        return summary;
    }
}
