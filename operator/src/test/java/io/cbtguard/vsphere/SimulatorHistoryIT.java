package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.simulator.VcenterBackup;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a watch says of a history that was lost, went back or stands under another clock: a gap, and nothing after it is lost. */
@Tag("simulator")
class SimulatorHistoryIT extends SimulatorFixture {
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
    @VcsimLacks("a vCenter that is restored from an older state")
    void a_vcenter_restored_to_between_the_cursor_and_what_is_known_is_a_gap() throws Exception {
        Position cursor = cursorOfClosed();
        VcenterBackup backup = simulator.backUp();
        simulator.vms().rename(vm.moRef(), "known");
        VcenterWatch second = open(cursor);
        Told.soon("connected").until(() -> second.health().connected());
        Position known = now(second).through();
        second.close();
        assertThat(tellsOfAGap(open(cursor, known))).as("all is there").isFalse();

        simulator.restore(backup, Duration.ZERO);
        while (simulator.newestEvents(1).getFirst().key() <= known.key()) {
            simulator.vms().rename(vm.moRef(), "another-" + simulator.now().getNano());
        }

        assertThat(tellsOfAGap(open(cursor)))
                .as("the cursor's own event is still there")
                .isFalse();
        VcenterWatch watch = open(cursor, known);
        Occurrence gap = Told.occurrence(watch, vm.moRef(), OccurrenceKind.GAP);
        assertThat(gap.interval().from()).isEqualTo(cursor);
        assertThat(gap.interval().to().epoch()).isEqualTo(1);
        Told.occurrence(watch, other.moRef(), OccurrenceKind.GAP);
    }

    private boolean tellsOfAGap(VcenterWatch watch) throws Exception {
        Told.soon("connected").until(() -> watch.health().connected());
        return Told.has(now(watch), vm.moRef(), OccurrenceKind.GAP);
    }
}
