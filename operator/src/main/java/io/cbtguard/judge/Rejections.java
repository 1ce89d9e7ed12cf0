package io.cbtguard.judge;

import io.cbtguard.inventory.Interval;
import io.cbtguard.judge.Report.ReportDisk;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Dead;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.VmRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * vCenter refused the change ID that a tool asked with ({@code FileFault cbt.cannotGetChanges}, or {@code InvalidArgument} for
 * {@code changeId}): that ID is dead, for this chain and disk, whatever else became of the run.
 */
final class Rejections {
    private Rejections() {}

    static VmRecord of(VmRecord record, Facts facts, Protection protection, Run run, Report report) {
        VmRecord next = record;
        for (ReportDisk disk : report.disks()) {
            Chain chain = Assessing.chainOrEmpty(next, protection, run.chain());
            if (disk.refused()) {
                next = refused(next, facts, chain, run, disk);
            }
        }
        return next;
    }

    private static VmRecord refused(VmRecord record, Facts facts, Chain chain, Run run, ReportDisk disk) {
        List<Baseline> hit = chain.baselines().stream()
                .filter(Baseline::alive)
                .filter(b -> b.changeId().equals(disk.baseChangeId()))
                .filter(b -> disk.id().isEmpty()
                        ? disk.key() != null && disk.key() == b.key()
                        : b.disk().equals(disk.id()))
                .toList();
        if (hit.isEmpty()) {
            return record;
        }
        Finding finding = finding(facts, run, hit.getFirst());
        // what is wrong is the ID itself, so that a snapshot made since may well bring a better one
        Dead dead = new Dead(Reason.ChangeIdRejected, finding.at().to(), finding.id());
        List<Finding> findings = new ArrayList<>(record.findings());
        findings.add(finding);
        return record.withFindings(findings)
                .withChain(chain.withBaselines(chain.baselines().stream()
                        .map(b -> hit.contains(b) ? b.kill(dead) : b)
                        .toList()));
    }

    private static Finding finding(Facts facts, Run run, Baseline baseline) {
        return new Finding(
                Reason.ChangeIdRejected + "@" + run.uid() + "/" + baseline.disk(),
                Reason.ChangeIdRejected,
                Interval.at(baseline.mint().to()),
                List.of(baseline.disk()),
                Cure.Full,
                null,
                Evidence.ofChange(facts.now(), baseline.changeId(), "refused"),
                "vCenter refused the change ID " + baseline.changeId() + " of " + baseline.label()
                        + ", says the report of " + run.name() + ".",
                "Take a full backup of the disk; it gives a change ID that vCenter knows.");
    }
}
