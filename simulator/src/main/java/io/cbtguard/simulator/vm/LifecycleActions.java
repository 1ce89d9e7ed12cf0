package io.cbtguard.simulator.vm;

import com.vmware.vim25.CloneVMRequestType;
import com.vmware.vim25.CreateVMRequestType;
import com.vmware.vim25.DestroyRequestType;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.RegisterVMRequestType;
import com.vmware.vim25.RenameRequestType;
import com.vmware.vim25.UnregisterVMRequestType;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualMachineConfigSpec;
import com.vmware.vim25.VirtualMachinePowerState;
import com.vmware.vim25.VmBeingClonedEvent;
import com.vmware.vim25.VmClonedEvent;
import com.vmware.vim25.VmCreatedEvent;
import com.vmware.vim25.VmRegisteredEvent;
import com.vmware.vim25.VmRemovedEvent;
import com.vmware.vim25.VmRenamedEvent;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.event.EventArguments;
import io.cbtguard.simulator.inventory.Cluster;
import io.cbtguard.simulator.inventory.Datastore;
import io.cbtguard.simulator.inventory.Folder;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.inventory.ResourcePool;
import io.cbtguard.simulator.soap.Call;
import io.cbtguard.simulator.soap.Operations;
import io.cbtguard.simulator.task.Task;
import io.cbtguard.simulator.task.TaskKind;
import org.jspecify.annotations.Nullable;

/** Creating, cloning, registering, renaming and removing virtual machines. */
public final class LifecycleActions {
    private static final TaskKind CREATE = new TaskKind("CreateVM_Task", "Folder.createVm", "Create virtual machine");
    private static final TaskKind CLONE = new TaskKind("CloneVM_Task", "VirtualMachine.clone", "Clone virtual machine");
    private static final TaskKind REGISTER =
            new TaskKind("RegisterVM_Task", "Folder.registerVm", "Register virtual machine");
    private static final TaskKind RENAME =
            new TaskKind("Rename_Task", "VirtualMachine.rename", "Rename virtual machine");
    private static final TaskKind DESTROY =
            new TaskKind("Destroy_Task", "VirtualMachine.destroy", "Delete virtual machine");

    private final VmContext context;
    private final VmFactory factory;

    public LifecycleActions(VmContext context, VmFactory factory) {
        this.context = context;
        this.factory = factory;
    }

    public void register(Operations operations) {
        operations
                .on("CreateVM_Task", Folder.class, CreateVMRequestType.class, (call, self, request) -> create(
                                self,
                                request.getConfig(),
                                place(call, self, request.getHost(), request.getPool(), null),
                                call.userName())
                        .toVim())
                .on("CloneVM_Task", VirtualMachine.class, CloneVMRequestType.class, (call, self, request) -> {
                    Folder folder = call.resolve(request.getFolder(), Folder.class);
                    var location = request.getSpec().getLocation();
                    VmFactory.Place place =
                            place(call, folder, location.getHost(), location.getPool(), location.getDatastore());
                    Snapshot snapshot = request.getSpec().getSnapshot() == null
                            ? null
                            : call.resolve(request.getSpec().getSnapshot(), Snapshot.class);
                    return clone(self, snapshot, request.getName(), place, call.userName())
                            .toVim();
                })
                .on("RegisterVM_Task", Folder.class, RegisterVMRequestType.class, (call, self, request) -> registerVm(
                                self,
                                request.getPath(),
                                request.getName(),
                                place(call, self, request.getHost(), request.getPool(), null),
                                call.userName())
                        .toVim())
                .on("Rename_Task", VirtualMachine.class, RenameRequestType.class, (call, self, request) -> rename(
                                self, request.getNewName(), call.userName())
                        .toVim())
                .on("Destroy_Task", VirtualMachine.class, DestroyRequestType.class, (call, self, request) -> destroy(
                                self, call.userName())
                        .toVim())
                .action(
                        "UnregisterVM",
                        VirtualMachine.class,
                        UnregisterVMRequestType.class,
                        (call, self, request) -> unregister(self, call.userName()));
    }

    private VmFactory.Place place(
            Call call,
            Folder folder,
            @Nullable ManagedObjectReference host,
            @Nullable ManagedObjectReference pool,
            @Nullable ManagedObjectReference datastore) {
        HostSystem target;
        if (host != null) {
            target = call.resolve(host, HostSystem.class);
        } else if (pool != null) {
            Cluster cluster = call.resolve(pool, ResourcePool.class).owner();
            target = cluster.hosts().iterator().next();
        } else {
            target = context.vcenter().registry().all(HostSystem.class).get(0);
        }
        Datastore store = datastore == null ? target.datastores().get(0) : call.resolve(datastore, Datastore.class);
        return new VmFactory.Place(folder, target, store);
    }

    /** An empty VM with the disks of the spec, powered off. */
    public Task create(Folder folder, VirtualMachineConfigSpec spec, VmFactory.Place place, String user) {
        return context.tasks().start(CREATE, folder, user, task -> {
            VmConfig config = factory.newConfig(spec.getName(), place);
            config.cpus = spec.getNumCPUs() == null ? 1 : spec.getNumCPUs();
            config.memoryMb = spec.getMemoryMB() == null ? 1024 : Math.toIntExact(spec.getMemoryMB());
            for (var change : spec.getDeviceChange()) {
                if (change.getDevice() instanceof VirtualDisk disk) {
                    factory.addDisk(config, spec.getName(), place.datastore().name(), disk.getCapacityInKB() * 1024);
                }
            }
            if (Boolean.TRUE.equals(spec.isChangeTrackingEnabled())) {
                config.setChangeTracking(true);
            }
            VirtualMachine vm = factory.make(spec.getName(), config, place);
            factory.enter(vm, place);
            context.post(
                    new VmCreatedEvent(),
                    vm,
                    task,
                    "Created virtual machine " + vm.name() + " on " + vm.host().name());
            return vm.toVim();
        });
    }

    /**
     * A copy with new identities and without change IDs.
     *
     * @param snapshot null for the present state
     */
    Task clone(VirtualMachine source, @Nullable Snapshot snapshot, String name, VmFactory.Place place, String user) {
        return context.start(CLONE, source, user, task -> {
            VmBeingClonedEvent begins = new VmBeingClonedEvent();
            begins.setDestFolder(EventArguments.folder(place.folder()));
            begins.setDestName(name);
            begins.setDestHost(EventArguments.host(place.host()));
            context.post(begins, source, task, "Cloning " + source.name() + " to " + name);
            VmConfig model = snapshot == null ? source.config() : snapshot.config();
            VmConfig config = factory.newConfig(name, place);
            config.guestId = model.guestId;
            config.guestFullName = model.guestFullName;
            config.hardwareVersion = model.hardwareVersion;
            config.cpus = model.cpus;
            config.memoryMb = model.memoryMb;
            model.disks()
                    .forEach(disk ->
                            factory.copyDisk(config, name, place.datastore().name(), disk));
            VirtualMachine vm = factory.make(name, config, place);
            factory.enter(vm, place);
            VmClonedEvent cloned = new VmClonedEvent();
            cloned.setSourceVm(EventArguments.vm(source));
            context.post(cloned, vm, task, "Virtual machine " + source.name() + " cloned to " + name);
            return vm.toVim();
        });
    }

    /** Brings an unregistered VM back, under a new moRef and with its old identity, disks and change IDs. */
    Task registerVm(Folder folder, String path, @Nullable String name, VmFactory.Place place, String user) {
        return context.tasks().start(REGISTER, folder, user, task -> {
            VirtualMachine old = factory.shelf().takeVm(path);
            if (old == null) {
                throw Faults.notFound();
            }
            VmFactory.Place here = new VmFactory.Place(folder, place.host(), old.datastore());
            VirtualMachine vm = factory.make(name == null || name.isEmpty() ? old.name() : name, old.config(), here);
            vm.countWritesFrom(old);
            SnapshotCopies.rehang(old, vm, context.vcenter());
            factory.enter(vm, here);
            context.post(
                    new VmRegisteredEvent(),
                    vm,
                    task,
                    "Registered " + vm.name() + " on " + vm.host().name());
            return vm.toVim();
        });
    }

    public Task rename(VirtualMachine vm, String name, String user) {
        return context.tasks().start(RENAME, vm, user, task -> {
            String old = vm.name();
            vm.rename(name, context.vcenter().registry());
            vm.configChanged("config.name");
            VmRenamedEvent event = new VmRenamedEvent();
            event.setOldName(old);
            event.setNewName(name);
            context.post(event, vm, task, "Renamed " + old + " from " + old + " to " + name);
            return null;
        });
    }

    public Task destroy(VirtualMachine vm, String user) {
        return context.start(DESTROY, vm, user, task -> {
            requireOff(vm);
            factory.exit(vm);
            context.post(
                    new VmRemovedEvent(),
                    vm,
                    task,
                    "Removed " + vm.name() + " on " + vm.host().name());
            return null;
        });
    }

    /** Takes a VM out of the inventory; its files stay. */
    public void unregister(VirtualMachine vm, String user) {
        requireOff(vm);
        if (!vm.isOrphaned()) {
            factory.shelf().put(vm);
        }
        factory.exit(vm);
        context.post(
                new VmRemovedEvent(),
                vm,
                user,
                "Removed " + vm.name() + " on " + vm.host().name());
    }

    private static void requireOff(VirtualMachine vm) {
        if (vm.powerState() == VirtualMachinePowerState.POWERED_ON) {
            throw Faults.invalidPowerState(vm.powerState(), VirtualMachinePowerState.POWERED_OFF);
        }
    }
}
