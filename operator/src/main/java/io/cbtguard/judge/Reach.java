package io.cbtguard.judge;

import io.cbtguard.judge.Advisory.Trigger;
import io.cbtguard.judge.check.AdvisoryCheck;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Point.PointDisk;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How far one bulletin reaches into a record.
 *
 * @param now whether the VM is on a build that it names
 * @param suspect number of Suspect points that it touches, and of those that build on them
 */
public record Reach(boolean now, int suspect) {

    /** Whether the bulletin is in force makes no difference. */
    public static Reach of(VmRecord record, Advisory advisory) {
        boolean now = AdvisoryCheck.now(record, List.of(advisory)).isPresent();
        int suspect = record.chains().stream()
                .mapToInt(chain -> suspect(record, chain, advisory))
                .sum();
        return new Reach(now, suspect);
    }

    private static int suspect(VmRecord record, Chain chain, Advisory advisory) {
        Set<String> touched = new HashSet<>();
        for (Point point : chain.points()) {
            boolean hit = point.disks().stream()
                    .anyMatch(disk -> touched.contains(disk.parentRun()) || hits(record, advisory, point, disk));
            if (hit && point.trust() == Trust.Suspect) {
                touched.add(point.run());
            }
        }
        return touched.size();
    }

    private static boolean hits(VmRecord record, Advisory advisory, Point point, PointDisk disk) {
        return advisory.trigger() == Trigger.DiskResize
                ? record.findings().stream()
                        .filter(finding -> AdvisoryCheck.isOf(finding, advisory))
                        .anyMatch(finding -> touches(advisory, finding, disk, point))
                : AffectedPoints.trust(record, List.of(advisory), disk, point) == Trust.Suspect;
    }

    private static boolean touches(Advisory advisory, Finding finding, PointDisk disk, Point point) {
        return PointAudit.touches(finding, disk, point, Protection.STRICT.under(List.of(advisory))) == Trust.Suspect;
    }
}
