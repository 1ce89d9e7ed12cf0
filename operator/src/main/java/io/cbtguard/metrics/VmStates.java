package io.cbtguard.metrics;

import io.cbtguard.metrics.Rows.Row;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** State gauges of ProtectedVMs. A series is there while its state is; it goes with the state, or with the object. */
public final class VmStates {
    private final PerVmMetrics perVm;
    private final Rows<Vm> states;
    private final Rows<Vm> always;
    private final Rows<Row> totals;
    private final Map<Vm, State> shown = new HashMap<>();
    private final Map<Row, Integer> counts = new HashMap<>();
    private boolean isEachShown;

    /** @param perVm whether VMs have series while all is well */
    public VmStates(MeterRegistry registry, PerVmMetrics perVm) {
        this.perVm = perVm;
        this.states = new Rows<>(registry);
        this.always = new Rows<>(registry);
        this.totals = new Rows<>(registry);
        this.isEachShown = perVm.shown(0);
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
     * @param suspect how many restore points are suspect
     * @param lastGood time of the newest good restore point; null if there is none
     * @param lastTest time of the newest test restore that passed; null if there is none
     */
    public record State(
            String vcenter,
            String policy,
            String state,
            String stateReason,
            @Nullable String riskReason,
            long suspect,
            @Nullable Instant lastGood,
            @Nullable Instant lastTest) {}

    public synchronized void show(Vm vm, State state) {
        State before = shown.put(vm, state);
        if (state.equals(before)) {
            return;
        }
        states.show(vm, rows(vm, state));
        count(before == null ? Set.of() : counted(vm, before), counted(vm, state));
        showAlways(vm);
    }

    public synchronized void remove(Vm vm) {
        State before = shown.remove(vm);
        if (before != null) {
            states.remove(vm);
            count(counted(vm, before), Set.of());
            showAlways(vm);
        }
    }

    /** What is shown of each VM: of this one, or of all if there have just become few enough, or too many. */
    private void showAlways(Vm changed) {
        boolean isEachShownNow = perVm.shown(shown.size());
        Set<Vm> concerned = isEachShownNow == isEachShown ? Set.of(changed) : shown.keySet();
        isEachShown = isEachShownNow;
        concerned.forEach(vm -> always.show(vm, lastGood(vm, isEachShownNow ? shown.get(vm) : null)));
        if (!shown.containsKey(changed)) {
            always.remove(changed);
        }
    }

    private static Map<Row, DoubleSupplier> lastGood(Vm vm, @Nullable State state) {
        if (state == null) {
            return Map.of();
        }
        Instant good = state.lastGood();
        double seconds = good == null ? 0 : good.getEpochSecond();
        return Map.of(Row.of(Meters.VM_LAST_GOOD, vm.namespace(), vm.name(), state.vcenter()), () -> seconds);
    }

    private static Map<Row, DoubleSupplier> rows(Vm vm, State state) {
        Map<Row, DoubleSupplier> rows = new HashMap<>();
        if (state.state().equals("force_full")) {
            rows.put(
                    Row.of(
                            Meters.VM_FORCE_FULL,
                            vm.namespace(),
                            vm.name(),
                            state.vcenter(),
                            state.policy(),
                            state.stateReason()),
                    () -> 1);
        }
        if (state.state().equals("unknown")) {
            rows.put(
                    Row.of(Meters.VM_UNKNOWN, vm.namespace(), vm.name(), state.vcenter(), state.stateReason()),
                    () -> 1);
        }
        if (state.riskReason() != null) {
            rows.put(
                    Row.of(
                            Meters.VM_AT_RISK,
                            vm.namespace(),
                            vm.name(),
                            state.vcenter(),
                            state.policy(),
                            state.riskReason()),
                    () -> 1);
        }
        if (state.suspect() > 0) {
            rows.put(
                    Row.of(Meters.VM_SUSPECT_RESTORE_POINTS, vm.namespace(), vm.name(), state.vcenter()),
                    state::suspect);
        }
        Instant test = state.lastTest();
        if (test != null) {
            rows.put(Row.of(Meters.RESTORE_TEST, vm.namespace(), vm.name()), test::getEpochSecond);
        }
        return rows;
    }

    private static Set<Row> counted(Vm vm, State state) {
        Set<Row> counted = new HashSet<>();
        counted.add(Row.of(Meters.VMS, state.vcenter(), vm.namespace(), state.state()));
        if (state.riskReason() != null) {
            counted.add(Row.of(Meters.VMS, state.vcenter(), vm.namespace(), "at_risk"));
        }
        if ("RPOExceeded".equals(state.riskReason())) {
            counted.add(Row.of(Meters.VMS, state.vcenter(), vm.namespace(), "rpo_exceeded"));
        }
        return counted;
    }

    private void count(Set<Row> before, Set<Row> after) {
        before.stream().filter(row -> !after.contains(row)).forEach(row -> count(row, -1));
        after.stream().filter(row -> !before.contains(row)).forEach(row -> count(row, 1));
    }

    private void count(Row row, int more) {
        int number = counts.merge(row, more, Integer::sum);
        if (number == 0) {
            counts.remove(row);
            totals.remove(row);
        } else {
            totals.show(row, Map.of(row, () -> number));
        }
    }
}
