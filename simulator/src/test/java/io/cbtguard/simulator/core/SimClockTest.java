package io.cbtguard.simulator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** The clock never shows a time twice, and goes back only when it is stepped. */
class SimClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SimClock clock = new SimClock(Clock.fixed(START, ZoneOffset.UTC), Duration.ZERO);

    @Test
    void readingsRiseWhileTheMachinesClockStandsStill() {
        Instant first = clock.now();
        Instant second = clock.now();
        Instant third = clock.now();
        assertThat(first).isEqualTo(START).isBefore(second);
        assertThat(second).isBefore(third);
    }

    @Test
    void aStepBackIsShown() {
        clock.now();
        clock.setOffset(Duration.ofMinutes(-5));
        assertThat(clock.now()).isEqualTo(START.minus(Duration.ofMinutes(5)));
    }
}
