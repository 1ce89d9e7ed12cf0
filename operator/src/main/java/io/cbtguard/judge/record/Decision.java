package io.cbtguard.judge.record;

import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Reason;
import java.time.Instant;
import java.util.List;

/**
 * The answer to one VMBackup.
 *
 * @param type Full, Incremental or Refused
 * @param token what the report must carry
 * @param at the barrier at which it was made
 * @param validUntil vCenter's time after which the run is expired
 */
public record Decision(
        BackupType type,
        Reason reason,
        String message,
        String token,
        Position at,
        Instant validUntil,
        List<DecisionDisk> disks) {
    public Decision {
        disks = List.copyOf(disks);
    }

    public Decision withoutDisks() {
        return new Decision(type, reason, message, token, at, validUntil, List.of());
    }

    /**
     * @param type Full, Incremental, NotTrackable or Excluded
     * @param baseRun run whose data an incremental builds on; empty otherwise
     * @param changeId change ID to ask changes since; empty otherwise
     */
    public record DecisionDisk(String id, int key, String label, BackupType type, String baseRun, String changeId) {}
}
