package io.cbtguard.judge;

import io.cbtguard.inventory.ChangeId;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.check.AdvisoryCheck;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Dead;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Sighting;
import io.cbtguard.judge.record.VmRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which finding kills which baseline. What is dead stays dead, whatever a policy says later. {@code BaseUnknown} and
 * {@code ChangeIdRejected} are not here: they concern the one chain whose tool reported them, and kill there, when they are found.
 */
final class Kills {
    private Kills() {}

    static VmRecord apply(VmRecord record, Protection protection) {
        Optional<Dead> stay = affectedNow(record, protection);
        return record.mapChains(chain -> chain.withBaselines(chain.baselines().stream()
                .map(baseline -> judged(record, baseline, stay, protection))
                .toList()));
    }

    private static Baseline judged(VmRecord record, Baseline baseline, Optional<Dead> stay, Protection protection) {
        if (!baseline.alive()) {
            return baseline;
        }
        return killer(record, baseline.disk(), baseline.changeId(), baseline.mint(), protection)
                .map(f -> new Dead(f.reason(), f.at().to(), f.id()))
                .or(() -> stay)
                .map(baseline::kill)
                .orElse(baseline);
    }

    /** While the VM is on a build that a bulletin names, no ID is worth anything: it ages badly from its first moment on. */
    private static Optional<Dead> affectedNow(VmRecord record, Protection protection) {
        Sighting sighting = record.sighting();
        if (sighting == null || protection.rules().affectedHost() == Rules.AffectedHost.Warn) {
            return Optional.empty();
        }
        return AdvisoryCheck.now(record, protection.advisories())
                .filter(Advisory::invalidates)
                .map(a -> new Dead(
                        Reason.AffectedHostBuild,
                        sighting.at(),
                        AdvisoryCheck.id(a, record.residence().getLast())));
    }

    /** The newest finding that kills a change ID of a disk minted then. */
    static Optional<Finding> killer(
            VmRecord record, String disk, String changeId, Interval mint, Protection protection) {
        return record.findings().stream()
                .filter(f -> kills(f, protection.rules()))
                .filter(f -> f.concerns(disk) && !spares(f, changeId))
                .filter(f -> !f.at().isBefore(mint) || isOpenEnded(f, record.trackedSince()))
                .reduce(Kills::newer);
    }

    /** What no full ends before tracking is reset, whatever else killed the ID before. */
    static Optional<Finding> openEnded(VmRecord record, String disk, String changeId, Protection protection) {
        return record.findings().stream()
                .filter(f -> kills(f, protection.rules()) && f.concerns(disk) && !spares(f, changeId))
                .filter(f -> isOpenEnded(f, record.trackedSince()))
                .reduce(Kills::newer);
    }

    /** Whether only a reset ends it and none has: then no full does, whenever it was minted. */
    static boolean isOpenEnded(Finding finding, @Nullable Interval trackedSince) {
        return finding.cure() == Cure.ResetThenFull
                && (trackedSince == null || !finding.at().isBefore(trackedSince));
    }

    /** Ties go by the order of the reasons. */
    private static Finding newer(Finding a, Finding b) {
        Position first = a.at().to();
        Position second = b.at().to();
        if (first.isBefore(second)) {
            return b;
        }
        return second.isBefore(first) || a.reason().compareTo(b.reason()) <= 0 ? a : b;
    }

    private static boolean kills(Finding finding, Rules rules) {
        return switch (finding.reason()) {
            case SnapshotReverted,
                    ChangeIdRegressed,
                    CbtDisabled,
                    CbtReset,
                    EnabledWithSnapshots,
                    RestoredInPlace,
                    DiskReplaced,
                    DiskRemoved,
                    DisksPromoted,
                    DiskNotTrackable -> true;
            case HostUpgraded -> rules.hostUpgrade() == Rules.HostUpgrade.Always;
            case AffectedHostBuild -> finding.cure() != Cure.None && rules.affectedHost() != Rules.AffectedHost.Warn;
            case DiskResized ->
                rules.resizeKills() || (AdvisoryCheck.isAdvised(finding) && finding.cure() != Cure.None);
            case DiskRelocated -> rules.relocationKills();
            case UncleanShutdown -> rules.uncleanShutdown() == Rules.UncleanShutdown.Full;
            case VmIdentityChanged -> !rules.acceptIdentity();
            case EventGap -> !rules.acceptGaps();
            default -> false;
        };
    }

    static boolean spares(Finding finding, String changeId) {
        String spared = finding.sparesEpoch();
        return spared != null && ChangeId.epoch(changeId).filter(spared::equals).isPresent();
    }
}
