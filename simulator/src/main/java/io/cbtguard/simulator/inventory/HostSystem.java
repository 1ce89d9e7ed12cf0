package io.cbtguard.simulator.inventory;

import com.vmware.vim25.HostCapability;
import com.vmware.vim25.HostConfigInfo;
import com.vmware.vim25.HostConfigManager;
import com.vmware.vim25.HostHardwareInfo;
import com.vmware.vim25.HostLicensableResourceInfo;
import com.vmware.vim25.HostListSummary;
import com.vmware.vim25.HostRuntimeInfo;
import com.vmware.vim25.HostSystemConnectionState;
import com.vmware.vim25.HostSystemResourceInfo;
import com.vmware.vim25.ManagedObjectReference;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.core.Vcenter;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An ESXi host: product, connection, maintenance, and the VMs on it. */
public final class HostSystem extends ManagedEntity {
    private static final PropertyTable TABLE = PropertyTable.<HostSystem>type("HostSystem", ManagedEntity.TABLE)
            .value("runtime", HostRuntimeInfo.class, HostProperties::runtime)
            .value("summary", HostListSummary.class, HostProperties::summary)
            .value("hardware", HostHardwareInfo.class, HostProperties::hardware)
            .unset("capability", HostCapability.class)
            .unset("licensableResource", HostLicensableResourceInfo.class)
            .unset("configManager", HostConfigManager.class)
            .value("config", HostConfigInfo.class, HostProperties::config)
            .list("vm", ManagedObjectReference.class, host -> MoRef.list(host.vms.values()))
            .list("datastore", ManagedObjectReference.class, host -> MoRef.list(host.datastores))
            .list("network", ManagedObjectReference.class, host -> MoRef.list(host.networks))
            .unset("datastoreBrowser", ManagedObjectReference.class)
            .unset("systemResources", HostSystemResourceInfo.class)
            .build();

    private final String uuid;
    private final List<Datastore> datastores;
    private final List<Network> networks;
    private final Map<MoRef, ManagedEntity> vms = new LinkedHashMap<>();
    private EsxProduct product;
    private HostSystemConnectionState connection = HostSystemConnectionState.CONNECTED;
    private boolean maintenance;
    private Instant bootTime;

    /** Makes the host and registers it in its cluster. */
    public HostSystem(
            Vcenter vcenter,
            String name,
            EsxProduct product,
            Cluster cluster,
            List<Datastore> datastores,
            List<Network> networks) {
        super(new MoRef("HostSystem", "host-" + vcenter.ids().next("entity", 1)), name);
        this.uuid = vcenter.ids().uuid();
        this.product = product;
        this.datastores = datastores;
        this.networks = networks;
        this.bootTime = vcenter.clock().now();
        cluster.addHost(this, vcenter.registry());
        vcenter.registry().add(this);
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    public @Nullable Cluster cluster() {
        return ancestor(Cluster.class);
    }

    public String uuid() {
        return uuid;
    }

    public EsxProduct product() {
        return product;
    }

    public List<Datastore> datastores() {
        return datastores;
    }

    public List<Network> networks() {
        return networks;
    }

    public Collection<ManagedEntity> vms() {
        return vms.values();
    }

    public HostSystemConnectionState connection() {
        return connection;
    }

    public boolean isConnected() {
        return connection == HostSystemConnectionState.CONNECTED;
    }

    public boolean inMaintenance() {
        return maintenance;
    }

    public Instant bootTime() {
        return bootTime;
    }

    public void addVm(ManagedEntity vm, Registry registry) {
        vms.put(vm.ref(), vm);
        registry.changed(this, "vm");
    }

    public void removeVm(ManagedEntity vm, Registry registry) {
        vms.remove(vm.ref());
        registry.changed(this, "vm");
    }

    public void setConnection(HostSystemConnectionState state, Registry registry) {
        connection = state;
        registry.changed(this, "runtime.connectionState", "summary.runtime.connectionState");
    }

    public void setMaintenance(boolean on, Registry registry) {
        maintenance = on;
        registry.changed(this, "runtime.inMaintenanceMode", "summary.runtime.inMaintenanceMode");
    }

    /** The host boots another image. */
    public void boot(EsxProduct image, Instant time, Registry registry) {
        product = image;
        bootTime = time;
        registry.changed(
                this, "config.product", "summary.config.product", "runtime.bootTime", "summary.runtime.bootTime");
    }
}
