package io.cbtguard.simulator.vm;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.MigrateVMRequestType;
import com.vmware.vim25.RelocateVMRequestType;
import com.vmware.vim25.VirtualMachinePowerState;
import com.vmware.vim25.VirtualMachineRelocateSpec;
import com.vmware.vim25.VmMigratedEvent;
import com.vmware.vim25.VmRelocatedEvent;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.event.EventArguments;
import io.cbtguard.simulator.inventory.Datacenter;
import io.cbtguard.simulator.inventory.Datastore;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.soap.Call;
import io.cbtguard.simulator.soap.Operations;
import io.cbtguard.simulator.task.Task;
import io.cbtguard.simulator.task.TaskKind;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Moves to another host or another datastore. Both are a stun. */
public final class PlacementActions {
    private static final TaskKind MIGRATE =
            new TaskKind("MigrateVM_Task", "VirtualMachine.migrate", "Migrate virtual machine");
    private static final TaskKind RELOCATE =
            new TaskKind("RelocateVM_Task", "VirtualMachine.relocate", "Relocate virtual machine");

    private final VmContext context;

    public PlacementActions(VmContext context) {
        this.context = context;
    }

    public void register(Operations operations) {
        operations
                .on("MigrateVM_Task", VirtualMachine.class, MigrateVMRequestType.class, (call, self, request) -> {
                    HostSystem host = host(call, request.getHost());
                    if (host == null) {
                        throw Faults.invalidArgument("host");
                    }
                    return migrate(self, host, call.userName()).toVim();
                })
                .on("RelocateVM_Task", VirtualMachine.class, RelocateVMRequestType.class, (call, self, request) -> {
                    VirtualMachineRelocateSpec spec = request.getSpec();
                    Datastore datastore =
                            spec.getDatastore() == null ? null : call.resolve(spec.getDatastore(), Datastore.class);
                    return relocate(self, host(call, spec.getHost()), datastore, call.userName())
                            .toVim();
                });
    }

    private static @Nullable HostSystem host(Call call, @Nullable ManagedObjectReference reference) {
        return reference == null ? null : call.resolve(reference, HostSystem.class);
    }

    public Task migrate(VirtualMachine vm, HostSystem target, String user) {
        return context.start(MIGRATE, vm, user, task -> {
            move(vm, target, null, task);
            return null;
        });
    }

    /**
     * @param host null for where it is
     * @param datastore null for where it is
     */
    public Task relocate(VirtualMachine vm, @Nullable HostSystem host, @Nullable Datastore datastore, String user) {
        return context.start(RELOCATE, vm, user, task -> {
            move(vm, host == null ? vm.host() : host, datastore, task);
            return null;
        });
    }

    private void move(VirtualMachine vm, HostSystem target, @Nullable Datastore datastore, Task task) {
        if (!target.isConnected() || target.inMaintenance()) {
            throw Faults.invalidState();
        }
        HostSystem source = vm.host();
        Datastore sourceDatastore = vm.datastore();
        if (target != source) {
            vm.moveTo(target);
        }
        if (datastore != null && datastore != sourceDatastore) {
            moveFiles(vm, datastore);
        }
        Stun.announce(vm);
        postMoved(vm, source, sourceDatastore, task);
    }

    private void moveFiles(VirtualMachine vm, Datastore target) {
        String from = "[" + vm.datastore().name() + "]";
        String to = "[" + target.name() + "]";
        vm.config().vmPathName = vm.config().vmPathName.replace(from, to);
        Set<DiskFile> files = new HashSet<>();
        Stream.concat(Stream.of(vm.config()), vm.snapshots().all().stream().map(Snapshot::config))
                .flatMap(config -> config.disks().stream())
                .forEach(disk -> {
                    for (DiskFile file = disk.file(); file != null; file = file.parent()) {
                        files.add(file);
                    }
                });
        files.forEach(file -> file.moveTo(file.path().replace(from, to)));
        if (!context.assumptions().storageMoveKeepsTracking()) {
            vm.config().disks().forEach(disk -> disk.state().stopTracking());
        }
        vm.moveTo(target);
        vm.configChanged("config.hardware.device", "config.files.vmPathName", "summary.config.vmPathName", "layoutEx");
    }

    private void postMoved(VirtualMachine vm, HostSystem source, Datastore sourceDatastore, Task task) {
        Datacenter datacenter = Objects.requireNonNull(vm.ancestor(Datacenter.class), "every VM is in a datacenter");
        String places = " from " + source.name() + ", " + sourceDatastore.name() + " to "
                + vm.host().name() + ", " + vm.datastore().name() + " in " + datacenter.name();
        if (vm.powerState() == VirtualMachinePowerState.POWERED_ON || vm.datastore() == sourceDatastore) {
            VmMigratedEvent event = new VmMigratedEvent();
            event.setSourceHost(EventArguments.host(source));
            event.setSourceDatacenter(EventArguments.datacenter(datacenter));
            event.setSourceDatastore(EventArguments.datastore(sourceDatastore));
            context.post(event, vm, task, "Migration of virtual machine " + vm.name() + places + " completed");
        } else {
            VmRelocatedEvent event = new VmRelocatedEvent();
            event.setSourceHost(EventArguments.host(source));
            event.setSourceDatacenter(EventArguments.datacenter(datacenter));
            event.setSourceDatastore(EventArguments.datastore(sourceDatastore));
            context.post(event, vm, task, "Completed the relocation of virtual machine " + vm.name() + places);
        }
    }
}
