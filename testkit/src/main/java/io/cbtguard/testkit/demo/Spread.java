package io.cbtguard.testkit.demo;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** How durations spread, as text. */
final class Spread {
    private Spread() {}

    static String of(Collection<Duration> durations) {
        List<Duration> sorted = durations.stream().sorted().toList();
        return "p50 %s, p99 %s, maximum %s"
                .formatted(at(sorted, 0.50), at(sorted, 0.99), Progress.seconds(sorted.getLast()));
    }

    /** The least value that so many do not exceed. */
    private static String at(List<Duration> sorted, double share) {
        return Progress.seconds(sorted.get((int) Math.ceil(share * sorted.size()) - 1));
    }
}
