package io.cbtguard.judge.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of series that left history.
 *
 * @param points how many points they had
 * @param suspect how many of them were Suspect
 * @param worst the worst trust among them
 * @param until vCenter's time of the newest of them, null if none
 */
public record Folded(
        int points, int suspect, Trust worst, @Nullable Instant until) {
    public static final Folded NONE = new Folded(0, 0, Trust.Good, null);
}
