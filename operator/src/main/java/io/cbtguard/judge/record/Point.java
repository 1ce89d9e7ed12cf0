package io.cbtguard.judge.record;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reported run left to restore from.
 *
 * @param run name of the VMBackup
 * @param runUid its uid
 * @param type Full, Incremental or Unknown
 * @param at vCenter's time of the mint, or of the commit where no mint is known
 * @param mint creation of the snapshot it read; null if that was never seen
 * @param through the barrier at its commit: nothing later can have spoiled its reading
 * @param reason why it is not Good, {@code Trusted} if it is
 * @param trust worst of its own findings, of how it was read, and of its parents
 */
public record Point(
        String run,
        String runUid,
        BackupType type,
        Instant at,
        @Nullable Interval mint,
        Position through,
        List<PointDisk> disks,
        Trust trust,
        String reason) {
    public Point {
        disks = List.copyOf(disks);
    }

    public Point judged(Trust worse, String why) {
        return new Point(run, runUid, type, at, mint, through, disks, worse, why);
    }

    /**
     * @param disk identity
     * @param read how it was read
     * @param parentRun run it builds on, empty for a full
     * @param baseChangeId change ID it builds on, empty for a full
     * @param baseMint mint of that change ID, null for a full or an unknown base
     * @param changeId the change ID of its own snapshot, empty if unknown
     */
    public record PointDisk(
            String disk,
            ReadMethod read,
            String parentRun,
            String baseChangeId,
            @Nullable Interval baseMint,
            String changeId) {}
}
