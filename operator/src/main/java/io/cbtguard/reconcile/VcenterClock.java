package io.cbtguard.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What time it is at a vCenter, also between two answers and through an outage. Used for ages and deadlines only; nothing is ordered
 * by it. Every answer took some time to come, so the largest difference seen lately is the best estimate.
 */
final class VcenterClock {
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final Clock own;
    private @Nullable Duration latest;
    private @Nullable Duration earlier;
    private Instant windowEnds = Instant.MIN;

    VcenterClock(Clock own) {
        this.own = own;
    }

    /** vCenter said that it was this time there. */
    synchronized void heard(Instant vcenterTime) {
        Instant here = own.instant();
        Duration difference = Duration.between(here, vcenterTime);
        if (here.isAfter(windowEnds)) {
            earlier = latest;
            latest = null;
            windowEnds = here.plus(WINDOW);
        }
        latest = latest == null || difference.compareTo(latest) > 0 ? difference : latest;
    }

    synchronized Instant now() {
        return own.instant().plus(offset());
    }

    private Duration offset() {
        if (latest == null) {
            return earlier == null ? Duration.ZERO : earlier;
        }
        return earlier != null && earlier.compareTo(latest) > 0 ? earlier : latest;
    }
}
