package io.cbtguard.simulator.vm;

import com.vmware.vim25.VirtualMachineSnapshotInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The snapshots of one VM and the one that the VM stands on. */
final class SnapshotForest {
    private final List<Snapshot> roots = new ArrayList<>();
    private @Nullable Snapshot current;
    private int lastId;

    boolean isEmpty() {
        return roots.isEmpty();
    }

    List<Snapshot> roots() {
        return roots;
    }

    @Nullable Snapshot current() {
        return current;
    }

    /** The VM now stands on this snapshot. */
    void stand(@Nullable Snapshot snapshot) {
        current = snapshot;
    }

    int nextId() {
        return ++lastId;
    }

    /** Numbers that another forest has given out are not given out here. */
    void countOnFrom(SnapshotForest other) {
        lastId = Math.max(lastId, other.lastId);
    }

    /** Hangs a snapshot below the current one, which it becomes. */
    void add(Snapshot snapshot) {
        snapshot.setParent(current);
        (current == null ? roots : current.children()).add(snapshot);
        current = snapshot;
    }

    /** Takes one out; its children move up to its place. */
    void remove(Snapshot snapshot) {
        Snapshot parent = snapshot.parent();
        List<Snapshot> siblings = parent == null ? roots : parent.children();
        int place = siblings.indexOf(snapshot);
        siblings.remove(place);
        siblings.addAll(place, snapshot.children());
        snapshot.children().forEach(child -> child.setParent(parent));
        if (current == snapshot) {
            current = parent;
        }
    }

    /** Every snapshot, parents before children. */
    List<Snapshot> all() {
        List<Snapshot> all = new ArrayList<>();
        roots.forEach(root -> collect(root, all));
        return all;
    }

    /** A snapshot and everything below it, parents before children. */
    static List<Snapshot> subtree(Snapshot root) {
        List<Snapshot> all = new ArrayList<>();
        collect(root, all);
        return all;
    }

    private static void collect(Snapshot snapshot, List<Snapshot> all) {
        all.add(snapshot);
        snapshot.children().forEach(child -> collect(child, all));
    }

    @Nullable VirtualMachineSnapshotInfo toInfo() {
        if (roots.isEmpty()) {
            return null;
        }
        VirtualMachineSnapshotInfo info = new VirtualMachineSnapshotInfo();
        info.setCurrentSnapshot(current == null ? null : current.toVim());
        roots.forEach(root -> info.getRootSnapshotList().add(root.toTree()));
        return info;
    }
}
