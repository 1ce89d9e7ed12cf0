package io.cbtguard.simulator.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** vCenter's clock: the machine's, moved by an offset that tests may change, in microseconds. */
public final class SimClock {
    private final Clock base;
    private Duration offset;
    private Instant last = Instant.EPOCH;

    public SimClock(Clock base, Duration offset) {
        this.base = base;
        this.offset = offset;
    }

    /** The present; two readings are never equal, so that times can serve as versions. */
    public synchronized Instant now() {
        Instant now = base.instant().plus(offset).truncatedTo(ChronoUnit.MICROS);
        if (now.equals(last)) {
            now = now.plus(1, ChronoUnit.MICROS);
        }
        last = now;
        return now;
    }

    public synchronized void setOffset(Duration offset) {
        this.offset = offset;
    }

    public synchronized Duration offset() {
        return offset;
    }
}
