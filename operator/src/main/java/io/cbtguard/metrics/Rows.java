package io.cbtguard.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Series of gauges, each belonging to an owner and gone with it. What stays as it is is left alone, so that no scrape misses it.
 *
 * @param <O> what a series belongs to
 */
final class Rows<O> {
    private final MeterRegistry registry;
    private final Map<O, Map<Row, Shown>> shown = new HashMap<>();

    Rows(MeterRegistry registry) {
        this.registry = registry;
    }

    /** One series: a meter and the values of its labels, in the meter's order. */
    record Row(Meters meter, List<String> labels) {
        static Row of(Meters meter, String... labels) {
            return new Row(meter, List.of(labels));
        }
    }

    /** Shows these series of an owner and no others. */
    synchronized void show(O owner, Map<Row, DoubleSupplier> rows) {
        Map<Row, Shown> own = shown.computeIfAbsent(owner, o -> new HashMap<>());
        own.entrySet().removeIf(old -> {
            boolean isOver = !rows.containsKey(old.getKey());
            if (isOver) {
                registry.remove(old.getValue().gauge());
            }
            return isOver;
        });
        rows.forEach((row, value) ->
                own.computeIfAbsent(row, r -> register(r, value)).value().now = value);
        if (own.isEmpty()) {
            shown.remove(owner);
        }
    }

    synchronized void remove(O owner) {
        show(owner, Map.of());
    }

    private Shown register(Row row, DoubleSupplier first) {
        Value value = new Value(first);
        Gauge gauge = Gauge.builder(row.meter().id(), value, v -> v.now.getAsDouble())
                .description(row.meter().help())
                .tags(row.meter().tags(row.labels()))
                .strongReference(true)
                .register(registry);
        return new Shown(value, gauge);
    }

    private record Shown(Value value, Meter gauge) {}

    private static final class Value {
        private volatile DoubleSupplier now;

        Value(DoubleSupplier now) {
            this.now = now;
        }
    }
}
