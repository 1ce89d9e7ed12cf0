package io.cbtguard.judge;

import io.cbtguard.judge.record.ReadMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tool says it did. Its own clock proves nothing and is not here.
 *
 * @param token token of the decision, empty for a report without one
 * @param succeeded {@code outcome: Succeeded}
 * @param snapshot moRef of the snapshot it read, empty if not said
 */
public record Report(String token, boolean succeeded, String snapshot, List<ReportDisk> disks, String message) {
    public Report {
        disks = List.copyOf(disks);
    }

    /**
     * @param id disk identity, empty if only the key is given
     * @param key device key, null if only the identity is given
     * @param changeId change ID of the snapshot it read, empty if not said
     * @param baseRun run it built on, empty if not said
     * @param baseChangeId change ID it asked changes since, empty if not said
     * @param refused whether vCenter refused {@code baseChangeId}
     */
    public record ReportDisk(
            String id,
            @Nullable Integer key,
            String changeId,
            ReadMethod read,
            String baseRun,
            String baseChangeId,
            boolean refused) {}
}
