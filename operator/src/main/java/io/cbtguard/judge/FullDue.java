package io.cbtguard.judge;

import io.cbtguard.judge.Verdict.Next;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The policy's own wish for a full, by age or number: no baseline is distrusted. */
final class FullDue {
    private FullDue() {}

    static Optional<Next> of(Chain chain, Instant now, Protection.FullDue due) {
        List<Point> points = chain.points();
        int last = lastFull(points);
        if (last < 0) {
            return Optional.empty(); // folded away, or there is none; then there is no baseline either
        }
        Duration maxAge = due.maxAge();
        Instant at = points.get(last).at();
        if (maxAge != null && !at.plus(maxAge).isAfter(now)) {
            return Optional.of(full(
                    "The last full backup is of " + at + ", older than the policy's " + maxAge + ".", at.plus(maxAge)));
        }
        long incrementals = points.stream()
                .skip(last + 1L)
                .filter(p -> p.type() == BackupType.Incremental && p.trust() != Trust.Suspect)
                .count();
        return due.maxIncrementals() > 0 && incrementals >= due.maxIncrementals()
                ? Optional.of(full(
                        "There are " + incrementals
                                + " incrementals on the last full backup, which is as many as the policy wants.",
                        points.getLast().at()))
                : Optional.empty();
    }

    private static Next full(String message, Instant since) {
        return new Next(BackupType.Full, Reason.PolicyFullDue, message, since);
    }

    private static int lastFull(List<Point> points) {
        for (int i = points.size() - 1; i >= 0; i--) {
            if (points.get(i).type() == BackupType.Full) {
                return i;
            }
        }
        return -1;
    }
}
