package io.cbtguard.simulator.inventory;

import com.vmware.vim25.ManagedEntityStatus;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ResourceAllocationInfo;
import com.vmware.vim25.ResourceConfigSpec;
import com.vmware.vim25.ResourcePoolResourceUsage;
import com.vmware.vim25.ResourcePoolRuntimeInfo;
import com.vmware.vim25.ResourcePoolSummary;
import com.vmware.vim25.SharesInfo;
import com.vmware.vim25.SharesLevel;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import java.util.LinkedHashMap;
import java.util.Map;

/** The root resource pool of a cluster. */
public final class ResourcePool extends ManagedEntity {
    private static final PropertyTable TABLE = PropertyTable.<ResourcePool>type("ResourcePool", ManagedEntity.TABLE)
            .value("summary", ResourcePoolSummary.class, ResourcePool::summary)
            .value("runtime", ResourcePoolRuntimeInfo.class, pool -> runtime())
            .value("owner", ManagedObjectReference.class, pool -> pool.owner.toVim())
            .empty("resourcePool", ManagedObjectReference.class)
            .list("vm", ManagedObjectReference.class, pool -> MoRef.list(pool.vms.values()))
            .value("config", ResourceConfigSpec.class, pool -> configuration())
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

    private ResourcePoolSummary summary() {
        ResourcePoolSummary summary = new ResourcePoolSummary();
        summary.setName(name());
        summary.setConfig(configuration());
        summary.setRuntime(runtime());
        return summary;
    }

    private static ResourcePoolRuntimeInfo runtime() {
        ResourcePoolRuntimeInfo runtime = new ResourcePoolRuntimeInfo();
        runtime.setMemory(new ResourcePoolResourceUsage());
        runtime.setCpu(new ResourcePoolResourceUsage());
        runtime.setOverallStatus(ManagedEntityStatus.GREEN);
        return runtime;
    }

    private static ResourceConfigSpec configuration() {
        ResourceConfigSpec configuration = new ResourceConfigSpec();
        configuration.setCpuAllocation(allocation());
        configuration.setMemoryAllocation(allocation());
        return configuration;
    }

    private static ResourceAllocationInfo allocation() {
        SharesInfo shares = new SharesInfo();
        shares.setShares(4000);
        shares.setLevel(SharesLevel.NORMAL);
        ResourceAllocationInfo allocation = new ResourceAllocationInfo();
        allocation.setReservation(0L);
        allocation.setExpandableReservation(true);
        allocation.setLimit(-1L);
        allocation.setShares(shares);
        return allocation;
    }
}
