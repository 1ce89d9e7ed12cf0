package io.cbtguard.inventory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vSphere snapshot that exists now, with the change IDs that its frozen configuration holds.
 *
 * @param moRef managed object reference, such as {@code snapshot-77}
 * @param id vCenter's running number of snapshots of one VM; it only rises
 * @param name as given by whoever made it
 * @param createTime a host's clock: it identifies, it never orders
 * @param parent moRef of the parent, null at the root
 * @param appeared from the last view without it to the first view with it; null if it was already there at the first sync
 * @param disks change IDs per disk; empty while {@code configRead} is false
 * @param configRead whether the snapshot's own configuration has been read
 */
public record Snapshot(
        String moRef,
        int id,
        String name,
        Instant createTime,
        @Nullable String parent,
        @Nullable Interval appeared,
        List<SnapshotDisk> disks,
        boolean configRead) {
    public Snapshot {
        disks = List.copyOf(disks);
    }

    /**
     * The change ID of one disk in a snapshot's configuration.
     *
     * @param id disk identity as in {@link Disk#id}
     * @param key device key
     * @param changeId null if the snapshot froze none for this disk
     */
    public record SnapshotDisk(String id, int key, @Nullable String changeId) {}
}
