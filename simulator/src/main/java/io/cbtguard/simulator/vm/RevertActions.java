package io.cbtguard.simulator.vm;

import com.vmware.vim25.EventEx;
import com.vmware.vim25.KeyAnyValue;
import com.vmware.vim25.VirtualMachinePowerState;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.task.Task;
import io.cbtguard.simulator.task.TaskKind;
import io.cbtguard.simulator.task.Tasks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Going back to a snapshot: devices return with their change IDs and tracking maps, so that numbers are given out twice
 * and later queries miss what the IDs from before the revert had covered (VMware KB 1021607).
 */
public final class RevertActions {
    private static final TaskKind REVERT =
            new TaskKind("RevertToSnapshot_Task", "vm.Snapshot.revert", "Revert snapshot");
    private static final TaskKind REVERT_TO_CURRENT = new TaskKind(
            "RevertToCurrentSnapshot_Task", "VirtualMachine.revertToCurrentSnapshot", "Revert to current snapshot");

    private final VmContext context;

    public RevertActions(VmContext context) {
        this.context = context;
    }

    /**
     * @param host where the VM is to run afterwards, null for where it is
     * @param suppressPowerOn leaves it powered off even if the snapshot holds its memory
     */
    Task revert(Snapshot snapshot, @Nullable HostSystem host, boolean suppressPowerOn, String user) {
        return context.start(REVERT, snapshot.vm(), user, new Revert(snapshot.vm()) {
            @Override
            public @Nullable Object finish(Task task) {
                goBack(snapshot, host, suppressPowerOn, task);
                return null;
            }
        });
    }

    /** As {@link #revert}, to the snapshot that the VM stands on; NotFound when there is none. */
    Task revertToCurrent(VirtualMachine vm, @Nullable HostSystem host, boolean suppressPowerOn, String user) {
        if (vm.snapshots().current() == null) {
            throw Faults.notFound();
        }
        return context.start(REVERT_TO_CURRENT, vm, user, new Revert(vm) {
            @Override
            public @Nullable Object finish(Task task) {
                Snapshot current = vm.snapshots().current();
                if (current == null) {
                    throw Faults.notFound();
                }
                goBack(current, host, suppressPowerOn, task);
                return null;
            }
        });
    }

    /** Work that says so when it fails. */
    private abstract class Revert implements Tasks.Work {
        private final VirtualMachine vm;

        Revert(VirtualMachine vm) {
            this.vm = vm;
        }

        @Override
        public void failed(Task task) {
            context.post(
                    event(vm, "VmStateFailedToRevertToSnapshot", "error"),
                    vm,
                    task,
                    "Failed to revert the execution state of the virtual machine " + vm.name());
        }
    }

    private void goBack(Snapshot snapshot, @Nullable HostSystem host, boolean suppressPowerOn, Task task) {
        VirtualMachine vm = snapshot.vm();
        if (!vm.snapshots().all().contains(snapshot)) {
            throw Faults.notFound(snapshot.ref());
        }
        VmConfig before = vm.config();
        VmConfig restored = snapshot.config().copy();
        keepIndependentDisks(before, restored);
        if (!context.assumptions().revertRestoresTracking()) {
            keepTracking(before, restored);
        }
        boolean elsewhere = snapshot != vm.snapshots().current();
        boolean visible = elsewhere || !before.looksLike(restored);
        takeFiles(vm, before, restored, elsewhere);
        vm.snapshots().stand(snapshot);
        if (Stun.activate(vm)) {
            visible = true;
        }
        if (visible) {
            vm.configChanged(visiblePaths(elsewhere));
        }
        if (host != null && host != vm.host()) {
            vm.moveTo(host);
        }
        restorePower(vm, snapshot, suppressPowerOn);
        post(vm, snapshot, task);
    }

    private static String[] visiblePaths(boolean elsewhere) {
        List<String> paths = new ArrayList<>(List.of(
                "config.hardware.device",
                "config.hardware.numCPU",
                "config.hardware.memoryMB",
                "config.changeTrackingEnabled",
                "config.extraConfig",
                "config.annotation",
                "summary.config",
                "layoutEx"));
        if (elsewhere) {
            paths.add("snapshot");
        }
        return paths.toArray(String[]::new);
    }

    private static void keepIndependentDisks(VmConfig before, VmConfig restored) {
        for (VmDisk disk : before.disks()) {
            if (disk.isIndependent() && restored.disk(disk.key()) != null) {
                restored.put(disk.copy());
            }
        }
    }

    private static void keepTracking(VmConfig before, VmConfig restored) {
        for (VmDisk disk : restored.disks()) {
            VmDisk live = before.disk(disk.key());
            if (live != null && live.uuid().equals(disk.uuid())) {
                disk.state().adoptTracking(live.state().tracking());
            }
        }
    }

    /** The live disks go on in files on top of the snapshot's; a file that already lies there is emptied and kept. */
    private static void takeFiles(VirtualMachine vm, VmConfig before, VmConfig restored, boolean elsewhere) {
        vm.setConfig(restored);
        for (VmDisk disk : restored.disks()) {
            if (disk.isIndependent()) {
                continue;
            }
            VmDisk live = before.disk(disk.key());
            if (!elsewhere && live != null && live.file().parent() == disk.file()) {
                disk.setFile(live.file());
            } else {
                disk.setFile(DiskChains.delta(vm, disk.file()));
            }
        }
    }

    private void restorePower(VirtualMachine vm, Snapshot snapshot, boolean suppressPowerOn) {
        VirtualMachinePowerState target = snapshot.state();
        if (!context.assumptions().revertWithoutMemoryPowersOff() && target == VirtualMachinePowerState.POWERED_OFF) {
            return;
        }
        if (suppressPowerOn && target == VirtualMachinePowerState.POWERED_ON) {
            target = VirtualMachinePowerState.POWERED_OFF;
        }
        if (vm.powerState() != target) {
            vm.setPower(target);
        }
    }

    private void post(VirtualMachine vm, Snapshot snapshot, Task task) {
        EventEx event = event(vm, "VmStateRevertedToSnapshot", "info");
        event.getArguments().add(argument("snapshotName", snapshot.name()));
        event.getArguments().add(argument("snapshotId", Integer.toString(snapshot.id())));
        var cluster = vm.host().cluster();
        context.post(
                event,
                vm,
                task,
                "The execution state of the virtual machine " + vm.name() + " on host "
                        + vm.host().name()
                        + ", in compute resource " + (cluster == null ? "" : cluster.name())
                        + " has been reverted to the state of snapshot " + snapshot.name() + ", with ID "
                        + snapshot.id());
    }

    private static EventEx event(VirtualMachine vm, String id, String severity) {
        EventEx event = new EventEx();
        event.setEventTypeId("com.vmware.vc.vm." + id);
        event.setSeverity(severity);
        event.setMessage("");
        event.setObjectType("VirtualMachine");
        event.setObjectId(vm.ref().value());
        event.setObjectName(vm.name());
        return event;
    }

    private static KeyAnyValue argument(String key, String value) {
        KeyAnyValue argument = new KeyAnyValue();
        argument.setKey(key);
        argument.setValue(value);
        return argument;
    }
}
