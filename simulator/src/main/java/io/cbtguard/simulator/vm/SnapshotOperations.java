package io.cbtguard.simulator.vm;

import com.vmware.vim25.ConsolidateVMDisksRequestType;
import com.vmware.vim25.CreateSnapshotRequestType;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.QueryChangedDiskAreasRequestType;
import com.vmware.vim25.RemoveAllSnapshotsRequestType;
import com.vmware.vim25.RemoveSnapshotRequestType;
import com.vmware.vim25.RenameSnapshotRequestType;
import com.vmware.vim25.RevertToCurrentSnapshotRequestType;
import com.vmware.vim25.RevertToSnapshotRequestType;
import com.vmware.vim25.VirtualMachinePowerState;
import io.cbtguard.simulator.block.ChangedAreas;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.soap.Call;
import io.cbtguard.simulator.soap.Operations;
import io.cbtguard.simulator.soap.extra.CreateSnapshotExRequestType;
import org.jspecify.annotations.Nullable;

/** The SOAP operations around snapshots and changed areas. */
public final class SnapshotOperations {
    private final SnapshotActions snapshots;
    private final RevertActions reverts;

    public SnapshotOperations(SnapshotActions snapshots, RevertActions reverts) {
        this.snapshots = snapshots;
        this.reverts = reverts;
    }

    public void register(Operations operations) {
        Class<VirtualMachine> vm = VirtualMachine.class;
        operations
                .require("VirtualMachine.State.CreateSnapshot", "CreateSnapshot_Task", "CreateSnapshotEx_Task")
                .require("VirtualMachine.State.RenameSnapshot", "RenameSnapshot")
                .require(
                        "VirtualMachine.State.RemoveSnapshot",
                        "RemoveSnapshot_Task",
                        "RemoveAllSnapshots_Task",
                        "ConsolidateVMDisks_Task")
                .require(
                        "VirtualMachine.State.RevertToSnapshot",
                        "RevertToSnapshot_Task",
                        "RevertToCurrentSnapshot_Task")
                .require("VirtualMachine.Provisioning.DiskRandomRead", "QueryChangedDiskAreas")
                .on("CreateSnapshot_Task", vm, CreateSnapshotRequestType.class, (call, self, request) -> snapshots
                        .create(
                                self,
                                text(request.getName()),
                                text(request.getDescription()),
                                request.isMemory(),
                                request.isQuiesce(),
                                call.userName())
                        .toVim())
                .on("CreateSnapshotEx_Task", vm, CreateSnapshotExRequestType.class, (call, self, request) -> snapshots
                        .createEx(
                                self,
                                text(request.getName()),
                                text(request.getDescription()),
                                request.isMemory(),
                                call.userName())
                        .toVim())
                .on(
                        "RemoveSnapshot_Task",
                        Snapshot.class,
                        RemoveSnapshotRequestType.class,
                        (call, self, request) -> snapshots
                                .remove(
                                        self,
                                        request.isRemoveChildren(),
                                        isNotFalse(request.isConsolidate()),
                                        call.userName())
                                .toVim())
                .on(
                        "RemoveAllSnapshots_Task",
                        vm,
                        RemoveAllSnapshotsRequestType.class,
                        (call, self, request) -> snapshots
                                .removeAll(self, isNotFalse(request.isConsolidate()), call.userName())
                                .toVim())
                .action("RenameSnapshot", Snapshot.class, RenameSnapshotRequestType.class, (call, self, request) -> {
                    self.rename(request.getName(), request.getDescription());
                    self.vm().changed("snapshot");
                })
                .on(
                        "RevertToSnapshot_Task",
                        Snapshot.class,
                        RevertToSnapshotRequestType.class,
                        (call, self, request) -> reverts.revert(
                                        self,
                                        host(call, request.getHost()),
                                        isTrue(request.isSuppressPowerOn()),
                                        call.userName())
                                .toVim())
                .on(
                        "RevertToCurrentSnapshot_Task",
                        vm,
                        RevertToCurrentSnapshotRequestType.class,
                        (call, self, request) -> reverts.revertToCurrent(
                                        self,
                                        host(call, request.getHost()),
                                        isTrue(request.isSuppressPowerOn()),
                                        call.userName())
                                .toVim())
                .on(
                        "ConsolidateVMDisks_Task",
                        vm,
                        ConsolidateVMDisksRequestType.class,
                        (call, self, request) ->
                                snapshots.consolidate(self, call.userName()).toVim())
                .on("QueryChangedDiskAreas", vm, QueryChangedDiskAreasRequestType.class, SnapshotOperations::query);
    }

    private static Object query(Call call, VirtualMachine vm, QueryChangedDiskAreasRequestType request) {
        VmConfig config = vm.config();
        if (request.getSnapshot() != null) {
            Snapshot snapshot = call.resolve(request.getSnapshot(), Snapshot.class);
            if (snapshot.vm() != vm) {
                throw Faults.invalidArgument("snapshotId");
            }
            config = snapshot.config();
        } else if (vm.powerState() != VirtualMachinePowerState.POWERED_OFF) {
            // what the guest writes meanwhile cannot be told without a snapshot
            throw Faults.invalidArgument("snapshotId");
        }
        VmDisk disk = config.disk(request.getDeviceKey());
        if (disk == null) {
            throw Faults.invalidArgument("deviceKey");
        }
        return ChangedAreas.query(
                disk.state(), disk.file().path(), request.getStartOffset(), text(request.getChangeId()));
    }

    private static @Nullable HostSystem host(Call call, @Nullable ManagedObjectReference reference) {
        return reference == null ? null : call.resolve(reference, HostSystem.class);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static boolean isTrue(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }

    private static boolean isNotFalse(@Nullable Boolean value) {
        return !Boolean.FALSE.equals(value);
    }
}
