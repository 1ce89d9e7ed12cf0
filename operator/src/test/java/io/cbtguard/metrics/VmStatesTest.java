package io.cbtguard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.metrics.VmStates.State;
import io.cbtguard.metrics.VmStates.Vm;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A VM has the series of its state, and no others. */
class VmStatesTest {
    private static final Instant GOOD = Instant.parse("2026-11-24T10:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final VmStates states = new VmStates(registry, PerVmMetrics.auto);

    private static Vm vm(String name) {
        return new Vm("shop", name);
    }

    private static State state(String state, @Nullable String risk, long suspect) {
        return new State("guard/lab", "gold", state, "SnapshotReverted", risk, suspect, GOOD, null);
    }

    @Test
    void aStateThatIsOverHasNoSeries() {
        states.show(vm("web"), state("force_full", "RPOExceeded", 2));

        assertThat(series("cbtguard.vm"))
                .containsExactlyInAnyOrder(
                        "cbtguard.vm.at.risk web 1.0",
                        "cbtguard.vm.force.full web 1.0",
                        "cbtguard.vm.suspect.restore.points web 2.0",
                        "cbtguard.vm.last.good.timestamp.seconds web " + (double) GOOD.getEpochSecond());
        assertThat(totals()).containsExactlyInAnyOrder("force_full 1.0", "at_risk 1.0", "rpo_exceeded 1.0");

        states.show(vm("web"), state("unknown", null, 0));

        assertThat(series("cbtguard.vm"))
                .containsExactlyInAnyOrder(
                        "cbtguard.vm.unknown web 1.0",
                        "cbtguard.vm.last.good.timestamp.seconds web " + (double) GOOD.getEpochSecond());
        assertThat(totals()).containsExactly("unknown 1.0");

        states.remove(vm("web"));

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aSeriesThatGoesOnIsNotInterrupted() {
        states.show(vm("web"), state("force_full", null, 1));
        Meter before = registry.get("cbtguard.vm.force.full").meter();

        states.show(vm("web"), state("force_full", null, 3));

        assertThat(registry.get("cbtguard.vm.force.full").meter()).isSameAs(before);
        assertThat(registry.get("cbtguard.vm.suspect.restore.points").gauge().value())
                .isEqualTo(3);
    }

    @Test
    void vmsOfOneStateAreCountedTogether() {
        states.show(vm("a"), state("incremental", null, 0));
        states.show(vm("b"), state("incremental", null, 0));
        states.show(vm("c"), state("suspended", null, 0));
        assertThat(totals()).containsExactlyInAnyOrder("incremental 2.0", "suspended 1.0");

        states.remove(vm("b"));
        states.show(vm("c"), state("incremental", null, 0));

        assertThat(totals()).containsExactly("incremental 2.0");
    }

    @Test
    void withoutAGoodRestorePointItsTimeIsZero() {
        states.show(vm("web"), new State("guard/lab", "gold", "unknown", "CatchingUp", null, 0, null, null));

        assertThat(registry.get("cbtguard.vm.last.good.timestamp.seconds")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void onlyAVmThatPassedATestRestoreHasASeriesOfIt() {
        Instant at = Instant.parse("2026-11-20T10:00:00Z");
        states.show(vm("web"), new State("guard/lab", "gold", "incremental", "", null, 0, GOOD, at));
        states.show(vm("db"), state("incremental", null, 0));

        assertThat(series("cbtguard.restore"))
                .containsExactly("cbtguard.restore.test.timestamp.seconds web " + (double) at.getEpochSecond());
    }

    @Test
    void fiveThousandVmsHaveASeriesEachAndMoreHaveNone() {
        for (int i = 0; i < PerVmMetrics.MANY; i++) {
            states.show(vm("vm-" + i), state("incremental", null, 0));
        }
        assertThat(registry.find("cbtguard.vm.last.good.timestamp.seconds").gauges())
                .hasSize(PerVmMetrics.MANY);

        states.show(vm("one-more"), state("incremental", null, 0));
        assertThat(registry.find("cbtguard.vm.last.good.timestamp.seconds").gauges())
                .isEmpty();

        states.remove(vm("vm-7"));
        assertThat(registry.find("cbtguard.vm.last.good.timestamp.seconds").gauges())
                .hasSize(PerVmMetrics.MANY);
    }

    @Test
    void thatCanBeSetRegardlessOfTheirNumber() {
        var none = new SimpleMeterRegistry();
        new VmStates(none, PerVmMetrics.off).show(vm("web"), state("incremental", null, 0));
        assertThat(none.find("cbtguard.vm.last.good.timestamp.seconds").gauges())
                .isEmpty();
        assertThat(PerVmMetrics.on.shown(PerVmMetrics.MANY + 1)).isTrue();
    }

    private List<String> series(String prefix) {
        return registry.getMeters().stream()
                .filter(m -> m.getId().getName().startsWith(prefix + "."))
                .map(m -> m.getId().getName() + " " + m.getId().getTag("vm_name") + " " + value(m))
                .toList();
    }

    private List<String> totals() {
        return registry.find("cbtguard.vms").gauges().stream()
                .map(g -> g.getId().getTag("state") + " " + g.value())
                .toList();
    }

    private static double value(Meter meter) {
        return meter.measure().iterator().next().getValue();
    }
}
