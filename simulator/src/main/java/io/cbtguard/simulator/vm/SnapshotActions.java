package io.cbtguard.simulator.vm;

import com.vmware.vim25.EventEx;
import com.vmware.vim25.InvalidName;
import com.vmware.vim25.VirtualMachinePowerState;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.task.Task;
import io.cbtguard.simulator.task.TaskKind;
import io.cbtguard.simulator.task.Tasks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Taking and removing snapshots, and merging what is left over. */
public final class SnapshotActions {
    private static final TaskKind CREATE =
            new TaskKind("CreateSnapshot_Task", "VirtualMachine.createSnapshot", "Create virtual machine snapshot");
    private static final TaskKind CREATE_EX =
            new TaskKind("CreateSnapshotEx_Task", "VirtualMachine.createSnapshotEx", "Create virtual machine snapshot");
    private static final TaskKind REMOVE = new TaskKind("RemoveSnapshot_Task", "vm.Snapshot.remove", "Remove snapshot");
    private static final TaskKind REMOVE_ALL =
            new TaskKind("RemoveAllSnapshots_Task", "VirtualMachine.removeAllSnapshots", "Remove all snapshots");
    private static final TaskKind CONSOLIDATE = new TaskKind(
            "ConsolidateVMDisks_Task", "VirtualMachine.consolidateDisks", "Consolidate virtual machine disk files");

    private final VmContext context;

    public SnapshotActions(VmContext context) {
        this.context = context;
    }

    /** Takes a snapshot: every tracked disk gets its next change ID, frozen in the snapshot's configuration. */
    public Task create(
            VirtualMachine vm, String name, String description, boolean memory, boolean quiesce, String user) {
        return create(CREATE, vm, name, description, memory, quiesce, user);
    }

    /** As {@link #create}, under the name of the newer operation. */
    Task createEx(VirtualMachine vm, String name, String description, boolean memory, String user) {
        return create(CREATE_EX, vm, name, description, memory, false, user);
    }

    private Task create(
            TaskKind kind,
            VirtualMachine vm,
            String name,
            String description,
            boolean memory,
            boolean quiesce,
            String user) {
        if (name.isEmpty()) {
            InvalidName fault = new InvalidName();
            fault.setName(name);
            throw new FaultException(fault, "The name '' is not valid.");
        }
        return context.start(kind, vm, user, task -> {
            boolean first = vm.snapshots().isEmpty();
            Stun.mint(vm);
            Snapshot snapshot = new Snapshot(
                    SnapshotCopies.newRef(context.vcenter()),
                    vm,
                    vm.snapshots().nextId(),
                    name,
                    description,
                    context.vcenter().clock().now(),
                    vm.config().copy(),
                    memory ? vm.powerState() : withoutMemory(vm.powerState()),
                    quiesce);
            DiskChains.branch(vm);
            vm.snapshots().add(snapshot);
            context.vcenter().registry().add(snapshot);
            vm.configChanged("config.hardware.device", "snapshot", "layoutEx", first ? "rootSnapshot" : "snapshot");
            return snapshot.toVim();
        });
    }

    /** What a VM comes back as from a snapshot that holds no memory. */
    private static VirtualMachinePowerState withoutMemory(VirtualMachinePowerState state) {
        return state == VirtualMachinePowerState.POWERED_ON ? VirtualMachinePowerState.POWERED_OFF : state;
    }

    /**
     * Removes a snapshot.
     *
     * @param withChildren those below it too
     * @param consolidate false leaves its files, and the VM in need of consolidation
     */
    Task remove(Snapshot snapshot, boolean withChildren, boolean consolidate, String user) {
        VirtualMachine vm = snapshot.vm();
        return context.start(REMOVE, vm, user, new Consolidation(vm) {
            @Override
            public @Nullable Object finish(Task task) {
                if (!vm.snapshots().all().contains(snapshot)) {
                    throw Faults.notFound(snapshot.ref());
                }
                drop(vm, withChildren ? SnapshotForest.subtree(snapshot) : List.of(snapshot));
                end(consolidate);
                return null;
            }
        });
    }

    /** Removes all snapshots. */
    public Task removeAll(VirtualMachine vm, boolean consolidate, String user) {
        return context.start(REMOVE_ALL, vm, user, new Consolidation(vm) {
            @Override
            public @Nullable Object finish(Task task) {
                drop(vm, vm.snapshots().all());
                end(consolidate);
                return null;
            }
        });
    }

    /** Merges files that no snapshot holds. */
    public Task consolidate(VirtualMachine vm, String user) {
        return context.start(CONSOLIDATE, vm, user, new Consolidation(vm) {
            @Override
            public @Nullable Object finish(Task task) {
                boolean needed = vm.consolidationNeeded();
                end(true);
                if (needed) {
                    context.post(
                            event(vm, "VmDiskConsolidatedEvent"),
                            vm,
                            task,
                            "Virtual machine " + vm.name() + " disks consolidated successfully on "
                                    + vm.host().name() + ".");
                }
                return null;
            }
        });
    }

    /** Marks a VM as in need of consolidation, or no longer, as vCenter finds out by itself. */
    public void setConsolidationNeeded(VirtualMachine vm, boolean needed) {
        if (vm.consolidationNeeded() != needed) {
            vm.setConsolidationNeeded(needed);
            String id = needed ? "VmDiskConsolidationNeeded" : "VmDiskConsolidationNoLongerNeeded";
            context.post(
                    event(vm, id),
                    vm,
                    "",
                    "Virtual machine " + vm.name() + " disks consolidation is " + (needed ? "" : "no longer ")
                            + "needed on " + vm.host().name() + ".");
        }
    }

    private static EventEx event(VirtualMachine vm, String id) {
        EventEx event = new EventEx();
        event.setEventTypeId("com.vmware.vc." + id);
        event.setSeverity("info");
        event.setObjectType("VirtualMachine");
        event.setObjectId(vm.ref().value());
        event.setObjectName(vm.name());
        return event;
    }

    /** Work that merges disk files: guest writes meanwhile are what hosts with the consolidation bug lose. */
    private abstract static class Consolidation implements Tasks.Work {
        private final VirtualMachine vm;

        Consolidation(VirtualMachine vm) {
            this.vm = vm;
        }

        @Override
        public void begin(Task task) {
            vm.setConsolidating(true);
        }

        @Override
        public void failed(Task task) {
            vm.setConsolidating(false);
        }

        void end(boolean consolidate) {
            vm.setConsolidating(false);
            Stun.activate(vm);
            if (consolidate) {
                DiskChains.merge(vm);
            }
            vm.configChanged("config.hardware.device", "snapshot", "rootSnapshot", "layoutEx");
            vm.setConsolidationNeeded(!consolidate && DiskChains.needsMerge(vm));
        }
    }

    private void drop(VirtualMachine vm, List<Snapshot> snapshots) {
        List<Snapshot> childrenFirst = new ArrayList<>(snapshots);
        Collections.reverse(childrenFirst);
        for (Snapshot snapshot : childrenFirst) {
            vm.snapshots().remove(snapshot);
            ManagedObject gone = snapshot;
            context.vcenter().registry().remove(gone);
        }
    }
}
