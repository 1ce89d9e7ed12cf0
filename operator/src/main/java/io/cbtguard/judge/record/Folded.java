package io.cbtguard.judge.record;

import io.cbtguard.inventory.Interval;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of series that left history.
 *
 * @param points how many points they had
 * @param suspect how many of them were Suspect
 * @param worst the worst trust among them
 * @param since vCenter's time of the oldest of them, null if none
 * @param until vCenter's time of the newest of them, null if none
 * @param across of each series with incrementals, from its first base to its last commit, oldest first: a cause within, learned
 *     later, may concern some of its points. The oldest are merged
 */
public record Folded(
        int points,
        int suspect,
        Trust worst,
        @Nullable Instant since,
        @Nullable Instant until,
        List<Interval> across) {
    public static final Folded NONE = new Folded(0, 0, Trust.Good, null, null, List.of());

    public Folded {
        across = List.copyOf(across);
    }

    /** The same if one of them may be no better than this: which one, nobody knows any more. */
    public Folded atBest(Trust trust) {
        return new Folded(points, suspect, worst.worst(trust), since, until, across);
    }
}
