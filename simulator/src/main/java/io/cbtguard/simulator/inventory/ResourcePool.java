package io.cbtguard.simulator.inventory;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ResourceConfigSpec;
import com.vmware.vim25.ResourcePoolRuntimeInfo;
import com.vmware.vim25.ResourcePoolSummary;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import java.util.LinkedHashMap;
import java.util.Map;

/** The root resource pool of a cluster. */
public final class ResourcePool extends ManagedEntity {
    private static final PropertyTable TABLE = PropertyTable.<ResourcePool>type("ResourcePool", ManagedEntity.TABLE)
            .unset("summary", ResourcePoolSummary.class)
            .unset("runtime", ResourcePoolRuntimeInfo.class)
            .value("owner", ManagedObjectReference.class, pool -> pool.owner.toVim())
            .empty("resourcePool", ManagedObjectReference.class)
            .list("vm", ManagedObjectReference.class, pool -> MoRef.list(pool.vms.values()))
            .unset("config", ResourceConfigSpec.class)
            .empty("childConfiguration", ResourceConfigSpec.class)
            .build();

    private final Cluster owner;
    private final Map<MoRef, ManagedEntity> vms = new LinkedHashMap<>();

    ResourcePool(MoRef ref, Cluster owner) {
        super(ref, "Resources");
        this.owner = owner;
        setParent(owner);
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    public Cluster owner() {
        return owner;
    }

    public void addVm(ManagedEntity vm, Registry registry) {
        vms.put(vm.ref(), vm);
        registry.changed(this, "vm");
    }

    public void removeVm(ManagedEntity vm, Registry registry) {
        vms.remove(vm.ref());
        registry.changed(this, "vm");
    }
}
