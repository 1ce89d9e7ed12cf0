package io.cbtguard.judge.record;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What vCenter last showed of the VM: what the next judgement compares with.
 *
 * @param at position up to which this was so
 * @param host moRef of the host, null if not shown
 * @param build product of the host when it was last connected, null if never known
 * @param changeTrackingEnabled null if it could not be read
 * @param snapshots moRefs of the snapshots that existed
 * @param currentSnapshot moRef, null if none
 * @param disconnectedSince since when vCenter cannot see the VM; null while it can
 * @param snapshotsBeforeDisconnect whether vCenter showed a snapshot of the VM when it had lost sight of it
 * @param lostSince since when the VM is not in our view at all; null while it is
 */
public record Sighting(
        Position at,
        String name,
        String inventoryPath,
        @Nullable String host,
        String hostName,
        @Nullable EsxBuild build,
        String powerState,
        @Nullable Boolean changeTrackingEnabled,
        List<Disk> disks,
        List<String> snapshots,
        @Nullable String currentSnapshot,
        @Nullable Position disconnectedSince,
        boolean snapshotsBeforeDisconnect,
        @Nullable Position lostSince) {
    public Sighting {
        disks = List.copyOf(disks);
        snapshots = List.copyOf(snapshots);
    }

    /** The same facts, seen at another position. */
    public Sighting at(Position position) {
        return new Sighting(
                position,
                name,
                inventoryPath,
                host,
                hostName,
                build,
                powerState,
                changeTrackingEnabled,
                disks,
                snapshots,
                currentSnapshot,
                disconnectedSince,
                snapshotsBeforeDisconnect,
                lostSince);
    }

    public Sighting lost(@Nullable Position since) {
        return new Sighting(
                at,
                name,
                inventoryPath,
                host,
                hostName,
                build,
                powerState,
                changeTrackingEnabled,
                disks,
                snapshots,
                currentSnapshot,
                disconnectedSince,
                snapshotsBeforeDisconnect,
                since);
    }
}
