package io.cbtguard.judge;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.check.AdvisoryCheck;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Point.PointDisk;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Residence;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What bulletins about ESXi builds make of a restore point: the query answered from a map that was kept on such a build. A build that
 * was seen makes it Suspect, one that is merely possible Unknown.
 */
final class AffectedPoints {
    private AffectedPoints() {}

    static Trust trust(VmRecord record, List<Advisory> advisories, PointDisk disk, Point point) {
        Trust worst = Trust.Good;
        for (Advisory advisory : advisories) {
            if (advisory.trigger() != Advisory.Trigger.HostBuild || !restsOnMap(advisory, disk)) {
                continue;
            }
            for (Residence stay : record.residence()) {
                if (AdvisoryCheck.covers(advisory, stay) && touches(stay, disk, point, record.trackedSince())) {
                    Trust made = stay.certain() && stay.build() != null ? Trust.Suspect : Trust.Unknown;
                    worst = made.compareTo(worst) > 0 ? made : worst;
                }
            }
        }
        return worst;
    }

    /** The same for points that are no more than counts. */
    static boolean mayHit(VmRecord record, List<Advisory> advisories, Interval across) {
        return advisories.stream()
                .filter(a -> a.trigger() == Advisory.Trigger.HostBuild && a.suspects() != Advisory.Suspects.None)
                .anyMatch(a -> record.residence().stream()
                        .anyMatch(stay -> AdvisoryCheck.covers(a, stay) && overlaps(stay, across)));
    }

    private static boolean overlaps(Residence stay, Interval across) {
        Position to = stay.to();
        return !across.to().isBefore(stay.from()) && (to == null || !to.isBefore(across.from()));
    }

    private static boolean restsOnMap(Advisory advisory, PointDisk disk) {
        return switch (advisory.suspects()) {
            case None -> false;
            case Incrementals -> disk.read() == ReadMethod.Changed;
            case IncrementalsAndFullsUsingCbt ->
                disk.read() == ReadMethod.Changed || disk.read() == ReadMethod.AllocatedCbt;
        };
    }

    /**
     * An incremental reads what was tracked since its base; what a full reads by tracking was tracked since the epoch began, and that is
     * known if it was proven.
     */
    private static boolean touches(Residence stay, PointDisk disk, Point point, @Nullable Interval trackedSince) {
        Interval mint = point.mint();
        boolean isOfPresentEpoch = mint != null && trackedSince != null && trackedSince.isBefore(mint);
        Interval base = disk.baseMint() == null && isOfPresentEpoch ? trackedSince : disk.baseMint();
        Position to = stay.to();
        boolean endedBefore = base != null && to != null && to.isBefore(base.from());
        return !endedBefore && !point.through().isBefore(stay.from());
    }
}
