package io.cbtguard.judge;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.check.Remedies;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.VmRecord;
import java.util.List;

/**
 * A restore over the VM's disks: it writes behind the change tracking, so that IDs from before say nothing of it and the tracking file
 * itself is not to be trusted until it is made anew (VADP programming tips; KB 1020128).
 */
final class Restores {
    private Restores() {}

    static VmRecord inPlace(
            VmRecord record,
            Facts facts,
            Protection protection,
            String id,
            Position from,
            String user,
            String message) {
        String own = Reason.RestoredInPlace + "@" + id;
        if (record.findings().stream().anyMatch(f -> f.id().equals(own))) {
            return record;
        }
        Interval at = new Interval(Position.earlier(from, facts.through()), facts.through());
        Finding finding = new Finding(
                own,
                Reason.RestoredInPlace,
                at,
                List.of(),
                Cure.ResetThenFull,
                null,
                Evidence.ofChange(at.to().time(), "", "").by(user),
                message,
                Remedies.RESET_THEN_FULL);
        return Learning.settle(record.withFindings(Findings.merge(record.findings(), List.of(finding))), protection);
    }
}
