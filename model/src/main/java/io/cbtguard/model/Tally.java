package io.cbtguard.model;

import java.util.Map;
import java.util.TreeMap;

/** Counts how often things occurred. */
final class Tally {
    private final Map<String, Long> counts = new TreeMap<>();

    void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    void add(Tally other) {
        other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }

    long of(String what) {
        return counts.getOrDefault(what, 0L);
    }

    /** All counts whose name begins so, by the rest of the name. */
    Map<String, Long> under(String prefix) {
        Map<String, Long> found = new TreeMap<>();
        counts.forEach((what, count) -> {
            if (what.startsWith(prefix)) {
                found.put(what.substring(prefix.length()), count);
            }
        });
        return found;
    }
}
