package io.cbtguard.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Whether each watched vCenter is there. */
public final class VcenterStates {
    private final MeterRegistry registry;
    private final Map<String, Up> ups = new HashMap<>();

    private record Up(AtomicInteger value, Gauge gauge) {}

    public VcenterStates(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param vcenter {@code namespace/name} */
    public synchronized void up(String vcenter, boolean up) {
        ups.computeIfAbsent(vcenter, this::register).value().set(up ? 1 : 0);
    }

    /** The VCenter is gone. */
    public synchronized void remove(String vcenter) {
        Up gone = ups.remove(vcenter);
        if (gone != null) {
            registry.remove(gone.gauge());
        }
    }

    private Up register(String vcenter) {
        AtomicInteger value = new AtomicInteger();
        Gauge gauge = Gauge.builder("cbtguard.vcenter.up", value, AtomicInteger::get)
                .description("1 while the watch is connected and current")
                .tag("vcenter", vcenter)
                .strongReference(true)
                .register(registry);
        return new Up(value, gauge);
    }
}
