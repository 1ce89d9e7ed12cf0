package io.cbtguard.simulator.inventory;

import com.vmware.vim25.DatacenterConfigInfo;
import com.vmware.vim25.ManagedObjectReference;
import io.cbtguard.simulator.core.Ids;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import java.util.List;

/** A datacenter and its four folders. */
public final class Datacenter extends ManagedEntity {
    private static final PropertyTable TABLE = PropertyTable.<Datacenter>type("Datacenter", ManagedEntity.TABLE)
            .value("vmFolder", ManagedObjectReference.class, dc -> dc.vmFolder.toVim())
            .value("hostFolder", ManagedObjectReference.class, dc -> dc.hostFolder.toVim())
            .value("datastoreFolder", ManagedObjectReference.class, dc -> dc.datastoreFolder.toVim())
            .value("networkFolder", ManagedObjectReference.class, dc -> dc.networkFolder.toVim())
            .list("datastore", ManagedObjectReference.class, dc -> MoRef.list(dc.datastoreFolder.children()))
            .list("network", ManagedObjectReference.class, dc -> MoRef.list(dc.networkFolder.children()))
            .unset("configuration", DatacenterConfigInfo.class)
            .build();

    private final Folder vmFolder;
    private final Folder hostFolder;
    private final Folder datastoreFolder;
    private final Folder networkFolder;

    /** Makes the datacenter and registers it with its folders. */
    public Datacenter(Ids ids, String name, Folder parent, Registry registry) {
        super(new MoRef("Datacenter", "datacenter-" + ids.next("entity", 1)), name);
        vmFolder = folder(ids, "group-v", "vm", List.of("Folder", "VirtualMachine", "VirtualApp"));
        hostFolder = folder(ids, "group-h", "host", List.of("Folder", "ComputeResource"));
        datastoreFolder = folder(ids, "group-s", "datastore", List.of("Folder", "Datastore", "StoragePod"));
        networkFolder = folder(ids, "group-n", "network", List.of("Folder", "Network"));
        for (Folder folder : List.of(vmFolder, hostFolder, datastoreFolder, networkFolder)) {
            folder.setParent(this);
            registry.add(folder);
        }
        parent.adopt(this, registry);
        registry.add(this);
    }

    private static Folder folder(Ids ids, String prefix, String name, List<String> childType) {
        return new Folder(new MoRef("Folder", prefix + ids.next("entity", 1)), name, childType);
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    public Folder vmFolder() {
        return vmFolder;
    }

    public Folder hostFolder() {
        return hostFolder;
    }

    public Folder datastoreFolder() {
        return datastoreFolder;
    }

    public Folder networkFolder() {
        return networkFolder;
    }
}
