package io.cbtguard.judge.record;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Interval;
import org.jspecify.annotations.Nullable;

/**
 * For one chain and disk: the change ID the next incremental would start from, with its provenance.
 *
 * @param disk identity of the disk
 * @param objectId {@code diskObjectId} at the mint, empty if not shown
 * @param key device key at the mint
 * @param capacityBytes size at the mint
 * @param changeId the change ID of the snapshot the backup read
 * @param mint the creation of that snapshot
 * @param snapshot its moRef
 * @param build product of the host at the mint, null if not known
 * @param run name of the VMBackup
 * @param runUid its uid
 * @param dead null while alive
 */
public record Baseline(
        String disk,
        String objectId,
        int key,
        String label,
        long capacityBytes,
        String changeId,
        Interval mint,
        String snapshot,
        @Nullable EsxBuild build,
        String run,
        String runUid,
        @Nullable Dead dead) {
    public Baseline kill(Dead reason) {
        return new Baseline(
                disk, objectId, key, label, capacityBytes, changeId, mint, snapshot, build, run, runUid, reason);
    }

    public boolean alive() {
        return dead == null;
    }
}
