package io.cbtguard.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What happened: findings, decisions, reports, gaps, requests to vCenter, and how long it took. */
public final class GuardMetrics {
    private static final Duration[] DETECTION = {
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofHours(1)
    };
    private static final Duration[] DECISION = {
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5)
    };
    /** The last ones are for the wait for updates, which lasts a minute where nothing happens. */
    private static final Duration[] REQUEST = {
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(65)
    };

    private final MeterRegistry registry;

    public GuardMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * A cause was found and is stored.
     *
     * @param vcenter {@code namespace/name}
     * @param happened vCenter's time of the cause
     * @param now vCenter's time, estimated
     */
    public void found(String vcenter, String reason, Instant happened, Instant now) {
        count(Meters.FINDINGS, 1, vcenter, reason);
        time(Meters.DETECTION, DETECTION, Duration.between(happened, now), vcenter, reason);
    }

    /**
     * A VMBackup got its answer.
     *
     * @param vcenter {@code namespace/name}; empty if the ProtectedVM that was asked for is not there
     * @param took since it was asked for
     */
    public void decided(String vcenter, String type, String reason, Duration took) {
        count(Meters.DECISIONS, 1, vcenter, type, reason);
        time(Meters.DECISION, DECISION, took, vcenter);
    }

    /** A report was judged: the run ended in this phase. */
    public void committed(String vcenter, String outcome) {
        count(Meters.COMMITS, 1, vcenter, outcome);
    }

    /** So many more stretches of history are lost; with 0 the series begins, so that the first one is seen to come. */
    public void gaps(String vcenter, String reason, int more) {
        count(Meters.VCENTER_EVENT_GAPS, more, vcenter, reason);
    }

    /** vCenter was asked for something. */
    public void requested(String vcenter, String method, String outcome, Duration took) {
        time(Meters.VCENTER_REQUEST, REQUEST, took, vcenter, method, outcome);
    }

    private void count(Meters meter, int more, String... labels) {
        Counter.builder(meter.id())
                .description(meter.help())
                .tags(meter.tags(List.of(labels)))
                .register(registry)
                .increment(more);
    }

    private void time(Meters meter, Duration[] buckets, Duration taken, String... labels) {
        Timer.builder(meter.id())
                .description(meter.help())
                .tags(meter.tags(List.of(labels)))
                .serviceLevelObjectives(buckets)
                .register(registry)
                .record(taken.isNegative() ? Duration.ZERO : taken);
    }
}
