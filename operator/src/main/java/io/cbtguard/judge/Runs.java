package io.cbtguard.judge;

import io.cbtguard.inventory.Position;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.Outcome;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import java.util.List;

/** The book of open runs: expiry and cancellation. */
final class Runs {
    private Runs() {}

    static VmRecord expire(VmRecord record, Position at) {
        VmRecord next = record;
        for (Run run : record.runs()) {
            Decision decision = run.decision();
            if (run.open() && decision != null && at.time().isAfter(decision.validUntil())) {
                next = next.withRun(run.ended(new Outcome(
                        Phase.Expired,
                        Reason.RunExpired,
                        "No report came until " + decision.validUntil()
                                + "; the run no longer blocks the VM. Ask anew.",
                        Trust.Unknown,
                        at)));
            }
        }
        return next;
    }

    static VmRecord cancel(VmRecord record, String runUid, Position at, String why) {
        return record.run(runUid)
                .filter(Run::open)
                .map(run -> record.withRun(
                        run.ended(new Outcome(Phase.Cancelled, Reason.Cancelled, why, Trust.Unknown, at))))
                .orElse(record);
    }

    /** Whether this VMBackup has left a point: then it has been judged, whoever forgot that. */
    static boolean hasPoint(VmRecord record, String runUid) {
        return record.chains().stream().flatMap(c -> c.points().stream()).anyMatch(p -> p.runUid()
                .equals(runUid));
    }

    static VmRecord forget(VmRecord record, String runUid) {
        List<Run> kept =
                record.runs().stream().filter(r -> !r.uid().equals(runUid)).toList();
        return kept.size() == record.runs().size() ? record : record.withRuns(kept);
    }
}
