package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.simulator.fault.FaultRule;
import io.cbtguard.simulator.fault.FaultRule.Kind;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a watch does when things go wrong: nothing is lost, and what is lost is said. */
@Tag("simulator")
class SimulatorTroubleIT extends SimulatorFixture {
    @Test
    @VcsimLacks("a restart with its inventory kept")
    void a_restart_of_vcenter_loses_nothing() throws Exception {
        VcenterWatch watch = connected();
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        Told.occurrence(watch, vm.moRef(), OccurrenceKind.SNAPSHOT_CREATED);

        simulator.restart(Duration.ofMillis(500), false);
        simulator.vms().revert(vm.moRef(), snapshot);
        simulator.vms().powerOff(other.moRef());
        simulator.vms().destroy(other.moRef());

        Told.occurrence(watch, vm.moRef(), OccurrenceKind.REVERTED);
        Told.view(watch, "what was deleted is gone", v -> v.vm(other.moRef()).isEmpty());
        assertThat(now(watch).occurrences(vm.moRef())).noneMatch(o -> o.kind() == OccurrenceKind.GAP);
        assertThat(told.healths).anyMatch(health -> health.outage() == Outage.UNREACHABLE);
    }

    @Test
    @VcsimLacks("bursts of events that are merged")
    void a_revert_within_a_burst_of_tasks_is_found_when_history_is_replayed() throws Exception {
        Position cursor = cursorOfClosed();
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        simulator.setTaskDuration(Duration.ZERO);
        for (int i = 0; i < 40; i++) {
            simulator.vms().rename(vm.moRef(), "renamed-" + i);
        }
        simulator.vms().revert(vm.moRef(), snapshot);

        VcenterWatch watch = open(cursor);

        Told.occurrence(watch, vm.moRef(), OccurrenceKind.REVERTED);
    }

    @Test
    @VcsimLacks("InvalidCollectorVersion")
    void a_collector_that_is_lost_is_replaced_within_the_api_session() throws Exception {
        VcenterWatch watch = connected();
        simulator
                .faults()
                .add(FaultRule.of("WaitForUpdatesEx", Kind.SOAP_FAULT)
                        .withFault("InvalidCollectorVersion")
                        .times(1));

        simulator.vms().rename(vm.moRef(), "renamed");

        assertThat(now(watch).vm(vm.moRef()).orElseThrow().name()).isEqualTo("renamed");
        simulator.vms().rename(vm.moRef(), "again");
        assertThat(now(watch).vm(vm.moRef()).orElseThrow().name()).isEqualTo("again");
        assertThat(watch.health().connected()).isTrue();
        assertThat(told.healths).hasSize(1);
    }

    @Test
    @VcsimLacks("connections that break in the middle")
    void connections_that_break_in_any_call_lose_nothing() throws Exception {
        VcenterWatch watch = connected();
        int reverts = 0;
        List<Kind> kinds = List.of(Kind.DROP_ANSWER, Kind.CUT, Kind.HTTP_STATUS);
        for (String method : List.of("WaitForUpdatesEx", "ReadNextEvents", "RetrievePropertiesEx")) {
            for (Kind kind : kinds) {
                simulator.faults().add(FaultRule.of(method, kind).times(1));
                String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
                simulator.vms().revert(vm.moRef(), snapshot);
                simulator.vms().removeAllSnapshots(vm.moRef());
                reverts++;
                // One at a time: pauses between attempts grow while no connection lasts.
                Told.soon("it struck, and a connection lasts again")
                        .until(() -> simulator.faults().all().isEmpty()
                                && watch.health().connected());
            }
        }
        int expected = reverts;
        Told.soon("every revert is told once")
                .untilAsserted(() -> assertThat(watch.view().orElseThrow().occurrences(vm.moRef()))
                        .filteredOn(o -> o.kind() == OccurrenceKind.REVERTED)
                        .extracting(Occurrence::taskKey)
                        .doesNotHaveDuplicates()
                        .hasSize(expected));
        simulator.faults().clear();
        assertThat(now(watch).occurrences(vm.moRef())).noneMatch(o -> o.kind() == OccurrenceKind.GAP);
    }

    @Test
    @VcsimLacks("a connection that stays open and carries nothing")
    void a_half_open_connection_is_noticed_when_something_is_asked() throws Exception {
        VcenterWatch watch = connected();
        simulator.faults().add(FaultRule.of("WaitForUpdatesEx", Kind.HALF_OPEN).times(1));
        simulator.vms().rename(vm.moRef(), "renamed");

        assertThat(watch.barrier())
                .failsWithin(Duration.ofSeconds(40))
                .withThrowableOfType(ExecutionException.class); // a time-out would count, too
        Told.soon("connected again").until(() -> watch.health().connected());
        assertThat(now(watch).vm(vm.moRef()).orElseThrow().name()).isEqualTo("renamed");
    }

    @Test
    @VcsimLacks("connections that break in the middle")
    void history_that_waited_to_be_read_again_when_the_connection_broke_is_not_awaited_for_ever() throws Exception {
        VcenterWatch watch = connected();
        Position from = now(watch).through();
        simulator
                .faults()
                .add(FaultRule.of("CreateCollectorForEvents", Kind.HALF_OPEN).times(1));
        List<CompletableFuture<List<Occurrence>>> asked = List.of(
                watch.readAgain(vm.moRef(), from),
                watch.readAgain(vm.moRef(), from),
                watch.readAgain(vm.moRef(), from));
        Told.soon("the first hangs").until(() -> simulator.faults().all().isEmpty());

        simulator
                .faults()
                .add(FaultRule.of("WaitForUpdatesEx", Kind.DROP_ANSWER).times(1));
        simulator.vms().rename(vm.moRef(), "renamed");

        assertThat(asked).allSatisfy(read -> assertThat(read)
                .failsWithin(Duration.ofSeconds(15))
                .withThrowableOfType(ExecutionException.class));
        Told.soon("it is read over the next connection")
                .ignoreExceptions()
                .until(() -> watch.readAgain(vm.moRef(), from).get(30, TimeUnit.SECONDS) != null);
    }

    @Test
    @VcsimLacks("an account that changes while it runs")
    void a_password_changed_in_vcenter_and_then_in_the_secret_needs_no_restart() {
        List<Credentials> secret = new ArrayList<>(List.of(credentials()));
        VcenterWatch watch = new VimWatches().open(target(null, secret::getFirst), told);
        watches.add(watch);
        Told.soon("connected").until(() -> watch.health().connected());

        simulator.accounts().set(simulator.userName(), "rotated");
        secret.set(0, new Credentials(simulator.userName(), "rotated"));
        simulator.killSessions();

        Told.soon("it noticed").until(() -> told.healths.stream().anyMatch(health -> !health.connected()));
        Told.soon("connected again").until(() -> watch.health().connected());
        assertThat(told.healths).noneMatch(health -> health.outage() == Outage.CREDENTIALS_REJECTED);
    }

    @Test
    @VcsimLacks("nothing: the error is the watch's own")
    void an_error_in_the_watch_s_own_thread_is_an_outage_and_what_it_was_to_tell_is_told_again() {
        AtomicReference<@Nullable String> failing = new AtomicReference<>();
        List<String> toldAgain = new CopyOnWriteArrayList<>();
        VcenterWatch watch = new VimWatches().open(target(null, this::credentials), new VcenterWatch.Listener() {
            @Override
            public void changed(VcenterView view, Set<String> vmMoRefs) {
                fail("changed");
                toldAgain.addAll(vmMoRefs);
            }

            @Override
            public void healthChanged(VcenterWatch.Health health) {
                told.healthChanged(health);
                fail("healthChanged");
            }

            private void fail(String what) {
                if (failing.compareAndSet(what, null)) {
                    throw new AssertionError(what);
                }
            }
        });
        watches.add(watch);
        for (String what : List.of("changed", "healthChanged")) {
            Told.soon("connected").until(() -> watch.health().connected());
            toldAgain.clear();
            told.healths.clear();
            failing.set(what);
            if ("healthChanged".equals(what)) {
                simulator.killSessions();
            }
            simulator.vms().rename(vm.moRef(), "renamed by " + what);

            Told.soon("it is not connected any more")
                    .until(() -> told.healths.stream().anyMatch(health -> !health.connected()));
            Told.soon("the change is told").until(() -> toldAgain.contains(vm.moRef()));
        }
        watch.close();
        assertThat(watch.health().connected()).isFalse();
    }

    @Test
    @VcsimLacks("privileges")
    void an_account_without_read_is_told_which_privilege_it_lacks() {
        simulator.privileges().deny(simulator.userName(), "System.Read");
        VcenterWatch watch = open(null);

        Told.soon("it is said").until(() -> watch.health().outage() == Outage.PRIVILEGES_MISSING);

        assertThat(watch.health().message()).contains("System.Read", "root folder");
        assertThat(watch.view()).isEmpty();
    }
}
