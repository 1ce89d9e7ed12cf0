package io.cbtguard.judge;

import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Baseline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a record and the present facts.
 *
 * @param chains the active chains of the namespace, {@code default} if none is
 * @param nextBackup the worst over the chains
 * @param openFindings ids of findings that some dead baseline rests on, newest first
 * @param lastGood vCenter's time of the newest Good point, null if none
 * @param lastRestoreTest when the newest test restore that passed was, null if none
 * @param suspectPoints how many points are Suspect, folded ones included
 * @param nextLook when time alone may change this verdict; null if never
 */
public record Verdict(
        List<ChainVerdict> chains,
        Next nextBackup,
        Condition cbtEnabled,
        Condition baselineValid,
        Condition forceFull,
        Condition atRisk,
        List<String> openFindings,
        @Nullable Instant lastGood,
        @Nullable Instant lastRestoreTest,
        int suspectPoints,
        @Nullable Duration nextLook) {

    /** Spelled as the API shows it. */
    public enum State {
        Valid,
        Invalid,
        Unknown,
        NotTrackable,
        Excluded
    }

    /** Spelled as conditions show it. */
    public enum Status {
        True,
        False,
        Unknown
    }

    public record Condition(Status status, Reason reason, String message) {}

    /**
     * @param type Full, Incremental or Unknown
     * @param since vCenter's time since when, null if not known
     */
    public record Next(
            BackupType type,
            Reason reason,
            String message,
            @Nullable Instant since) {}

    public record ChainVerdict(
            String name,
            Next next,
            @Nullable Instant lastFull,
            @Nullable Instant lastGood,
            List<DiskVerdict> disks) {}

    public record DiskVerdict(
            String id,
            int key,
            String label,
            long capacityBytes,
            State state,
            Reason reason,
            String message,
            @Nullable Baseline baseline) {}
}
