package io.cbtguard.vsphere;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts to connect: from one second doubling to a minute, each shortened at random by up to half. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** A rejected password is tried rarely: accounts are locked after a few attempts. */
    private static final Duration REJECTED = Duration.ofSeconds(30);

    private final RandomGenerator random;
    private final Duration first;
    private Duration next;

    Backoff(RandomGenerator random) {
        this(random, FIRST);
    }

    /** @param first the longest that the first pause may be; positive */
    Backoff(RandomGenerator random, Duration first) {
        this.random = random;
        this.first = first;
        this.next = first;
    }

    Duration next(Outage outage) {
        Duration full = next;
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        if (outage == Outage.CREDENTIALS_REJECTED && full.compareTo(REJECTED) < 0) {
            full = REJECTED;
        }
        return full.minusMillis(random.nextLong(full.toMillis() / 2 + 1));
    }

    void reset() {
        next = first;
    }
}
