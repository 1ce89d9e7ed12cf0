package io.cbtguard.judge;

import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Folded;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Series;
import io.cbtguard.judge.record.Trust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The points of a chain in series; the oldest finished series fold into counts that keep the worst trust. */
final class History {
    /** Finished series kept besides the current one. */
    static final int FINISHED_KEPT = 2;

    private History() {}

    /** A full begins a new series, anything else continues the current one. */
    static Chain add(Chain chain, Point point) {
        List<Series> series = new ArrayList<>(chain.series());
        if (point.type() == BackupType.Full || series.isEmpty()) {
            series.add(new Series(List.of(point)));
        } else {
            List<Point> points = new ArrayList<>(series.removeLast().points());
            points.add(point);
            series.add(new Series(points));
        }
        Folded folded = chain.folded();
        while (series.size() > FINISHED_KEPT + 1) {
            folded = fold(folded, series.removeFirst());
        }
        return chain.withSeries(series, folded);
    }

    private static Folded fold(Folded into, Series series) {
        Trust worst = into.worst();
        int suspect = into.suspect();
        Instant until = into.until();
        for (Point point : series.points()) {
            worst = worst.worst(point.trust());
            suspect += point.trust() == Trust.Suspect ? 1 : 0;
            until = until == null || point.at().isAfter(until) ? point.at() : until;
        }
        return new Folded(into.points() + series.points().size(), suspect, worst, until);
    }
}
