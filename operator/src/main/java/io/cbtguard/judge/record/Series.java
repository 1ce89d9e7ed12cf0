package io.cbtguard.judge.record;

import java.util.List;

/** One full and the incrementals on it, oldest first; points leave history only as whole series. */
public record Series(List<Point> points) {
    public Series {
        points = List.copyOf(points);
    }
}
