package io.cbtguard.metrics;

import io.cbtguard.metrics.Rows.Row;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** State gauges of VCenters; all of one go with its object. */
public final class VcenterStates {
    private static final double NOT_KNOWN = Double.NaN;
    private static final double MILLIS = 1000;

    private final Rows<String> pulses;
    private final Rows<String> waves;
    private final Rows<String> hosts;
    private final Rows<String> blocked;

    public VcenterStates(MeterRegistry registry) {
        this.pulses = new Rows<>(registry);
        this.waves = new Rows<>(registry);
        this.hosts = new Rows<>(registry);
        this.blocked = new Rows<>(registry);
    }

    /**
     * How the watch of a vCenter fares at this moment.
     *
     * @param up connected and current
     * @param lastContact vCenter's time at its last answer; null if there is none
     * @param inventoryLag how far the inventory is behind; null before it was read
     * @param eventsLag the same of the events
     */
    public record Pulse(
            boolean up,
            @Nullable Instant lastContact,
            @Nullable Duration inventoryLag,
            @Nullable Duration eventsLag) {
        /** There is no watch. */
        public static final Pulse NONE = new Pulse(false, null, null, null);
    }

    /** A host that runs a build that an advisory names. */
    public record AffectedHost(String host, String version, String build, String advisory) {}

    /**
     * A VCenter is there.
     *
     * @param vcenter {@code namespace/name}
     * @param suspended asked at every scrape, as is the pulse
     */
    public void watch(String vcenter, BooleanSupplier suspended, Supplier<Pulse> pulse) {
        pulses.show(
                vcenter,
                Map.of(
                        Row.of(Meters.VCENTER_UP, vcenter), () -> pulse.get().up() ? 1 : 0,
                        Row.of(Meters.VCENTER_SUSPENDED, vcenter), () -> suspended.getAsBoolean() ? 1 : 0,
                        Row.of(Meters.VCENTER_LAST_CONTACT, vcenter),
                                () -> seconds(pulse.get().lastContact()),
                        Row.of(Meters.VCENTER_LAG, vcenter, "inventory"),
                                () -> seconds(pulse.get().inventoryLag()),
                        Row.of(Meters.VCENTER_LAG, vcenter, "events"),
                                () -> seconds(pulse.get().eventsLag())));
    }

    /** How many fulls run and wait, asked at every scrape. */
    public void wave(String vcenter, IntSupplier running, IntSupplier waiting) {
        waves.show(
                vcenter,
                Map.of(
                        Row.of(Meters.FULL_WAVE_RUNNING, vcenter), running::getAsInt,
                        Row.of(Meters.FULL_WAVE_WAITING, vcenter), waiting::getAsInt));
    }

    /** These hosts are affected, and no others. */
    public void affected(String vcenter, Collection<AffectedHost> affected) {
        Map<Row, DoubleSupplier> rows = new HashMap<>();
        affected.forEach(host -> rows.put(
                Row.of(Meters.HOST_AFFECTED, vcenter, host.host(), host.version(), host.build(), host.advisory()),
                () -> 1));
        hosts.show(vcenter, rows);
    }

    /** So many records are blocked, by reason, and no others. */
    public void blocked(String vcenter, Map<String, Integer> byReason) {
        Map<Row, DoubleSupplier> rows = new HashMap<>();
        byReason.forEach((reason, number) -> rows.put(Row.of(Meters.RECORDS_BLOCKED, vcenter, reason), () -> number));
        blocked.show(vcenter, rows);
    }

    /** The VCenter is gone. */
    public void remove(String vcenter) {
        pulses.remove(vcenter);
        waves.remove(vcenter);
        hosts.remove(vcenter);
        blocked.remove(vcenter);
    }

    private static double seconds(@Nullable Instant time) {
        return time == null ? NOT_KNOWN : time.toEpochMilli() / MILLIS;
    }

    private static double seconds(@Nullable Duration lag) {
        return lag == null ? NOT_KNOWN : Math.max(0, lag.toMillis() / MILLIS);
    }
}
