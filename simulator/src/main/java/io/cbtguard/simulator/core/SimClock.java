package io.cbtguard.simulator.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** vCenter's clock: the machine's, moved by an offset that tests may change, in microseconds. */
public final class SimClock {
    private final Clock base;
    private Duration offset;
    private Instant last = Instant.MIN;

    public SimClock(Clock base, Duration offset) {
        this.base = base;
        this.offset = offset;
    }

    /** The present. Each reading is later than the one before, until the clock is stepped. */
    public synchronized Instant now() {
        Instant now = base.instant().plus(offset).truncatedTo(ChronoUnit.MICROS);
        // two readings within a microsecond must differ: times serve as versions
        last = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
        return last;
    }

    /** Steps the clock; the next reading may be earlier than the last one. */
    public synchronized void setOffset(Duration newOffset) {
        offset = newOffset;
        last = Instant.MIN;
    }
}
