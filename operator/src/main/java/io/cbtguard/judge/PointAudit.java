package io.cbtguard.judge;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.check.AdvisoryCheck;
import io.cbtguard.judge.record.Chain;
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
                                .anyMatch(f -> f.at().overlaps(across) && weight(f, protection.rules()) != Trust.Good)
                        || AffectedPoints.mayHit(record, protection.advisories(), across));
        return isHit ? folded.atBest(Trust.Unknown) : folded;
    }

    static Point judge(Point point, VmRecord record, Protection protection, Map<String, Point> parents) {
        Point worst = point;
        for (PointDisk disk : point.disks()) {
            for (Finding finding : record.findings()) {
                worst = worse(
                        worst,
                        touches(finding, disk, point, protection.rules()),
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
    static Trust touches(Finding finding, PointDisk disk, Point point, Rules rules) {
        Interval base = disk.baseMint();
        boolean across = disk.read() == ReadMethod.Changed
                && base != null
                && finding.concerns(disk.disk())
                && !Kills.spares(finding, disk.changeId())
                && !finding.at().isBefore(base)
                && !isAfter(finding, point);
        return across ? weight(finding, rules) : Trust.Good;
    }

    private static Trust weight(Finding finding, Rules rules) {
        return switch (finding.reason()) {
            case SnapshotReverted, ChangeIdRegressed, EnabledWithSnapshots, RestoredInPlace -> Trust.Suspect;
            case DiskResized -> AdvisoryCheck.isAdvised(finding) ? Trust.Suspect : Trust.Good;
            // tolerated, or told too late to refuse the run: nobody can vouch for what the query answered
            case CbtDisabled, CbtReset, DiskReplaced, DiskRemoved, DisksPromoted, VmIdentityChanged, EventGap ->
                Trust.Unknown;
            case HostUpgraded -> unknownIf(rules.hostUpgrade() == Rules.HostUpgrade.Always);
            case UncleanShutdown -> unknownIf(rules.uncleanShutdown() != Rules.UncleanShutdown.WhenIdChanged);
            case DiskRelocated -> unknownIf(rules.relocationKills());
            default -> Trust.Good;
        };
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
