package io.cbtguard.vsphere;

import static io.cbtguard.vsphere.Events.NOON;
import static io.cbtguard.vsphere.Events.announcement;
import static io.cbtguard.vsphere.Events.ex;
import static io.cbtguard.vsphere.Events.failed;
import static io.cbtguard.vsphere.Events.of;
import static io.cbtguard.vsphere.Events.succeeded;
import static io.cbtguard.vsphere.Events.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.EventEx;
import com.vmware.vim25.InvalidPowerState;
import com.vmware.vim25.TaskInfo;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TaskTrackerTest {
    private static final Position RESUME = at(90, -100);
    private static final Position READ = Position.ofTime(0, NOON.plusSeconds(60));

    private final TaskTracker tracker = new TaskTracker(snapshot -> "snapshot-5".equals(snapshot) ? "vm-1" : null);

    private static Position at(long key, int secondsAfterNoon) {
        return new Position(0, key, NOON.plusSeconds(secondsAfterNoon));
    }

    private TaskTracker.Told reverted(int key, int seconds, int chain) {
        EventEx event = ex(EventFacts.REVERTED, key, seconds, chain, "vm-1");
        Position at = at(key, seconds);
        return Objects.requireNonNull(
                tracker.link(EventFacts.occurrence(event, OccurrenceKind.REVERTED, at, at), chain));
    }

    private List<Occurrence> outcomes() {
        return tracker.outcomes(0, READ).stream()
                .map(TaskTracker.Outcome::occurrence)
                .toList();
    }

    @Test
    void a_revert_that_event_and_task_tell_of_is_one_from_its_announcement_to_its_event() {
        TaskInfo revert = task("task-1", "vm.Snapshot.revert", 100, 0);
        tracker.announced(announcement(revert, 100, 0, "vm-1"), at(100, 0), RESUME, false);

        Occurrence told = reverted(101, 3, 100).occurrence();
        tracker.update(succeeded(revert, 4), RESUME, null);

        assertThat(told.interval()).isEqualTo(new Interval(at(100, 0), at(101, 3)));
        assertThat(told.task()).isEqualTo("vm.Snapshot.revert");
        assertThat(told.taskKey()).isEqualTo("task-1");
        assertThat(told.eventKey()).isEqualTo(101);
        assertThat(told.user()).isEqualTo("VSPHERE.LOCAL\\ann");
        assertThat(outcomes()).isEmpty();
        assertThat(tracker.inFlight(0)).isEmpty();
    }

    @Test
    void an_announced_revert_that_has_ended_waits_one_reading_for_its_event_and_stays_in_flight() {
        TaskInfo revert = task("task-1", "vm.Snapshot.revert", 100, 0);
        tracker.announced(announcement(revert, 100, 0, "vm-1"), at(100, 0), RESUME, false);
        tracker.update(succeeded(revert, 4), RESUME, null);

        assertThat(outcomes()).isEmpty();
        assertThat(tracker.inFlight(0)).containsOnlyKeys("vm-1");

        assertThat(outcomes()).hasSize(1);
        assertThat(tracker.inFlight(0)).isEmpty();
        TaskTracker.Told late = reverted(101, 5, 100);
        assertThat(late.replacesTask()).isTrue();
        assertThat(late.occurrence().taskKey()).isEqualTo("task-1");
    }

    @Test
    void where_tasks_are_not_announced_a_revert_is_told_as_soon_as_it_has_ended() {
        tracker.update(succeeded(task("task-1", "VirtualMachine.revertSnapshot", 0, 0), 4), RESUME, null);

        Occurrence told = outcomes().getFirst();

        assertThat(told.kind()).isEqualTo(OccurrenceKind.REVERTED);
        assertThat(told.vm()).isEqualTo("vm-1");
        assertThat(told.interval().from()).isEqualTo(Position.ofTime(0, NOON));
        assertThat(told.interval().to()).isEqualTo(Position.ofTime(0, NOON.plusSeconds(4)));
        assertThat(told.eventKey()).isZero();
        assertThat(told.read()).isEqualTo(READ);
        assertThat(outcomes()).isEmpty();
    }

    @Test
    void a_failed_revert_says_its_fault_and_whether_it_began() {
        tracker.update(
                failed(task("task-1", "vm.Snapshot.revert", 0, 0), 1, new InvalidPowerState(), false), RESUME, null);
        tracker.update(
                failed(task("task-2", "vm.Snapshot.revert", 0, 5), 6, new InvalidPowerState(), true), RESUME, null);

        assertThat(outcomes())
                .extracting(Occurrence::kind, Occurrence::fault, Occurrence::started)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(OccurrenceKind.REVERT_FAILED, "InvalidPowerState", false),
                        org.assertj.core.groups.Tuple.tuple(OccurrenceKind.REVERT_FAILED, "InvalidPowerState", true));
    }

    @Test
    void a_failure_that_event_and_task_tell_of_is_one_with_the_task_s_fault_and_the_event_s_text() {
        TaskInfo revert = task("task-1", "vm.Snapshot.revert", 100, 0);
        tracker.announced(announcement(revert, 100, 0, "vm-1"), at(100, 0), RESUME, false);
        EventEx event = ex(EventFacts.REVERT_FAILED, 101, 3, 100, "vm-1");

        TaskTracker.Told told =
                tracker.link(EventFacts.occurrence(event, OccurrenceKind.REVERT_FAILED, at(101, 3), at(101, 3)), 100);
        tracker.update(failed(revert, 4, new InvalidPowerState(), true), RESUME, null);

        assertThat(told).isNull();
        assertThat(outcomes()).singleElement().satisfies(failure -> {
            assertThat(failure.fault()).isEqualTo("InvalidPowerState");
            assertThat(failure.eventKey()).isEqualTo(101);
            assertThat(failure.eventType()).isEqualTo(EventFacts.REVERT_FAILED);
            assertThat(failure.message()).isNotEmpty();
        });
    }

    @Test
    void a_revert_task_on_the_snapshot_itself_concerns_the_snapshot_s_vm() {
        tracker.update(
                of(
                        succeeded(task("task-1", "vm.Snapshot.revert", 0, 0), 1),
                        ApiSession.ref("VirtualMachineSnapshot", "snapshot-5")),
                RESUME,
                null);

        Occurrence told = outcomes().getFirst();

        assertThat(told.vm()).isEqualTo("vm-1");
        assertThat(told.snapshot()).isEqualTo("snapshot-5");
    }

    @Test
    void a_revert_task_on_a_snapshot_that_nobody_knows_may_concern_any_vm() {
        tracker.update(
                of(
                        succeeded(task("task-1", "vm.Snapshot.revert", 0, 0), 1),
                        ApiSession.ref("VirtualMachineSnapshot", "snapshot-6")),
                RESUME,
                null);

        assertThat(tracker.outcomes(0, READ).getFirst().vmUnknown()).isTrue();
    }

    @Test
    void a_created_snapshot_is_named_by_the_task_s_result() {
        TaskInfo create = task("task-1", "VirtualMachine.createSnapshot", 100, 0);
        tracker.announced(announcement(create, 100, 0, "vm-1"), at(100, 0), RESUME, false);
        create.setResult(ApiSession.ref("VirtualMachineSnapshot", "snapshot-7"));
        tracker.update(succeeded(create, 2), RESUME, null);

        Occurrence told = outcomes().getFirst();

        assertThat(told.kind()).isEqualTo(OccurrenceKind.SNAPSHOT_CREATED);
        assertThat(told.snapshot()).isEqualTo("snapshot-7");
        assertThat(told.interval()).isEqualTo(new Interval(at(100, 0), Position.ofTime(0, NOON.plusSeconds(2))));
    }

    @Test
    void an_open_revert_is_in_flight_and_holds_the_cursor() {
        tracker.update(task("task-1", "VirtualMachine.revertToCurrentSnapshot", 0, 0), RESUME, null);
        tracker.update(task("task-2", "VirtualMachine.reconfigure", 0, 1), at(95, -5), null);

        assertThat(tracker.inFlight(0).get("vm-1"))
                .extracting(io.cbtguard.inventory.TaskInFlight::revert)
                .containsExactly(true, false);
        assertThat(tracker.resume()).isEqualTo(RESUME);
        assertThat(tracker.isAwaiting()).isTrue();
    }

    @Test
    void a_revert_whose_task_vanished_counts_as_begun() {
        tracker.update(task("task-1", "vm.Snapshot.revert", 0, 0), RESUME, null);

        tracker.vanished("task-1", NOON.plusSeconds(30));

        Occurrence told = outcomes().getFirst();
        assertThat(told.kind()).isEqualTo(OccurrenceKind.REVERT_FAILED);
        assertThat(told.started()).isTrue();
        assertThat(told.fault()).isEmpty();
    }

    @Test
    void tasks_that_ended_before_the_start_and_tasks_that_do_not_matter_are_passed_over() {
        tracker.update(succeeded(task("task-1", "vm.Snapshot.revert", 0, -60), -50), RESUME, NOON);
        tracker.update(succeeded(task("task-2", "VirtualMachine.rename", 0, 1), 2), RESUME, NOON);

        assertThat(outcomes()).isEmpty();
        assertThat(tracker.toAsk(List.of("task-1", "task-2", "task-3"))).containsExactly("task-3");
    }

    @Test
    void a_revert_that_was_handled_before_a_restart_is_not_told_again_by_its_task() {
        TaskInfo revert = task("task-1", "vm.Snapshot.revert", 100, 0);
        tracker.announced(announcement(revert, 100, 0, "vm-1"), at(100, 0), RESUME, true);
        tracker.knownRevert(100);

        tracker.update(succeeded(revert, 4), RESUME, null);

        assertThat(outcomes()).isEmpty();
    }

    @Test
    void knows_the_names_of_real_and_simulated_revert_tasks() {
        assertThat(List.of(
                        "vm.Snapshot.revert",
                        "vim.vm.Snapshot.revert",
                        "VirtualMachine.revertToCurrentSnapshot",
                        "VirtualMachine.revertToSnapshot",
                        "VirtualMachine.revertSnapshot",
                        "RevertToSnapshot_Task",
                        "RevertToCurrentSnapshot_Task"))
                .allSatisfy(name -> assertThat(TaskKind.of(name)).isEqualTo(TaskKind.REVERT));
        assertThat(TaskKind.of("vm.Snapshot.remove")).isEqualTo(TaskKind.IRRELEVANT);
    }

    @Test
    void a_task_that_was_open_tells_its_outcome_though_it_ended_before_the_last_event() {
        tracker.update(task("task-1", "vm.Snapshot.revert", 0, 0), RESUME, null);

        tracker.update(succeeded(task("task-1", "vm.Snapshot.revert", 0, 0), 4), RESUME, NOON.plusSeconds(30));

        assertThat(outcomes()).extracting(Occurrence::kind).containsExactly(OccurrenceKind.REVERTED);
        assertThat(tracker.inFlight(0)).isEmpty();
        assertThat(tracker.resume()).isNull();
    }

    @Test
    void a_revert_whose_task_and_chain_have_numbers_given_out_before_is_told() {
        TaskInfo first = task("task-1", "vm.Snapshot.revert", 100, 0);
        tracker.announced(announcement(first, 100, 0, "vm-1"), at(100, 0), RESUME, false);
        tracker.update(succeeded(first, 4), RESUME, null);
        outcomes(); // held for its event, which does not come
        assertThat(outcomes()).hasSize(1);

        tracker.renumbered();
        TaskInfo second = task("task-1", "vm.Snapshot.revert", 100, 10);
        tracker.announced(announcement(second, 100, 10, "vm-1"), at(100, 10), RESUME, false);
        assertThat(reverted(101, 12, 100).replacesTask()).isFalse();

        tracker.renumbered();
        assertThat(tracker.toAsk(List.of("task-1"))).containsExactly("task-1");
        tracker.update(succeeded(task("task-1", "vm.Snapshot.revert", 0, 20), 24), RESUME, null);
        assertThat(outcomes()).extracting(Occurrence::kind).containsExactly(OccurrenceKind.REVERTED);
    }

    @Test
    void a_task_that_was_done_before_numbers_were_doubted_is_not_told_again() {
        TaskInfo revert = task("task-1", "vm.Snapshot.revert", 0, 0);
        tracker.update(succeeded(revert, 4), RESUME, null);
        assertThat(outcomes()).hasSize(1);

        tracker.renumbered();
        tracker.update(succeeded(task("task-1", "vm.Snapshot.revert", 0, 0), 4), RESUME, null);

        assertThat(outcomes()).isEmpty();
        assertThat(tracker.toAsk(List.of("task-1"))).isEmpty();
    }
}
