package io.cbtguard.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** What happened: findings, decisions, how long it took to notice. */
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
        Counter.builder("cbtguard.findings")
                .description("Causes found")
                .tag("vcenter", vcenter)
                .tag("reason", reason)
                .register(registry)
                .increment();
        Duration taken = Duration.between(happened, now);
        Timer.builder("cbtguard.detection")
                .description("From vCenter's event time to the record written, corrected by the clock offset")
                .tag("vcenter", vcenter)
                .tag("reason", reason)
                .serviceLevelObjectives(DETECTION)
                .register(registry)
                .record(taken.isNegative() ? Duration.ZERO : taken);
    }

    /** A VMBackup got its answer. */
    public void decided(String vcenter, String type, String reason) {
        Counter.builder("cbtguard.decisions")
                .description("Decisions given")
                .tag("vcenter", vcenter)
                .tag("type", type)
                .tag("reason", reason)
                .register(registry)
                .increment();
    }
}
