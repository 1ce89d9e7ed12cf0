package io.cbtguard.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** State gauges of ProtectedVMs. A series is there while its state is; it goes with the state, or with the object. */
public final class VmStates {
    private final MeterRegistry registry;
    private final Map<Vm, Shown> shown = new HashMap<>();
    private final Map<Count, AtomicInteger> counts = new ConcurrentHashMap<>();

    public VmStates(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A ProtectedVM, by namespace and name. */
    public record Vm(String namespace, String name) {}

    /**
     * What a ProtectedVM's status says.
     *
     * @param vcenter {@code namespace/name}
     * @param state incremental, force_full, unknown or suspended
     * @param stateReason why the next backup is full, or cannot be told
     * @param riskReason why it is at risk; null if it is not
     */
    public record State(
            String vcenter,
            String policy,
            String state,
            String stateReason,
            @Nullable String riskReason) {}

    private record Count(String vcenter, String namespace, String state) {}

    private record Shown(State state, Set<Meter> meters, Set<Count> counted) {}

    public synchronized void show(Vm vm, State state) {
        Shown before = shown.get(vm);
        if (before != null && before.state().equals(state)) {
            return;
        }
        remove(vm);
        Set<Meter> meters = new HashSet<>();
        Tags own = Tags.of("vm_namespace", vm.namespace(), "vm_name", vm.name(), "vcenter", state.vcenter());
        if (state.state().equals("force_full")) {
            meters.add(gauge(
                    "cbtguard.vm.force.full",
                    "1 while the next backup must be full",
                    own.and("policy", state.policy(), "reason", state.stateReason())));
        }
        if (state.state().equals("unknown")) {
            meters.add(gauge("cbtguard.vm.unknown", "1 while we cannot tell", own.and("reason", state.stateReason())));
        }
        if (state.riskReason() != null) {
            meters.add(gauge(
                    "cbtguard.vm.at.risk",
                    "1 while the VM is at risk",
                    own.and("policy", state.policy(), "reason", state.riskReason())));
        }
        Set<Count> counted = new HashSet<>();
        counted.add(new Count(state.vcenter(), vm.namespace(), state.state()));
        if (state.riskReason() != null) {
            counted.add(new Count(state.vcenter(), vm.namespace(), "at_risk"));
        }
        if ("RPOExceeded".equals(state.riskReason())) {
            counted.add(new Count(state.vcenter(), vm.namespace(), "rpo_exceeded"));
        }
        counted.forEach(count -> counter(count).incrementAndGet());
        shown.put(vm, new Shown(state, meters, counted));
    }

    public synchronized void remove(Vm vm) {
        Shown before = shown.remove(vm);
        if (before != null) {
            before.meters().forEach(registry::remove);
            before.counted().forEach(count -> {
                if (counter(count).decrementAndGet() == 0) {
                    counts.remove(count);
                    registry.remove(countId(count));
                }
            });
        }
    }

    private AtomicInteger counter(Count count) {
        return counts.computeIfAbsent(count, c -> {
            AtomicInteger value = new AtomicInteger();
            countGauge(c, value);
            return value;
        });
    }

    private Gauge countGauge(Count count, AtomicInteger value) {
        return Gauge.builder("cbtguard.vms", value, AtomicInteger::get)
                .description("ProtectedVMs by state")
                .tags(tags(count))
                .strongReference(true)
                .register(registry);
    }

    private Meter.Id countId(Count count) {
        return new Meter.Id("cbtguard.vms", tags(count), null, null, Meter.Type.GAUGE);
    }

    private static Tags tags(Count count) {
        return Tags.of("vcenter", count.vcenter(), "vm_namespace", count.namespace(), "state", count.state());
    }

    private Meter gauge(String name, String description, Tags tags) {
        return Gauge.builder(name, () -> 1)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
