package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.simulator.VcenterBackup;
import io.cbtguard.simulator.fault.FaultRule;
import io.cbtguard.simulator.fault.FaultRule.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault that the simulator can make: the watch recovers by itself and no change is lost. Recovery times are printed. */
@Tag("simulator")
class SimulatorFaultsIT extends SimulatorFixture {
    /** Of the watch's threads: the property wait, the history, and what both need at times. */
    private static final List<String> METHODS =
            List.of("WaitForUpdatesEx", "ReadNextEvents", "RetrievePropertiesEx", "CurrentTime");

    private @Nullable VcenterBackup older;

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("SOAP fault NotAuthenticated", METHODS, rule(Kind.SOAP_FAULT)),
                Arguments.of(
                        "SOAP fault of no known meaning",
                        METHODS,
                        rule(Kind.SOAP_FAULT).withFault("HostConfigFault")),
                Arguments.of("HTTP 503", METHODS, rule(Kind.HTTP_STATUS)),
                Arguments.of("HTTP 500", METHODS, rule(Kind.HTTP_STATUS).withStatus(500)),
                Arguments.of("delay of 2 s", METHODS, rule(Kind.DELAY).withDelay(Duration.ofSeconds(2))),
                Arguments.of("connection closed before the call", METHODS, rule(Kind.DROP)),
                Arguments.of("connection closed before the answer", METHODS, rule(Kind.DROP_ANSWER)),
                Arguments.of("cut in the middle of an answer", METHODS, rule(Kind.CUT)),
                Arguments.of("garbage", METHODS, rule(Kind.GARBAGE)),
                // Any other call of a watch is given up after a minute.
                Arguments.of("half-open connection", List.of("WaitForUpdatesEx"), rule(Kind.HALF_OPEN)));
    }

    private static FaultRule rule(Kind kind) {
        return FaultRule.of("", kind).times(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @VcsimLacks("faults on demand")
    void a_fault_in_any_call_is_recovered_from_and_loses_no_change(String fault, List<String> methods, FaultRule rule)
            throws Exception {
        VcenterWatch watch = connected();
        for (String method : methods) {
            String name = fault + " in " + method;
            Recovery recovery = Recovery.from(name);
            simulator.faults().add(new FaultRule(method, rule.kind(), 1, 1, rule.fault(), rule.status(), rule.delay()));
            revert();
            // One revert around the call that is struck, one while nobody may be connected.
            Told.soon("it struck").until(() -> simulator.faults().all().isEmpty());
            revert();
            simulator.vms().rename(vm.moRef(), name);
            recovery.until(
                    name + " is over",
                    () -> isShown(watch, name) && watch.health().connected());
        }
        assertRevertsToldOnce(watch, 2 * methods.size());
        assertThat(simulator.openSessions()).hasSize(1);
    }

    static Stream<Arguments> breaks() {
        return Stream.of(
                Arguments.of("session kill", (Consumer<SimulatorFaultsIT>) test -> test.simulator.killSessions()),
                Arguments.of("restart", (Consumer<SimulatorFaultsIT>)
                        test -> test.simulator.restart(Duration.ofSeconds(1), false)),
                Arguments.of("login refused", (Consumer<SimulatorFaultsIT>) test -> {
                    test.simulator
                            .faults()
                            .add(FaultRule.of("Login", Kind.HTTP_STATUS).times(1));
                    test.simulator.killSessions();
                }),
                Arguments.of("answer to the login cut", (Consumer<SimulatorFaultsIT>) test -> {
                    test.simulator.faults().add(FaultRule.of("Login", Kind.CUT).times(1));
                    test.simulator.killSessions();
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaks")
    @VcsimLacks("a restart with its inventory kept")
    void a_break_that_keeps_history_is_recovered_from_and_loses_no_change(
            String name, Consumer<SimulatorFaultsIT> fault) throws Exception {
        VcenterWatch watch = connected();
        Recovery recovery = Recovery.from(name);

        fault.accept(this);
        revert();
        simulator.vms().rename(vm.moRef(), name);

        recovery.until(
                name + " is over", () -> isShown(watch, name) && watch.health().connected());
        assertRevertsToldOnce(watch, 1);
        assertThat(told.healths).anyMatch(health -> health.outage() == Outage.UNREACHABLE);
    }

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of("restart with lost history", (Consumer<SimulatorFaultsIT>)
                        test -> test.simulator.restart(Duration.ofSeconds(1), true)),
                Arguments.of("restore from an older state", (Consumer<SimulatorFaultsIT>)
                        test -> test.simulator.restore(Objects.requireNonNull(test.older), Duration.ofSeconds(1))),
                Arguments.of("clock step of 30 min back", (Consumer<SimulatorFaultsIT>)
                        test -> test.simulator.setClockOffset(Duration.ofMinutes(-30))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    @VcsimLacks("history that is lost, and a clock that can be moved")
    void a_loss_of_history_is_told_of_every_vm_and_what_follows_is_not_lost(
            String name, Consumer<SimulatorFaultsIT> fault) throws Exception {
        older = simulator.backUp();
        VcenterWatch watch = connected();
        watch.setConcerned(Set.of(vm.moRef(), other.moRef()));
        revert();
        Told.occurrence(watch, vm.moRef(), OccurrenceKind.REVERTED);
        VcenterView before = now(watch);
        watch.acknowledge(vm.moRef(), before.through());
        Recovery recovery = Recovery.from(name);

        fault.accept(this);
        recovery.until(
                name + " is told of both",
                () -> watch.view()
                                .filter(view -> Told.has(view, vm.moRef(), OccurrenceKind.GAP)
                                        && Told.has(view, other.moRef(), OccurrenceKind.GAP))
                                .isPresent()
                        && watch.health().connected());

        revert();
        Told.view(watch, "the revert after it", view -> reverts(view).stream()
                .anyMatch(o -> before.through().isBefore(o.interval().to())));
    }

    @Test
    @VcsimLacks("a clock that can be moved")
    void a_clock_that_steps_forward_loses_no_change() throws Exception {
        VcenterWatch watch = connected();
        Recovery recovery = Recovery.from("clock step of 2 h forward");

        simulator.setClockOffset(Duration.ofHours(2));
        revert();
        simulator.vms().rename(vm.moRef(), "later");

        recovery.until("it is told", () -> isShown(watch, "later"));
        assertRevertsToldOnce(watch, 1);
    }

    private void revert() {
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        simulator.vms().revert(vm.moRef(), snapshot);
        simulator.vms().removeAllSnapshots(vm.moRef());
    }

    private boolean isShown(VcenterWatch watch, String name) {
        return watch.view()
                .flatMap(view -> view.vm(vm.moRef()))
                .filter(seen -> seen.name().equals(name))
                .isPresent();
    }

    private List<Occurrence> reverts(VcenterView view) {
        return view.occurrences(vm.moRef()).stream()
                .filter(o -> o.kind() == OccurrenceKind.REVERTED)
                .toList();
    }

    private void assertRevertsToldOnce(VcenterWatch watch, int count) throws Exception {
        Position reached = now(watch).through();
        Told.soon("every revert is told once").untilAsserted(() -> {
            VcenterView view = watch.view().orElseThrow();
            assertThat(reverts(view))
                    .extracting(Occurrence::taskKey)
                    .doesNotHaveDuplicates()
                    .hasSize(count);
            assertThat(view.through().isBefore(reached)).isFalse();
        });
        assertThat(now(watch).occurrences(vm.moRef())).noneMatch(o -> o.kind() == OccurrenceKind.GAP);
    }
}
