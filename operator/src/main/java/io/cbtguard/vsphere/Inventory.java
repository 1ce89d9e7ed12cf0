package io.cbtguard.vsphere;

import com.vmware.vim25.ObjectUpdate;
import com.vmware.vim25.ObjectUpdateKind;
import com.vmware.vim25.PropertyChange;
import com.vmware.vim25.PropertyChangeOp;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VirtualMachine;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the property collector has told of VMs, hosts and folders. The inventory's thread applies updates; what it settles is an
 * immutable picture that the history's thread publishes. Lives as long as the watch, so that after a lost connection only what
 * really differs counts as changed.
 */
final class Inventory {
    private static final int OWNERS_KEPT = 200_000;

    private final Map<String, VmState> vms = new HashMap<>();
    private final Map<String, Hosts.State> hosts = new HashMap<>();
    private final FolderPaths folders = new FolderPaths();
    private final Set<String> dirtyVms = new HashSet<>();
    private final Set<String> dirtyHosts = new HashSet<>();
    /** VMs that came with all that is watched. */
    private final Set<String> entered = new HashSet<>();

    private final Set<String> toRead = new HashSet<>();
    /** VMs whose snapshots may have a frozen configuration that is not read yet. */
    private final Set<String> withNewSnapshots = new HashSet<>();

    private final Set<String> toRetry = new HashSet<>();
    private @Nullable Set<String> seen;
    private final Map<String, String> owners = Collections.synchronizedMap(new Remembered<>(OWNERS_KEPT));

    private Settled settled = new Settled(PersistentMap.empty(), PersistentMap.empty(), null, Set.of());
    private final Set<String> changedSinceTaken = new HashSet<>();

    /**
     * @param through up to where properties are known; null before the first full sync
     * @param changed VMs that differ from the picture taken before
     */
    record Settled(
            PersistentMap<VirtualMachine> vms,
            PersistentMap<Host> hosts,
            @Nullable Position through,
            Set<String> changed) {}

    /** A full read begins: what it does not mention is gone, once it has ended. */
    void beginSync() {
        seen = new HashSet<>();
        entered.clear();
        withNewSnapshots.clear();
        toRead.clear();
    }

    void apply(ObjectUpdate update) {
        Missing.check(update.getMissingSet());
        String moRef = update.getObj().getValue();
        if (update.getKind() == ObjectUpdateKind.LEAVE) {
            leave(update.getObj().getType(), moRef);
            return;
        }
        if (seen != null) {
            seen.add(moRef);
        }
        boolean isEnter = update.getKind() == ObjectUpdateKind.ENTER;
        switch (update.getObj().getType()) {
            case InventoryFilter.TASKS -> {}
            case "VirtualMachine" -> applyVm(moRef, isEnter, update);
            case "HostSystem" -> applyHost(moRef, isEnter, update);
            default -> update.getChangeSet().forEach(change -> folders.apply(moRef, change.getName(), value(change)));
        }
    }

    private void applyVm(String moRef, boolean isEnter, ObjectUpdate update) {
        VmState state = isEnter ? new VmState(moRef) : vms.get(moRef);
        if (state == null) {
            // A change of an object that never entered: seen on real servers, says nothing that could be placed.
            return;
        }
        vms.put(moRef, state);
        if (isEnter) {
            withNewSnapshots.add(moRef);
        }
        boolean isTouched = false;
        for (PropertyChange change : update.getChangeSet()) {
            isTouched |= state.apply(change.getName(), value(change));
        }
        if (isEnter && state.isWhole()) {
            entered.add(moRef);
        } else if (isEnter || isTouched) {
            toRead.add(moRef);
        }
        dirtyVms.add(moRef);
    }

    private void applyHost(String moRef, boolean isEnter, ObjectUpdate update) {
        Hosts.State state = isEnter ? new Hosts.State() : hosts.get(moRef);
        if (state != null) {
            hosts.put(moRef, state);
            update.getChangeSet().forEach(change -> state.apply(change.getName(), value(change)));
            dirtyHosts.add(moRef);
        }
    }

    private void leave(String type, String moRef) {
        switch (type) {
            case "VirtualMachine" -> {
                vms.remove(moRef);
                dirtyVms.add(moRef);
            }
            case "HostSystem" -> {
                hosts.remove(moRef);
                dirtyHosts.add(moRef);
            }
            default -> folders.remove(moRef);
        }
    }

    private static @Nullable Object value(PropertyChange change) {
        boolean isGone =
                change.getOp() == PropertyChangeOp.REMOVE || change.getOp() == PropertyChangeOp.INDIRECT_REMOVE;
        return isGone ? null : change.getVal();
    }

    /** Reads what updates do not carry: extra configuration, and the frozen configuration of snapshots. */
    void readDetails(PropertyReads reads) throws Exception {
        toRead.retainAll(vms.keySet());
        toRetry.retainAll(vms.keySet());
        toRead.addAll(toRetry);
        Set<String> whole = takeEntered();
        whole.retainAll(vms.keySet());
        read(reads, whole, InventoryFilter.UNWATCHED); // the rest came with the VM
        read(reads, toRead, InventoryFilter.DETAILS);
        withNewSnapshots.addAll(toRead);
        toRead.clear();
        Map<String, VmState> unread = new HashMap<>();
        for (String moRef : withNewSnapshots) {
            VmState state = vms.get(moRef);
            if (state != null) {
                state.unreadSnapshots().forEach(snapshot -> unread.put(snapshot, state));
            }
        }
        reads.read("VirtualMachineSnapshot", unread.keySet(), InventoryFilter.SNAPSHOT, (snapshot, properties) -> {
            VmState state = unread.get(snapshot);
            if (state != null) {
                state.readSnapshot(snapshot, properties.get(InventoryFilter.SNAPSHOT.getFirst()));
            }
        });
        toRetry.clear();
        unread.values().forEach(state -> {
            if (!state.unreadSnapshots().isEmpty()) {
                toRetry.add(state.moRef);
            }
        });
        withNewSnapshots.clear();
    }

    /** VMs of which only what is not watched has to be read; it is the caller's to read that, and to tell of it. */
    Set<String> takeEntered() {
        Set<String> taken = new HashSet<>(entered);
        taken.removeAll(toRead);
        entered.clear();
        return taken;
    }

    /** What was read of a VM that {@link #takeEntered} named. */
    void unwatched(String moRef, Map<String, @Nullable Object> properties) {
        tell(moRef, properties, InventoryFilter.UNWATCHED);
    }

    private void read(PropertyReads reads, Set<String> moRefs, List<String> paths) throws Exception {
        reads.read("VirtualMachine", moRefs, paths, (moRef, properties) -> tell(moRef, properties, paths));
    }

    private void tell(String moRef, Map<String, @Nullable Object> properties, List<String> paths) {
        VmState state = vms.get(moRef);
        if (state != null) {
            paths.forEach(path -> state.apply(path, properties.get(path)));
            dirtyVms.add(moRef);
        }
    }

    /** Whether a snapshot is there whose configuration could not be read yet. */
    boolean hasUnread() {
        return !toRetry.isEmpty();
    }

    /** The full read has ended: what it did not mention is gone. */
    void endSync() {
        Set<String> present = seen;
        if (present == null) {
            return;
        }
        seen = null;
        sweep(vms.keySet(), present, dirtyVms);
        sweep(hosts.keySet(), present, dirtyHosts);
        folders.retain(present);
    }

    private static void sweep(Set<String> known, Set<String> present, Set<String> dirty) {
        Set<String> gone = new HashSet<>(known);
        gone.removeAll(present);
        known.removeAll(gone);
        dirty.addAll(gone);
    }

    /**
     * Makes a picture of all that was told.
     *
     * @param through up to where properties are known now
     * @param until vCenter's time after the last update was received
     * @return whether it differs from the last one
     */
    boolean settle(Position through, Position until) {
        if (folders.takeChanged()) {
            dirtyVms.addAll(vms.keySet());
        }
        Settled before = picture();
        Interval appeared = new Interval(before.through() == null ? through : before.through(), until);
        Set<String> changed = new HashSet<>();
        PersistentMap<Host> hostMap = before.hosts();
        Set<String> changedHosts = new HashSet<>();
        for (String moRef : dirtyHosts) {
            Hosts.State state = hosts.get(moRef);
            Host old = hostMap.get(moRef);
            Host now = state == null ? null : state.toHost(moRef, old, until);
            if (!java.util.Objects.equals(now, old)) {
                hostMap = now == null ? hostMap.without(moRef) : hostMap.with(moRef, now);
                changedHosts.add(moRef);
            }
        }
        PersistentMap<VirtualMachine> vmMap = before.vms();
        for (String moRef : dirtyVms) {
            VmState state = vms.get(moRef);
            VirtualMachine old = vmMap.get(moRef);
            VirtualMachine now = state == null ? null : state.toVirtualMachine(folders, old, appeared);
            if (now != null) {
                now.snapshots().forEach(snapshot -> owners.put(snapshot.moRef(), moRef));
            }
            if (!java.util.Objects.equals(now, old)) {
                vmMap = now == null ? vmMap.without(moRef) : vmMap.with(moRef, now);
                changed.add(moRef);
            }
        }
        if (!changedHosts.isEmpty()) {
            vmMap.forEach((moRef, vm) -> {
                if (vm.host() != null && changedHosts.contains(vm.host())) {
                    changed.add(moRef);
                }
            });
        }
        dirtyVms.clear();
        dirtyHosts.clear();
        put(new Settled(vmMap, hostMap, through, Set.of()), changed);
        return before.through() == null || !changed.isEmpty() || !changedHosts.isEmpty();
    }

    private synchronized void put(Settled picture, Set<String> changed) {
        settled = picture;
        changedSinceTaken.addAll(changed);
    }

    /** The last picture, without taking note of what changed. Any thread. */
    synchronized Settled picture() {
        return settled;
    }

    /** The last picture, with all that changed since this was last called. The publisher's thread only. */
    synchronized Settled take() {
        Settled taken = new Settled(settled.vms(), settled.hosts(), settled.through(), Set.copyOf(changedSinceTaken));
        changedSinceTaken.clear();
        return taken;
    }

    /** The VM that a snapshot belongs to or belonged to; null if it was never seen. Any thread. */
    @Nullable String owner(String snapshotMoRef) {
        return owners.get(snapshotMoRef);
    }
}
