package io.cbtguard.judge;

import io.cbtguard.judge.record.Outcome;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.VmRecord;
import java.util.Optional;

/**
 * A report that was judged and forgotten since, because its VMBackup showed the outcome. If it is given again, as after a status was
 * lost, the point that it left says how it ended; it must not be judged by what is known today.
 */
final class Forgotten {
    private Forgotten() {}

    static Optional<Outcome> outcome(VmRecord record, Run run, Facts facts) {
        return record.chains().stream()
                .flatMap(c -> c.points().stream())
                .filter(p -> p.runUid().equals(run.uid()))
                .findFirst()
                .map(point -> outcome(record, point, facts));
    }

    private static Outcome outcome(VmRecord record, Point point, Facts facts) {
        boolean based = record.chains().stream()
                .flatMap(c -> c.baselines().stream())
                .anyMatch(b -> b.runUid().equals(point.runUid()));
        boolean parent = record.chains().stream()
                .flatMap(c -> c.points().stream())
                .flatMap(p -> p.disks().stream())
                .anyMatch(d -> d.parentRun().equals(point.run()));
        Phase phase = based || parent ? Phase.Committed : Phase.NotCommitted;
        Reason reason = phase == Phase.Committed ? Reason.Current : Reason.CauseDuringRun;
        return new Outcome(
                phase,
                reason,
                "The report was judged before; the restore point stands as recorded.",
                point.trust(),
                facts.through());
    }
}
