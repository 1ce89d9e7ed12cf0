package io.cbtguard.judge;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Dead;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Point;
import java.util.List;

/** What a committed run makes of its chain: baselines begin and end, fulls that were asked for are met. */
final class Renewal {
    private Renewal() {}

    /**
     * A full ends the baselines of disks it did not read, but for those minted after it. A dead one stays as long as the VM has that
     * disk, for only a full that reads the disk cures it.
     */
    static Chain baselines(
            Chain chain,
            ReportReading reading,
            Point point,
            Interval mint,
            List<Disk> present,
            List<Finding> findings) {
        Chain next = chain;
        if (point.type() == BackupType.Full) {
            next = next.withBaselines(next.baselines().stream()
                    .filter(b -> reading.reads(b.disk())
                            || mint.isBefore(b.mint())
                            || (!b.alive() && present.stream().anyMatch(d -> d.id().equals(b.disk()))))
                    .toList());
        }
        for (Baseline baseline : reading.baselines()) {
            boolean kept = next.baseline(baseline.disk())
                    .filter(b -> outlasts(b, baseline, findings))
                    .isPresent();
            next = kept ? next : next.withBaseline(baseline);
        }
        return next;
    }

    /**
     * A baseline is never replaced by one with an earlier mint, and a dead one only by one minted after its death, or whose epoch
     * began with it.
     */
    private static boolean outlasts(Baseline known, Baseline next, List<Finding> findings) {
        Dead dead = known.dead();
        if (dead == null) {
            return next.mint().isBefore(known.mint());
        }
        boolean spared =
                findings.stream().anyMatch(f -> f.id().equals(dead.finding()) && Kills.spares(f, next.changeId()));
        return !spared && !dead.at().isBefore(next.mint().from());
    }

    /** Fulls that were asked for are met by a full minted after the request. */
    static Chain met(Chain chain, Point point, Interval mint) {
        if (point.type() != BackupType.Full) {
            return chain;
        }
        return chain.withDemands(chain.demands().stream()
                .map(d -> mint.from().isBefore(d.at()) ? d : d.nowMet())
                .toList());
    }
}
