package io.cbtguard.simulator.vm;

import com.vmware.vim25.GuestInfo;
import com.vmware.vim25.ManagedEntityStatus;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ResourceConfigSpec;
import com.vmware.vim25.VirtualMachineCapability;
import com.vmware.vim25.VirtualMachineConfigInfo;
import com.vmware.vim25.VirtualMachineFileLayout;
import com.vmware.vim25.VirtualMachineFileLayoutEx;
import com.vmware.vim25.VirtualMachinePowerState;
import com.vmware.vim25.VirtualMachineRuntimeInfo;
import com.vmware.vim25.VirtualMachineSnapshotInfo;
import com.vmware.vim25.VirtualMachineStorageInfo;
import com.vmware.vim25.VirtualMachineSummary;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.event.OnHost;
import io.cbtguard.simulator.inventory.Datastore;
import io.cbtguard.simulator.inventory.Folder;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.inventory.ManagedEntity;
import io.cbtguard.simulator.inventory.ResourcePool;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A virtual machine: configuration, snapshots, power, and where it runs. What it does is in the operations. */
public final class VirtualMachine extends ManagedEntity implements OnHost {
    private static final PropertyTable TABLE = PropertyTable.<VirtualMachine>type("VirtualMachine", ManagedEntity.TABLE)
            .value("capability", VirtualMachineCapability.class, vm -> VmProperties.capability())
            .value("config", VirtualMachineConfigInfo.class, VirtualMachine::configInfo)
            .unset("layout", VirtualMachineFileLayout.class)
            .value("layoutEx", VirtualMachineFileLayoutEx.class, VmProperties::layout)
            .unset("storage", VirtualMachineStorageInfo.class)
            .unset("environmentBrowser", ManagedObjectReference.class)
            .value("resourcePool", ManagedObjectReference.class, vm -> vm.pool.toVim())
            .unset("parentVApp", ManagedObjectReference.class)
            .unset("resourceConfig", ResourceConfigSpec.class)
            .value("runtime", VirtualMachineRuntimeInfo.class, VmProperties::runtime)
            .value("guest", GuestInfo.class, VmProperties::guest)
            .value("summary", VirtualMachineSummary.class, VmProperties::summary)
            .list("datastore", ManagedObjectReference.class, vm -> List.of(vm.datastore.toVim()))
            .list("network", ManagedObjectReference.class, vm -> MoRef.list(vm.host.networks()))
            .value("snapshot", VirtualMachineSnapshotInfo.class, vm -> vm.snapshots.toInfo())
            .list("rootSnapshot", ManagedObjectReference.class, vm -> MoRef.list(vm.snapshots.roots()))
            .value("guestHeartbeatStatus", ManagedEntityStatus.class, vm -> ManagedEntityStatus.GREEN)
            .build();

    private static final DateTimeFormatter CHANGE_VERSION = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Vcenter vcenter;
    private final Shelf shelf;
    private final SnapshotForest snapshots = new SnapshotForest();
    private VmConfig config;
    private HostSystem host;
    private ResourcePool pool;
    private Datastore datastore;
    private VirtualMachinePowerState powerState = VirtualMachinePowerState.POWERED_OFF;
    private @Nullable Instant bootTime;
    private boolean consolidationNeeded;
    private boolean consolidating;
    private boolean orphaned;
    private Instant modified;
    private long writes;

    VirtualMachine(
            MoRef ref,
            String name,
            Vcenter vcenter,
            Shelf shelf,
            VmConfig config,
            HostSystem host,
            ResourcePool pool,
            Datastore datastore) {
        super(ref, name);
        this.vcenter = vcenter;
        this.shelf = shelf;
        this.config = config;
        this.host = host;
        this.pool = pool;
        this.datastore = datastore;
        this.modified = vcenter.clock().now();
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    @Override
    protected List<ManagedEntity> alsoUnder() {
        return List.of(host, pool);
    }

    private VirtualMachineConfigInfo configInfo() {
        return ConfigInfo.of(this, config, changeVersion(), modified);
    }

    Vcenter vcenter() {
        return vcenter;
    }

    Shelf shelf() {
        return shelf;
    }

    VmConfig config() {
        return config;
    }

    void setConfig(VmConfig restored) {
        config = restored;
    }

    SnapshotForest snapshots() {
        return snapshots;
    }

    /** The folder that it lies in. */
    Folder folder() {
        return Objects.requireNonNull(ancestor(Folder.class), "a VM lies in a folder");
    }

    @Override
    public HostSystem host() {
        return host;
    }

    ResourcePool pool() {
        return pool;
    }

    Datastore datastore() {
        return datastore;
    }

    VirtualMachinePowerState powerState() {
        return powerState;
    }

    @Nullable Instant bootTime() {
        return bootTime;
    }

    boolean consolidationNeeded() {
        return consolidationNeeded;
    }

    String changeVersion() {
        return CHANGE_VERSION.format(modified);
    }

    Instant modified() {
        return modified;
    }

    /** The UUID that identifies the VM within vCenter. */
    public String instanceUuid() {
        return config.instanceUuid;
    }

    /** The UUID that the guest sees. */
    public String biosUuid() {
        return config.uuid;
    }

    /** Such as 1001-2000: the VM's number and the disk's key. */
    String diskObjectId(int key) {
        return ref().value().substring("vm-".length()) + "-" + key;
    }

    /** Announces a change of the configuration: its version moves with it. */
    void configChanged(String... paths) {
        modified = vcenter.clock().now();
        List<String> all = new ArrayList<>(List.of(paths));
        all.add("config.changeVersion");
        all.add("config.modified");
        vcenter.registry().changed(this, all);
    }

    void changed(String... paths) {
        vcenter.registry().changed(this, paths);
    }

    void setPower(VirtualMachinePowerState state) {
        powerState = state;
        bootTime =
                state == VirtualMachinePowerState.POWERED_ON ? vcenter.clock().now() : null;
        changed(
                "runtime.powerState",
                "runtime.bootTime",
                "summary.runtime.powerState",
                "summary.runtime.bootTime",
                "guest");
    }

    /** Takes the power state without a boot, as a VM does that wakes up with its memory. */
    void resumeAs(VirtualMachinePowerState state) {
        powerState = state;
        bootTime =
                state == VirtualMachinePowerState.POWERED_ON ? vcenter.clock().now() : null;
    }

    void moveTo(HostSystem newHost) {
        HostSystem old = host;
        host = newHost;
        old.removeVm(this, vcenter.registry());
        newHost.addVm(this, vcenter.registry());
        var cluster = newHost.cluster();
        if (cluster != null && cluster.resourcePool() != pool) {
            pool.removeVm(this, vcenter.registry());
            pool = cluster.resourcePool();
            pool.addVm(this, vcenter.registry());
            changed("resourcePool");
        }
        changed("runtime.host", "summary.runtime.host");
        vcenter.registry().moved(this);
    }

    void moveTo(Datastore newDatastore) {
        datastore.removeVm(this, vcenter.registry());
        datastore = newDatastore;
        datastore.addVm(this, vcenter.registry());
        changed("datastore");
    }

    void setConsolidationNeeded(boolean needed) {
        if (consolidationNeeded != needed) {
            consolidationNeeded = needed;
            changed("runtime.consolidationNeeded", "summary.runtime.consolidationNeeded");
        }
    }

    /** Whether chain files are being merged right now. */
    boolean isConsolidating() {
        return consolidating;
    }

    void setConsolidating(boolean on) {
        consolidating = on;
    }

    /** Whether vCenter knows it and no host does. */
    boolean isOrphaned() {
        return orphaned;
    }

    void setOrphaned() {
        orphaned = true;
    }

    /** Goes on as the same machine that so far had another moRef. */
    void takeOver(VirtualMachine old) {
        powerState = old.powerState;
        bootTime = old.bootTime;
        consolidationNeeded = old.consolidationNeeded;
        modified = old.modified;
        countWritesFrom(old);
    }

    /** Versions of blocks that the machine wrote before are not used again. */
    void countWritesFrom(VirtualMachine old) {
        writes = old.writes;
    }

    /** A number that no earlier write of this VM has. */
    long nextWrite() {
        return ++writes;
    }
}
