package io.cbtguard.judge;

import io.cbtguard.inventory.ChangeId;
import io.cbtguard.inventory.Interval;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Dead;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.VmRecord;
import java.util.List;
import java.util.Optional;

/**
 * Which finding kills which baseline. What is dead stays dead, whatever a policy says later. {@code BaseUnknown} is not here: it
 * concerns the one chain whose tool reported it, and kills there, when it is found.
 */
final class Kills {
    private Kills() {}

    static VmRecord apply(VmRecord record, Protection protection) {
        return record.mapChains(chain -> chain.withBaselines(chain.baselines().stream()
                .map(baseline -> judged(baseline, record.findings(), protection))
                .toList()));
    }

    private static Baseline judged(Baseline baseline, List<Finding> findings, Protection protection) {
        if (!baseline.alive()) {
            return baseline;
        }
        return killer(findings, baseline.disk(), baseline.changeId(), baseline.mint(), protection)
                .map(f -> baseline.kill(new Dead(f.reason(), f.at().to(), f.id())))
                .orElse(baseline);
    }

    /** The newest finding that kills a change ID of a disk minted then. */
    static Optional<Finding> killer(
            List<Finding> findings, String disk, String changeId, Interval mint, Protection protection) {
        return findings.stream()
                .filter(f -> kills(f.reason(), protection))
                .filter(f -> f.concerns(disk) && !spares(f, changeId) && !f.at().isBefore(mint))
                .reduce(Kills::newer);
    }

    /** Ties go by the order of the reasons. */
    private static Finding newer(Finding a, Finding b) {
        if (a.at().to().isBefore(b.at().to())) {
            return b;
        }
        return b.at().to().isBefore(a.at().to()) || a.reason().compareTo(b.reason()) <= 0 ? a : b;
    }

    private static boolean kills(Reason reason, Protection protection) {
        return switch (reason) {
            case SnapshotReverted, HostUpgraded, CbtDisabled, CbtReset, DiskReplaced, DiskRemoved, DiskNotTrackable ->
                true;
            case EventGap -> !protection.acceptGaps();
            default -> false;
        };
    }

    static boolean spares(Finding finding, String changeId) {
        String spared = finding.sparesEpoch();
        return spared != null && ChangeId.epoch(changeId).filter(spared::equals).isPresent();
    }
}
