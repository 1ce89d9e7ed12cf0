package io.cbtguard.judge;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.check.AdvisoryCheck;
import io.cbtguard.judge.check.EnabledCheck;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Folded;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Point.PointDisk;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Series;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges restore points again whenever findings change, also for the past. Trust only ever falls: own findings over
 * [base mint, commit], how the point was read, and the trust of the points it builds on.
 */
final class PointAudit {
    private PointAudit() {}

    static VmRecord audit(VmRecord record, Protection protection) {
        return record.mapChains(chain -> audit(chain, record, protection));
    }

    private static Chain audit(Chain chain, VmRecord record, Protection protection) {
        Map<String, Point> judged = new HashMap<>();
        List<Series> audited = new ArrayList<>();
        for (Series series : chain.series()) {
            List<Point> points = new ArrayList<>();
            for (Point point : series.points()) {
                Point now = judge(point, record, protection, judged);
                judged.put(now.run(), now);
                points.add(now);
            }
            audited.add(new Series(points));
        }
        Folded folded = judge(chain.folded(), record, protection);
        boolean isSame = audited.equals(chain.series()) && folded.equals(chain.folded());
        return isSame ? chain : chain.withSeries(audited, folded);
    }

    /** Of points that are no more than counts it can be said that one of them may be hit, but not which. */
    private static Folded judge(Folded folded, VmRecord record, Protection protection) {
        boolean isHit = folded.across().stream()
                .anyMatch(across -> record.findings().stream()
                                .anyMatch(f -> f.at().overlaps(across) && weight(f, protection) != Trust.Good)
                        || AffectedPoints.mayHit(record, protection.advisories(), across));
        return isHit ? folded.atBest(Trust.Unknown) : folded;
    }

    static Point judge(Point point, VmRecord record, Protection protection, Map<String, Point> parents) {
        Point worst = point;
        for (PointDisk disk : point.disks()) {
            for (Finding finding : record.findings()) {
                worst = worse(
                        worst,
                        touches(finding, disk, point, protection),
                        finding.reason().name());
                worst = worse(
                        worst,
                        spoils(finding, disk, point, record.trackedSince(), protection),
                        finding.reason().name());
            }
            worst = worse(
                    worst,
                    AffectedPoints.trust(record, protection.advisories(), disk, point),
                    Reason.AffectedHostBuild.name());
            Point parent = parents.get(disk.parentRun());
            if (parent != null) {
                worst = worse(worst, parent.trust(), parent.reason());
            } else if (!disk.parentRun().isEmpty()) {
                worst = worse(worst, Trust.Unknown, Reason.BaseUnknown.name());
            }
        }
        return worst;
    }

    private static Point worse(Point point, Trust trust, String reason) {
        return trust.compareTo(point.trust()) > 0 ? point.judged(trust, reason) : point;
    }

    /** What a finding makes of an incremental that was minted after it on a base minted before it. */
    static Trust touches(Finding finding, PointDisk disk, Point point, Protection protection) {
        Interval base = disk.baseMint();
        boolean across = disk.read() == ReadMethod.Changed
                && base != null
                && finding.concerns(disk.disk())
                && !Kills.spares(finding, disk.changeId())
                && !finding.at().isBefore(base)
                && !isAfter(finding, point);
        return across ? weight(finding, protection) : Trust.Good;
    }

    /**
     * What a finding makes of a point however it was read: a restore over the disks while it was read; and, if it was read by tracking
     * as a full, what makes the whole epoch unreliable until a reset.
     */
    private static Trust spoils(
            Finding finding, PointDisk disk, Point point, @Nullable Interval trackedSince, Protection protection) {
        Interval mint = point.mint();
        if (mint == null || !finding.concerns(disk.disk()) || isAfter(finding, point)) {
            return Trust.Good;
        }
        if (finding.reason() == Reason.RestoredInPlace && !finding.at().isBefore(mint)) {
            return Trust.Suspect;
        }
        boolean isLeftBehind =
                trackedSince != null && mint.isBefore(trackedSince); // by a reset: judged while its epoch went on
        boolean isCuredBefore =
                isLeftBehind || (trackedSince != null && finding.at().isBefore(trackedSince));
        boolean reachesFulls = finding.cure() == Cure.ResetThenFull || reachesFulls(finding, protection.advisories());
        return disk.read() == ReadMethod.AllocatedCbt && reachesFulls && !isCuredBefore
                ? weight(finding, protection)
                : Trust.Good;
    }

    private static boolean reachesFulls(Finding resize, List<Advisory> inForce) {
        return inForce.stream()
                .anyMatch(a -> AdvisoryCheck.isOf(resize, a)
                        && a.suspects() == Advisory.Suspects.IncrementalsAndFullsUsingCbt);
    }

    private static Trust weight(Finding finding, Protection protection) {
        Rules rules = protection.rules();
        return switch (finding.reason()) {
            case SnapshotReverted, ChangeIdRegressed, RestoredInPlace -> Trust.Suspect;
            case EnabledWithSnapshots -> EnabledCheck.isKnown(finding) ? Trust.Suspect : Trust.Unknown;
            case DiskResized -> resized(finding, protection.advisories());
            // tolerated, or told too late to refuse the run: nobody can vouch for what the query answered
            case CbtDisabled, CbtReset, DiskReplaced, DiskRemoved, DisksPromoted, VmIdentityChanged, EventGap ->
                Trust.Unknown;
            case HostUpgraded -> unknownIf(rules.hostUpgrade() == Rules.HostUpgrade.Always);
            case UncleanShutdown -> unknownIf(rules.uncleanShutdown() != Rules.UncleanShutdown.WhenIdChanged);
            case DiskRelocated -> unknownIf(rules.relocationKills());
            default -> Trust.Good;
        };
    }

    /** By the bulletin that says so; one that is in force no more has said so for good. */
    private static Trust resized(Finding finding, List<Advisory> inForce) {
        boolean isSpared = inForce.stream()
                .anyMatch(a -> AdvisoryCheck.isOf(finding, a) && a.suspects() == Advisory.Suspects.None);
        return AdvisoryCheck.isAdvised(finding) && !isSpared ? Trust.Suspect : Trust.Good;
    }

    private static Trust unknownIf(boolean isCause) {
        return isCause ? Trust.Unknown : Trust.Good;
    }

    /** What only its result shows begins behind the position at which it had not happened; what is told of begins at its own. */
    private static boolean isAfter(Finding finding, Point point) {
        boolean inferred = finding.evidence().eventKey() == 0
                && finding.evidence().taskKey().isEmpty();
        Position from = finding.at().from();
        return point.through().isBefore(from) || (inferred && point.through().equals(from));
    }
}
