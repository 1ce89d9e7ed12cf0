package io.cbtguard.judge.record;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Snapshot.SnapshotDisk;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that was seen while it lived, with the change IDs it froze: what a later report is compared with.
 *
 * @param mint when it was created, in vCenter's order
 * @param fromTask whether {@code mint} comes from its task (exact) rather than from two views (wider)
 * @param disks what it froze; empty while nobody has read it
 * @param build product of the host the VM ran on when it was first seen, null if not known
 * @param goneAt first position at which it no longer existed, null while it lives
 */
public record SeenSnapshot(
        String moRef,
        int id,
        String name,
        Instant createTime,
        Interval mint,
        boolean fromTask,
        @Nullable EsxBuild build,
        List<SnapshotDisk> disks,
        @Nullable Position goneAt) {
    public SeenSnapshot {
        disks = List.copyOf(disks);
    }

    /** Whether its own configuration was read; of a snapshot that only history tells of nothing more is known. */
    public boolean idsSeen() {
        return !disks.isEmpty();
    }

    public SeenSnapshot gone(Position at) {
        return new SeenSnapshot(moRef, id, name, createTime, mint, fromTask, build, disks, at);
    }
}
