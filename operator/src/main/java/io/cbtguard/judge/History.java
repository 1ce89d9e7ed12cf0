package io.cbtguard.judge;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Folded;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Point.PointDisk;
import io.cbtguard.judge.record.Series;
import io.cbtguard.judge.record.Trust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The points of a chain in series; the oldest finished series fold into counts that keep the worst trust. */
final class History {
    /** Finished series kept besides the current one where no policy says how many. */
    static final int FINISHED_KEPT = 2;
    /** Spans of folded series kept apart. */
    private static final int SPANS = 4;

    private History() {}

    /**
     * A full begins a new series, an incremental continues its parent's; what has no parent here goes to the newest.
     *
     * @param finishedKept series that are kept besides the current one
     */
    static Chain add(Chain chain, Point point, int finishedKept) {
        List<Series> series = new ArrayList<>(chain.series());
        if (point.type() == BackupType.Full || series.isEmpty()) {
            series.add(new Series(List.of(point)));
        } else {
            int own = parent(series, point);
            List<Point> points = new ArrayList<>(series.get(own).points());
            points.add(point);
            series.set(own, new Series(points));
        }
        Folded folded = chain.folded();
        while (series.size() > finishedKept + 1) {
            OptionalInt oldest = IntStream.range(0, series.size() - finishedKept - 1)
                    .filter(i -> !isBuiltOn(chain, series.get(i)))
                    .findFirst();
            if (oldest.isEmpty()) {
                break;
            }
            folded = fold(folded, series.remove(oldest.getAsInt()));
        }
        return chain.withSeries(series, folded);
    }

    private static int parent(List<Series> series, Point point) {
        return IntStream.range(0, series.size())
                .filter(i -> series.get(i).points().stream().anyMatch(p -> isParent(p, point)))
                .reduce((older, newer) -> newer)
                .orElse(series.size() - 1);
    }

    private static boolean isParent(Point parent, Point point) {
        return point.disks().stream().anyMatch(d -> d.parentRun().equals(parent.run()));
    }

    /** The next incremental would build on it: what is known of it must not be folded away. */
    static boolean isBuiltOn(Chain chain, Series series) {
        return chain.baselines().stream().filter(Baseline::alive).anyMatch(b -> series.points().stream()
                .anyMatch(p -> p.run().equals(b.run())));
    }

    private static List<Interval> with(List<Interval> known, @Nullable Interval across) {
        if (across == null) {
            return known;
        }
        List<Interval> all = new ArrayList<>(known);
        all.add(across);
        while (all.size() > SPANS) {
            all.set(0, all.get(0).union(all.remove(1)));
        }
        return all;
    }

    static Folded fold(Folded into, Series series) {
        Trust worst = into.worst();
        int suspect = into.suspect();
        Instant since = into.since();
        Instant until = into.until();
        Interval across = null;
        for (Point point : series.points()) {
            worst = worst.worst(point.trust());
            suspect += point.trust() == Trust.Suspect ? 1 : 0;
            since = since == null || point.at().isBefore(since) ? point.at() : since;
            until = until == null || point.at().isAfter(until) ? point.at() : until;
            for (PointDisk disk : point.disks()) {
                Interval base = disk.baseMint();
                if (base != null) {
                    Interval read = new Interval(base.from(), Position.later(base.to(), point.through()));
                    across = across == null ? read : across.union(read);
                }
            }
        }
        return new Folded(
                into.points() + series.points().size(), suspect, worst, since, until, with(into.across(), across));
    }
}
