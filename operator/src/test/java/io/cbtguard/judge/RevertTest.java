package io.cbtguard.judge;

import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.assertNext;
import static io.cbtguard.judge.Verdicts.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.TaskInFlight;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Finding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reverts that history tells of: by event, by either task, in flight, vanished, failed. */
class RevertTest {
    private final Story story = Story.watched();
    private String byHand = "";

    @BeforeEach
    void aFullBackupAndASnapshotMadeByHand() {
        byHand = story.snapshot("before-patch");
        story.look();
        story.full("monday");
        assertIncremental(story);
    }

    @Test
    void a_revert_kills_every_baseline_minted_before_it_and_says_who_when_and_what_to_do() {
        Occurrence revert = story.revert(byHand);
        story.look();

        assertForcesFull(story, Reason.SnapshotReverted);
        Finding finding = story.news.getFirst();
        assertThat(finding.evidence().eventKey()).isEqualTo(revert.eventKey());
        assertThat(finding.evidence().user()).isEqualTo("LAB\\joe");
        assertThat(finding.evidence().task()).isEqualTo("vm.Snapshot.revert");
        assertThat(finding.evidence().time()).isEqualTo(revert.interval().to().time());
        assertThat(finding.message()).contains(byHand).contains("LAB\\joe");
        assertThat(finding.remedy()).isNotEmpty();
        assertThat(story.verdict().openFindings()).containsExactly(finding.id());
    }

    @Test
    void a_revert_that_only_a_task_tells_of_counts_as_well() {
        Interval when = new Interval(story.tick(), story.tick());
        story.tell(story.occurrence(OccurrenceKind.REVERTED, when)
                .task("VirtualMachine.revertToCurrentSnapshot", story.task()));
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void a_revert_to_the_current_snapshot_changes_no_property_and_is_found_all_the_same() {
        var before = story.vm.seen().currentSnapshot();
        Interval when = new Interval(story.tick(), story.tick());
        story.tell(story.occurrence(OccurrenceKind.REVERTED, when).event("com.vmware.vc.vm.VmStateRevertedToSnapshot"));
        story.look();
        assertThat(story.vm.seen().currentSnapshot()).isEqualTo(before);
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void a_revert_followed_by_a_new_snapshot_is_found_and_the_new_snapshot_is_no_excuse() {
        story.revert(byHand);
        story.snapshot("after");
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void a_revert_before_the_mint_kills_nothing() {
        story.revert(byHand);
        story.full("tuesday");
        assertIncremental(story);
        assertThat(story.verdict().openFindings()).isEmpty();
    }

    @Test
    void a_full_after_the_revert_clears_it_and_incrementals_go_on() {
        story.revert(byHand);
        story.full("tuesday");
        assertThat(story.auto("wednesday").decision().type()).isEqualTo(BackupType.Incremental);
        assertIncremental(story);
    }

    @Test
    void a_revert_at_the_very_position_of_the_mint_counts_against_it() {
        var mint = story.record.chains().getFirst().baselines().getFirst().mint();
        story.tell(story.occurrence(OccurrenceKind.REVERTED, Interval.at(mint.from()))
                .event("com.vmware.vc.vm.VmStateRevertedToSnapshot"));
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void a_revert_that_overlaps_the_mint_counts_against_it() {
        var mint = story.record.chains().getFirst().baselines().getFirst().mint();
        story.tell(story.occurrence(OccurrenceKind.REVERTED, new Interval(story.record.evidenceThrough(), mint.from()))
                .task("vm.Snapshot.revert", story.task()));
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void while_a_revert_is_in_flight_nothing_is_valid_and_nothing_is_dead() {
        story.startRevert();
        story.look();
        assertNext(story, BackupType.Unknown, Reason.SnapshotReverted);
        assertThat(story.verdict().baselineValid().status()).isEqualTo(Verdict.Status.Unknown);
    }

    @Test
    void a_revert_in_flight_that_ends_kills_once() {
        TaskInFlight task = story.startRevert();
        story.look();
        story.inFlight.clear();
        story.tell(story.occurrence(OccurrenceKind.REVERTED, new Interval(task.queued(), story.tick()))
                .event("com.vmware.vc.vm.VmStateRevertedToSnapshot")
                .task(task.task(), task.key()));
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
        assertThat(findings(story, Reason.SnapshotReverted)).hasSize(1);
    }

    @Test
    void a_revert_in_flight_that_vanishes_without_an_outcome_counts() {
        TaskInFlight task = story.startRevert();
        story.look();
        story.inFlight.clear();
        story.tick();
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
        assertThat(story.news.getFirst().at().from()).isEqualTo(task.queued());
        assertThat(story.news.getFirst().evidence().taskKey()).isEqualTo(task.key());
    }

    @Test
    void a_vanished_revert_whose_event_comes_later_is_one_finding_with_the_better_evidence() {
        TaskInFlight task = story.startRevert();
        story.look();
        story.inFlight.clear();
        story.look();
        Occurrence event =
                story.tell(story.occurrence(OccurrenceKind.REVERTED, new Interval(task.queued(), story.tick()))
                        .event("com.vmware.vc.vm.VmStateRevertedToSnapshot")
                        .task(task.task(), task.key()));
        story.look();
        assertThat(findings(story, Reason.SnapshotReverted))
                .singleElement()
                .satisfies(f -> assertThat(f.evidence().eventKey()).isEqualTo(event.eventKey()));
    }

    @Test
    void a_revert_that_failed_before_it_began_kills_nothing() {
        TaskInFlight task = story.startRevert();
        story.look();
        story.inFlight.clear();
        story.tell(failed(task, "NoPermission", false));
        story.look();
        assertIncremental(story);
        assertThat(findings(story, Reason.SnapshotReverted)).isEmpty();
    }

    @Test
    void a_revert_that_failed_with_a_fault_of_the_kind_raised_before_the_start_kills_nothing() {
        story.tell(failed(story.startRevert(), "InvalidPowerState", true));
        story.inFlight.clear();
        story.look();
        assertIncremental(story);
    }

    @Test
    void a_revert_that_failed_half_way_counts_as_done() {
        TaskInFlight task = story.startRevert();
        story.inFlight.clear();
        story.tell(failed(task, "GenericVmConfigFault", true));
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
        assertThat(story.news.getFirst().message()).contains("GenericVmConfigFault");
    }

    @Test
    void a_revert_that_comes_while_the_operator_is_away_is_found_in_history() {
        story.revert(byHand);
        story.restartOperator();
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    private Story.OccurrenceBuilder failed(TaskInFlight task, String fault, boolean started) {
        return story.occurrence(OccurrenceKind.REVERT_FAILED, new Interval(task.queued(), story.tick()))
                .task(task.task(), task.key())
                .fault(fault, started);
    }
}
