package io.cbtguard.vsphere;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts to connect: from one second doubling to a minute, each shortened at random by up to half. Of a password that
 * is rejected again, minutes; another one in the Secret begins anew.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** A rejected password is tried rarely: accounts are locked after a few attempts within minutes, for everybody who uses them. */
    private static final Duration REJECTED = Duration.ofSeconds(30);

    private static final Duration REJECTED_AGAIN = Duration.ofMinutes(5);

    private final RandomGenerator random;
    private final Duration first;
    private Duration next;
    private int rejected;

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
        if (outage == Outage.CREDENTIALS_REJECTED) {
            rejected++;
            full = rejected > 1 ? REJECTED_AGAIN : REJECTED;
        }
        return full.minusMillis(random.nextLong(full.toMillis() / 2 + 1));
    }

    void reset() {
        next = first;
        rejected = 0;
    }
}
