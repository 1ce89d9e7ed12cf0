package io.cbtguard.simulator.vm;

import com.vmware.vim25.EventEx;
import com.vmware.vim25.VirtualMachinePowerState;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.inventory.HostSystem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens inside or to a VM without anybody's task: guest writes, stuns, restarts by HA. */
public final class GuestActions {
    private final VmContext context;

    public GuestActions(VmContext context) {
        this.context = context;
    }

    /**
     * The guest writes.
     *
     * @param diskKey such as 2000
     * @param offset in bytes
     * @param length in bytes
     */
    public void write(VirtualMachine vm, int diskKey, long offset, long length) {
        VmDisk disk = vm.config().disk(diskKey);
        if (disk == null) {
            throw Faults.invalidArgument("deviceKey");
        }
        if (offset < 0 || length <= 0 || offset >= disk.state().capacity()) {
            throw Faults.invalidArgument("offset");
        }
        boolean lost = context.assumptions().consolidationLosesWrites()
                && vm.isConsolidating()
                && AffectedBuilds.loseWritesOnConsolidation(vm.host().product());
        disk.state().write(offset, length, vm.nextWrite(), !lost);
    }

    /** A stun that changes nothing else, such as after a reconfiguration by another tool. */
    public void stun(VirtualMachine vm) {
        Stun.announce(vm);
    }

    /** High availability restarts the VM on another host; no task tells of it. */
    public void restartElsewhere(VirtualMachine vm, HostSystem target) {
        vm.setPower(VirtualMachinePowerState.POWERED_OFF);
        vm.moveTo(target);
        vm.setPower(VirtualMachinePowerState.POWERED_ON);
        Stun.announce(vm);
        EventEx event = new EventEx();
        event.setEventTypeId("com.vmware.vc.ha.VmRestartedByHAEvent");
        event.setSeverity("warning");
        event.setObjectType("VirtualMachine");
        event.setObjectId(vm.ref().value());
        event.setObjectName(vm.name());
        context.post(event, vm, "", "vSphere HA restarted virtual machine " + vm.name() + " on host " + target.name());
    }

    /** Tracking of all disks gets lost, as after a power failure; it starts anew at the next stun. */
    public void loseTracking(VirtualMachine vm) {
        vm.config().disks().forEach(disk -> disk.state().stopTracking());
        vm.configChanged("config.hardware.device");
    }

    /** Announces paths that did not change, as a vCenter does at times. */
    public void republish(VirtualMachine vm, List<String> paths) {
        vm.vcenter().registry().changed(vm, paths);
    }

    /** A disk turns out to be of another kind; the rest of it stays. */
    public void setDiskKind(VirtualMachine vm, int diskKey, VmDisk.Kind kind) {
        VmDisk disk = vm.config().disk(diskKey);
        if (disk == null) {
            throw Faults.invalidArgument("deviceKey");
        }
        disk.setKind(kind);
        if (!disk.isTrackable()) {
            disk.state().stopTracking();
        }
        vm.configChanged("config.hardware.device");
    }

    /**
     * What a disk holds: bytes that follow from disk, block and version, zeros where nothing was ever written.
     *
     * @param snapshot null for the live disk
     */
    byte[] read(VirtualMachine vm, @Nullable Snapshot snapshot, int diskKey, long offset, int length) {
        VmConfig config = snapshot == null ? vm.config() : snapshot.config();
        VmDisk disk = config.disk(diskKey);
        if (disk == null) {
            throw Faults.invalidArgument("deviceKey");
        }
        byte[] bytes = new byte[(int) Math.min(length, Math.max(0, disk.state().capacity() - offset))];
        disk.state().read(disk.uuid().hashCode(), offset, bytes);
        return bytes;
    }
}
