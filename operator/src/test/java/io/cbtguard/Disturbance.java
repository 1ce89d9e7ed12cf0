package io.cbtguard;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is done to a leader. */
enum Disturbance {
    /** Killed (SIGKILL). */
    KILL,
    /** Stopped (SIGSTOP) for longer than its lease, until another one leads, and then let go on. */
    FREEZE;

    /**
     * One that was done.
     *
     * @param at right before it
     * @param expiry of the lease that the leader had then
     * @param wentOn when it was let go on; null if it was killed
     * @param ended when its process had ended
     */
    record Done(
            Disturbance kind,
            StoryStep step,
            Instant at,
            Instant expiry,
            @Nullable Instant wentOn,
            Instant ended) {}

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
