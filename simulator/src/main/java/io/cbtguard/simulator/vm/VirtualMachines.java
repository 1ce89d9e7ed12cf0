package io.cbtguard.simulator.vm;

import com.vmware.vim25.DiskChangeInfo;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.VirtualMachineConfigSpec;
import io.cbtguard.simulator.block.ChangedAreas;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.inventory.Datastore;
import io.cbtguard.simulator.inventory.Folder;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.inventory.ManagedEntity;
import io.cbtguard.simulator.task.Task;
import io.cbtguard.simulator.task.TaskFailedException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Virtual machines for tests and for the control port: by name or moRef, waiting for the task to end. A task that fails
 * throws {@link TaskFailedException}; something that is not there {@link NoSuchElementException}.
 */
public final class VirtualMachines {
    private final Registry registry;
    private final VmActions actions;
    private final String user;

    public VirtualMachines(VmActions actions, String user) {
        this.registry = actions.context().vcenter().registry();
        this.actions = actions;
        this.user = user;
    }

    /** The same, done by somebody else. */
    public VirtualMachines as(String userName) {
        return new VirtualMachines(actions, userName);
    }

    public List<VmView> list() {
        return registry.locked(() ->
                registry.all(VirtualMachine.class).stream().map(VmView::of).toList());
    }

    public VmView get(String vm) {
        return registry.locked(() -> VmView.of(find(vm)));
    }

    /** Takes a snapshot without memory; returns its moRef. */
    public String snapshot(String vm, String name) {
        return snapshot(vm, name, false);
    }

    public String snapshot(String vm, String name, boolean memory) {
        return reference(run(vm, found -> actions.snapshots().create(found, name, "", memory, false, user)));
    }

    /** Reverts to a snapshot by moRef, or the newest of a name. */
    public void revert(String vm, String snapshot) {
        run(vm, found -> actions.reverts().revert(findSnapshot(found, snapshot), null, false, user));
    }

    public void revertToCurrent(String vm) {
        run(vm, found -> actions.reverts().revertToCurrent(found, null, false, user));
    }

    /** Removes one snapshot; its children stay. */
    public void removeSnapshot(String vm, String snapshot) {
        run(vm, found -> actions.snapshots().remove(findSnapshot(found, snapshot), false, true, user));
    }

    public void removeAllSnapshots(String vm) {
        run(vm, found -> actions.snapshots().removeAll(found, true, user));
    }

    public void consolidate(String vm) {
        run(vm, found -> actions.snapshots().consolidate(found, user));
    }

    public void setConsolidationNeeded(String vm, boolean needed) {
        now(vm, found -> actions.snapshots().setConsolidationNeeded(found, needed));
    }

    public void setChangeTracking(String vm, boolean on) {
        reconfigure(vm, Specs.changeTracking(on));
    }

    /** Off and on again; change IDs come back with the next stun. */
    public void resetChangeTracking(String vm) {
        setChangeTracking(vm, false);
        setChangeTracking(vm, true);
    }

    public void reconfigure(String vm, VirtualMachineConfigSpec spec) {
        run(vm, found -> actions.reconfigure().reconfigure(found, spec, user));
    }

    /** Adds an empty disk; returns its key. */
    public int addDisk(String vm, long bytes) {
        List<Integer> before = keys(vm);
        reconfigure(vm, Specs.addDisk(bytes));
        return keys(vm).stream()
                .filter(key -> !before.contains(key))
                .findFirst()
                .orElseThrow();
    }

    /** Detaches a disk; its file stays. */
    public void removeDisk(String vm, int key) {
        reconfigure(vm, Specs.removeDisk(key));
    }

    public void growDisk(String vm, int key, long bytes) {
        reconfigure(vm, Specs.growDisk(key, bytes));
    }

    /** The mode of a disk, such as {@code independent_persistent}, which cannot be tracked. */
    public void setDiskMode(String vm, int key, String mode) {
        reconfigure(vm, Specs.diskMode(key, mode));
    }

    public void setDiskKind(String vm, int key, VmDisk.Kind kind) {
        now(vm, found -> actions.guest().setDiskKind(found, key, kind));
    }

    /** Sets keys of the extra configuration; an empty value removes one. */
    public void setExtraConfig(String vm, Map<String, String> values) {
        reconfigure(vm, Specs.extraConfig(values));
    }

    /** Announces paths that did not change, as a vCenter does at times. */
    public void republish(String vm, String... paths) {
        now(vm, found -> actions.guest().republish(found, List.of(paths)));
    }

    public void powerOn(String vm) {
        run(vm, found -> actions.power().on(found, user));
    }

    public void powerOff(String vm) {
        run(vm, found -> actions.power().off(found, user));
    }

    public void suspend(String vm) {
        run(vm, found -> actions.power().suspend(found, user));
    }

    public void migrate(String vm, String host) {
        run(vm, found -> actions.placement().migrate(found, entity(host, HostSystem.class), user));
    }

    public void relocate(String vm, String datastore) {
        run(vm, found -> actions.placement().relocate(found, null, entity(datastore, Datastore.class), user));
    }

    public void rename(String vm, String name) {
        run(vm, found -> actions.lifecycle().rename(found, name, user));
    }

    /** Deletes a VM that is powered off. */
    public void destroy(String vm) {
        run(vm, found -> actions.lifecycle().destroy(found, user));
    }

    /** Takes a VM out of the inventory; returns the path to register it by. */
    public String unregister(String vm) {
        return registry.locked(() -> {
            VirtualMachine found = find(vm);
            actions.lifecycle().unregister(found, user);
            return found.config().vmPathName;
        });
    }

    /** Brings an unregistered VM back; returns its new moRef. */
    public String register(String path) {
        Task task = registry.locked(() -> {
            HostSystem host = registry.all(HostSystem.class).get(0);
            Folder folder = registry.all(VirtualMachine.class).stream()
                    .map(vm -> vm.ancestor(Folder.class))
                    .filter(Folder.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            return actions.lifecycle()
                    .registerVm(
                            folder,
                            path,
                            null,
                            new VmFactory.Place(folder, host, host.datastores().get(0)),
                            user);
        });
        return reference(TaskFailedException.await(task));
    }

    /** Adds a running VM with tracking active; returns its moRef. */
    public String create(String name, long... diskBytes) {
        return registry.locked(() -> {
            HostSystem host = registry.all(HostSystem.class).get(0);
            Folder folder = registry.all(Folder.class).stream()
                    .filter(candidate -> candidate.childType().contains("VirtualMachine"))
                    .findFirst()
                    .orElseThrow();
            VmFactory.Place place =
                    new VmFactory.Place(folder, host, host.datastores().get(0));
            return actions.factory().running(name, place, diskBytes, true).ref().value();
        });
    }

    /** The guest writes to a disk. */
    public void write(String vm, int diskKey, long offset, long length) {
        now(vm, found -> actions.guest().write(found, diskKey, offset, length));
    }

    /** A stun that changes nothing else: tracking that was switched on begins. */
    public void stun(String vm) {
        now(vm, found -> actions.guest().stun(found));
    }

    public void restartElsewhere(String vm, String host) {
        now(vm, found -> actions.guest().restartElsewhere(found, entity(host, HostSystem.class)));
    }

    /** Tracking is lost without a sign in the configuration, as after a power failure. */
    public void loseTracking(String vm) {
        now(vm, found -> actions.guest().loseTracking(found));
    }

    /**
     * The bytes of a disk.
     *
     * @param snapshot name or moRef, null for the live disk
     */
    public byte[] read(String vm, @Nullable String snapshot, int diskKey, long offset, int length) {
        return registry.locked(() -> {
            VirtualMachine found = find(vm);
            Snapshot from = snapshot == null ? null : findSnapshot(found, snapshot);
            return actions.guest().read(found, from, diskKey, offset, length);
        });
    }

    /**
     * What QueryChangedDiskAreas answers of a snapshot's disk, right or wrong.
     *
     * @param snapshot name or moRef
     * @throws io.cbtguard.simulator.core.FaultException where the query faults
     */
    public DiskChangeInfo changedAreas(String vm, String snapshot, int diskKey, String changeId) {
        return registry.locked(() -> {
            VmDisk disk = Objects.requireNonNull(
                    findSnapshot(find(vm), snapshot).config().disk(diskKey), () -> "no disk " + diskKey);
            return ChangedAreas.query(disk.state(), disk.file().path(), 0, changeId);
        });
    }

    private List<Integer> keys(String vm) {
        return get(vm).disks().stream().map(VmView.Disk::key).toList();
    }

    private Task run(String vm, Function<VirtualMachine, Task> start) {
        Task task = registry.locked(() -> start.apply(find(vm)));
        return TaskFailedException.await(task);
    }

    private void now(String vm, Consumer<VirtualMachine> action) {
        registry.run(() -> action.accept(find(vm)));
    }

    private static String reference(Task task) {
        if (task.result() instanceof ManagedObjectReference result) {
            return result.getValue();
        }
        throw new IllegalStateException(task + " has no result");
    }

    /** The machine itself, for tests of this package; what changes it needs the lock of the inventory. */
    VirtualMachine machine(String vm) {
        return registry.locked(() -> find(vm));
    }

    private VirtualMachine find(String nameOrRef) {
        return entity(nameOrRef, VirtualMachine.class);
    }

    private <T extends ManagedEntity> T entity(String nameOrRef, Class<T> type) {
        return registry.findByNameOrRef(nameOrRef, type, ManagedEntity::name);
    }

    private static Snapshot findSnapshot(VirtualMachine vm, String nameOrRef) {
        return vm.snapshots().all().stream()
                .filter(snapshot -> snapshot.name().equals(nameOrRef)
                        || snapshot.ref().value().equals(nameOrRef))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new NoSuchElementException(vm.name() + " has no snapshot " + nameOrRef));
    }
}
