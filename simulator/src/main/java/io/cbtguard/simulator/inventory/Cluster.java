package io.cbtguard.simulator.inventory;

import com.vmware.vim25.ClusterConfigInfo;
import com.vmware.vim25.ComputeResourceConfigInfo;
import com.vmware.vim25.ComputeResourceSummary;
import com.vmware.vim25.ManagedEntityStatus;
import com.vmware.vim25.ManagedObjectReference;
import io.cbtguard.simulator.core.Ids;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A cluster of hosts with its root resource pool. */
public final class Cluster extends ManagedEntity {
    private static final PropertyTable COMPUTE = PropertyTable.<Cluster>type("ComputeResource", ManagedEntity.TABLE)
            .value("resourcePool", ManagedObjectReference.class, cluster -> cluster.resourcePool.toVim())
            .list("host", ManagedObjectReference.class, cluster -> MoRef.list(cluster.hosts.values()))
            .list("datastore", ManagedObjectReference.class, cluster -> MoRef.list(cluster.datastores()))
            .list("network", ManagedObjectReference.class, cluster -> MoRef.list(cluster.networks()))
            .value("summary", ComputeResourceSummary.class, Cluster::summary)
            .unset("environmentBrowser", ManagedObjectReference.class)
            .unset("configurationEx", ComputeResourceConfigInfo.class)
            .build();
    private static final PropertyTable TABLE = PropertyTable.<Cluster>type("ClusterComputeResource", COMPUTE)
            .unset("configuration", ClusterConfigInfo.class)
            .empty("recommendation", com.vmware.vim25.ClusterRecommendation.class)
            .empty("drsRecommendation", com.vmware.vim25.ClusterDrsRecommendation.class)
            .empty("migrationHistory", com.vmware.vim25.ClusterDrsMigration.class)
            .empty("actionHistory", com.vmware.vim25.ClusterActionHistory.class)
            .empty("drsFault", com.vmware.vim25.ClusterDrsFaults.class)
            .build();

    private final ResourcePool resourcePool;
    private final Map<MoRef, HostSystem> hosts = new LinkedHashMap<>();

    /** Makes the cluster and registers it with its resource pool. */
    public Cluster(Ids ids, String name, Datacenter datacenter, Registry registry) {
        super(new MoRef("ClusterComputeResource", "domain-c" + ids.next("entity", 1)), name);
        resourcePool = new ResourcePool(new MoRef("ResourcePool", "resgroup-" + ids.next("entity", 1)), this);
        datacenter.hostFolder().adopt(this, registry);
        registry.add(resourcePool);
        registry.add(this);
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    public ResourcePool resourcePool() {
        return resourcePool;
    }

    public Collection<HostSystem> hosts() {
        return hosts.values();
    }

    public void addHost(HostSystem host, Registry registry) {
        host.setParent(this);
        hosts.put(host.ref(), host);
        registry.changed(this, "host", "summary");
    }

    public void removeHost(HostSystem host, Registry registry) {
        hosts.remove(host.ref());
        host.setParent(null);
        registry.changed(this, "host", "summary");
    }

    private Set<Datastore> datastores() {
        Set<Datastore> all = new LinkedHashSet<>();
        hosts.values().forEach(host -> all.addAll(host.datastores()));
        return all;
    }

    private Set<Network> networks() {
        Set<Network> all = new LinkedHashSet<>();
        hosts.values().forEach(host -> all.addAll(host.networks()));
        return all;
    }

    private ComputeResourceSummary summary() {
        ComputeResourceSummary summary = new ComputeResourceSummary();
        summary.setNumHosts((short) hosts.size());
        summary.setNumEffectiveHosts((short) hosts.size());
        summary.setTotalCpu(hosts.size() * 64_000);
        summary.setTotalMemory(hosts.size() * (1L << 39));
        summary.setNumCpuCores((short) (hosts.size() * 32));
        summary.setNumCpuThreads((short) (hosts.size() * 64));
        summary.setEffectiveCpu(hosts.size() * 60_000);
        summary.setEffectiveMemory(hosts.size() * (1L << 19));
        summary.setOverallStatus(ManagedEntityStatus.GREEN);
        return summary;
    }
}
