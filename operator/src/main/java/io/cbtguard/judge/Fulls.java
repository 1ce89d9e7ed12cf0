package io.cbtguard.judge;

import io.cbtguard.inventory.Position;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.SeenSnapshot;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Full backups under way, as a record tells of them, and what decides who is next. */
final class Fulls {
    private Fulls() {}

    /**
     * Open runs that were told to take a full and are at it. A run whose snapshot was seen, and is gone, has read what it wanted; which
     * snapshot is its own only its report will say, so all that were made since its decision have to be gone.
     */
    static List<Run> atWork(VmRecord record) {
        return record.runs().stream()
                .filter(run ->
                        run.open() && run.decision() != null && run.decision().type() == BackupType.Full)
                .filter(run -> !hasRead(
                        record,
                        run.decision() == null
                                ? record.evidenceThrough()
                                : run.decision().at()))
                .toList();
    }

    private static boolean hasRead(VmRecord record, Position decided) {
        List<SeenSnapshot> since = record.snapshots().stream()
                .filter(snapshot -> !snapshot.mint().from().isBefore(decided))
                .toList();
        // one that only history tells of counts as gone until it is in view
        return since.stream().anyMatch(SeenSnapshot::idsSeen)
                && since.stream().allMatch(snapshot -> snapshot.goneAt() != null);
    }

    /** vCenter's time of the newest Good point of any chain of the namespace; empty if there is none. */
    static Optional<Instant> lastGood(VmRecord record, String namespaceUid) {
        List<Point> points = record.chainsOf(namespaceUid)
                .flatMap(chain -> chain.points().stream())
                .toList();
        return Optional.ofNullable(Assessing.newest(points, Trust.Good));
    }
}
