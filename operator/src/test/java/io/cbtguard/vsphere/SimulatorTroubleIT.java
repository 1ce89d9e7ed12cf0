package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.simulator.VcenterBackup;
import io.cbtguard.simulator.fault.FaultRule;
import io.cbtguard.simulator.fault.FaultRule.Kind;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a watch does when things go wrong: nothing is lost, and what is lost is said. */
@Tag("simulator")
class SimulatorTroubleIT extends SimulatorFixture {
    @Test
    @VcsimLacks("a clock that can be moved")
    void a_position_long_after_the_last_event_is_not_a_gap() throws Exception {
        VcenterWatch watch = connected();
        Position quiet = now(watch).through();
        watch.close();
        simulator.setClockOffset(Duration.ofHours(10));
        Position after = new Position(quiet.epoch(), quiet.key(), simulator.now());
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        simulator.vms().revert(vm.moRef(), snapshot);

        VcenterWatch resumed = open(after);
        Told.occurrence(resumed, vm.moRef(), OccurrenceKind.REVERTED);
        List<Occurrence> again = resumed.readAgain(vm.moRef(), after).get(30, TimeUnit.SECONDS);

        assertThat(again).anyMatch(o -> o.kind() == OccurrenceKind.REVERTED);
        assertThat(again).noneMatch(o -> o.kind() == OccurrenceKind.GAP);
        assertThat(Told.has(resumed.view().orElseThrow(), vm.moRef(), OccurrenceKind.GAP))
                .isFalse();
    }

    @Test
    @VcsimLacks("history that is forgotten by age")
    void history_that_expired_while_nobody_watched_is_a_gap() throws Exception {
        Position cursor = cursorOfClosed();
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        simulator.vms().revert(vm.moRef(), snapshot);
        simulator.expireHistory(null);

        VcenterWatch watch = open(cursor);

        Occurrence gap = Told.occurrence(watch, vm.moRef(), OccurrenceKind.GAP);
        assertThat(gap.interval().from()).isEqualTo(cursor);
        assertThat(gap.interval().to().time()).isAfter(cursor.time());
        Told.occurrence(watch, other.moRef(), OccurrenceKind.GAP);
    }

    @Test
    @VcsimLacks("event keys that can be set")
    void event_keys_that_fall_are_a_gap_and_what_follows_is_later_than_all_before() throws Exception {
        VcenterWatch watch = connected();
        simulator.setNextEventKey(2_000_000);
        simulator.vms().rename(vm.moRef(), "renamed");
        Position before = now(watch).through();

        simulator.setNextEventKey(1);
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        simulator.vms().revert(vm.moRef(), snapshot);

        Told.occurrence(watch, vm.moRef(), OccurrenceKind.GAP);
        Occurrence reverted = Told.occurrence(watch, vm.moRef(), OccurrenceKind.REVERTED);
        assertThat(before.isBefore(reverted.interval().to())).isTrue();
        assertThat(reverted.interval().to().epoch()).isEqualTo(1);
    }

    @Test
    @VcsimLacks("a clock that can be moved")
    void a_clock_that_steps_back_is_a_gap_and_nothing_after_it_is_lost() {
        VcenterWatch watch = connected();
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        Told.occurrence(watch, vm.moRef(), OccurrenceKind.SNAPSHOT_CREATED);

        simulator.setClockOffset(Duration.ofMinutes(-30));
        Told.occurrence(watch, vm.moRef(), OccurrenceKind.GAP);
        simulator.vms().revert(vm.moRef(), snapshot);

        Occurrence reverted = Told.occurrence(watch, vm.moRef(), OccurrenceKind.REVERTED);
        assertThat(reverted.interval().from().epoch()).isEqualTo(1);
    }

    @Test
    @VcsimLacks("a clock that can be moved")
    void a_clock_that_stepped_back_while_nobody_watched_is_a_gap_and_nothing_after_it_is_lost() throws Exception {
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        simulator.vms().snapshot(other.moRef(), "base");
        Position cursor = cursorOfClosed();
        simulator.setClockOffset(Duration.ofHours(-1));
        simulator.vms().revert(vm.moRef(), snapshot);

        VcenterWatch watch = open(cursor);
        watch.setConcerned(Set.of(vm.moRef(), other.moRef()));
        Occurrence gap = Told.occurrence(watch, vm.moRef(), OccurrenceKind.GAP);
        assertThat(gap.interval().from()).isEqualTo(cursor);
        assertThat(gap.interval().to().epoch()).isEqualTo(1);
        simulator.vms().revertToCurrent(other.moRef());
        Occurrence reverted = Told.occurrence(watch, other.moRef(), OccurrenceKind.REVERTED);
        assertThat(reverted.interval().from().epoch()).isEqualTo(1);

        Position handled = now(watch).through();
        watch.acknowledge(vm.moRef(), handled);
        watch.acknowledge(other.moRef(), handled);
        Position next = Objects.requireNonNull(watch.cursor());
        assertThat(next.epoch()).isEqualTo(1);
        watch.close();
        VcenterWatch resumed = open(next);
        Told.soon("connected").until(() -> resumed.health().connected());
        assertThat(now(resumed).occurrences(vm.moRef())).noneMatch(o -> o.kind() == OccurrenceKind.GAP);
    }

    @Test
    @VcsimLacks("a setting of how long events are kept")
    void a_cursor_of_time_alone_is_a_gap_only_when_history_does_not_reach_back_to_it() throws Exception {
        VcenterWatch young = open(Position.ofTime(0, simulator.now().minus(Duration.ofDays(29))));
        Told.soon("connected").until(() -> young.health().connected());
        assertThat(now(young).occurrences(vm.moRef())).noneMatch(o -> o.kind() == OccurrenceKind.GAP);

        Position old = Position.ofTime(0, simulator.now().minus(Duration.ofDays(31)));
        Occurrence gap = Told.occurrence(open(old), vm.moRef(), OccurrenceKind.GAP);
        assertThat(gap.interval().from()).isEqualTo(old);
    }

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
    @VcsimLacks("a restart, and history that is lost")
    void a_restart_that_lost_history_is_a_gap() {
        VcenterWatch watch = connected();

        simulator.restart(Duration.ofMillis(200), true);

        Told.occurrence(watch, vm.moRef(), OccurrenceKind.GAP);
    }

    @Test
    @VcsimLacks("a vCenter that is restored from an older state")
    void a_vcenter_restored_from_an_older_state_is_a_gap_and_a_moref_s_new_owner_is_seen() {
        VcenterWatch watch = connected();
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        VcenterBackup backup = simulator.backUp();
        simulator.vms().revert(vm.moRef(), snapshot);
        Told.occurrence(watch, vm.moRef(), OccurrenceKind.REVERTED);
        String first = simulator.vms().create("first", 1 << 20);
        simulator.vms().create("second", 1 << 20);
        String owner = simulator.vms().get("second").instanceUuid();
        Told.view(watch, "both are seen", v -> v.vms().size() == 6);
        simulator.vms().powerOff("first");
        simulator.vms().destroy("first");

        simulator.restore(backup, Duration.ofMillis(200));

        Told.occurrence(watch, vm.moRef(), OccurrenceKind.GAP);
        Told.view(watch, "the moRef is the other VM's now", v -> v.vm(first)
                .filter(seen -> owner.equals(seen.instanceUuid()))
                .isPresent());
        assertThat(watch.view().orElseThrow().vms()).hasSize(5);
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

        assertThat(watch.barrier()).failsWithin(Duration.ofSeconds(40));
        Told.soon("connected again").until(() -> watch.health().connected());
        assertThat(now(watch).vm(vm.moRef()).orElseThrow().name()).isEqualTo("renamed");
    }

    @Test
    @VcsimLacks("connections that break in the middle")
    void many_reconnections_leave_one_api_session() {
        VcenterWatch watch = connected();
        for (int i = 0; i < 5; i++) {
            int before = told.healths.size();
            simulator
                    .faults()
                    .add(FaultRule.of("RetrievePropertiesEx", Kind.DROP).times(1));
            Told.soon("it went and came back")
                    .until(() ->
                            told.healths.size() >= before + 2 && watch.health().connected());
        }

        assertThat(simulator.openSessions()).hasSize(1);
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
