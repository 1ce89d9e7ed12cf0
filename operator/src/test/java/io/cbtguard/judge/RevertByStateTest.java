package io.cbtguard.judge;

import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reverts of which only the snapshot tree tells. */
class RevertByStateTest {
    private final Story story = Story.watched();
    private String older = "";
    private String newer = "";

    @BeforeEach
    void twoSnapshotsMadeByHandAndAFull() {
        older = story.snapshot("older");
        newer = story.snapshot("newer");
        story.look();
        story.full("monday");
        assertIncremental(story);
    }

    @Test
    void the_newest_snapshot_is_no_longer_the_current_one() {
        story.silentRevert(older);
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
        assertThat(findings(story, Reason.SnapshotReverted)).hasSize(1);
    }

    @Test
    void the_former_current_snapshot_still_exists_and_an_older_one_is_current() {
        story.silentRevert(older);
        story.look();
        story.full("tuesday");
        assertIncremental(story);
        story.silentRevert(newer);
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void a_vm_that_ran_on_no_snapshot_runs_on_one_that_was_there_before() {
        story.revert(older);
        story.remove(older);
        story.look();
        story.full("tuesday");
        assertIncremental(story);
        story.silentRevert(newer);
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void state_first_and_the_event_later_are_one_finding() {
        Interval when = new Interval(story.tick(), story.tick());
        story.vm.revert(older);
        story.look();
        Occurrence event = story.tell(story.occurrence(OccurrenceKind.REVERTED, when)
                .event("com.vmware.vc.vm.VmStateRevertedToSnapshot")
                .task("vm.Snapshot.revert", story.task()));
        story.look();
        assertThat(findings(story, Reason.SnapshotReverted))
                .singleElement()
                .satisfies(f -> assertThat(f.evidence().eventKey()).isEqualTo(event.eventKey()));
        assertThat(story.verdict().openFindings()).hasSize(1);
    }

    @Test
    void an_event_that_explains_the_state_is_one_finding() {
        story.revert(older);
        story.look();
        assertThat(findings(story, Reason.SnapshotReverted)).hasSize(1);
        story.tick();
        story.look();
        assertThat(findings(story, Reason.SnapshotReverted)).hasSize(1);
    }

    @Test
    void a_second_revert_that_begins_within_the_first_ones_interval_still_kills_what_was_minted_up_to_its_end() {
        story.silentRevert(older);
        story.look();
        Position queued = story.record.findings().getLast().at().to();
        Backup tuesday = story.backup("tuesday").takeSnapshot().readAll();
        story.tick();
        tuesday.report();
        story.tell(story.occurrence(OccurrenceKind.REVERTED, new Interval(queued, story.tick()))
                .task("VirtualMachine.revertToCurrentSnapshot", story.task()));
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void a_second_event_within_the_interval_of_an_explained_state_still_kills_what_was_minted_before_it() {
        story.silentRevert(older);
        story.look();
        Position queued = story.record.findings().getLast().at().to();
        Position firstEnd = story.tick();
        Backup tuesday = story.backup("tuesday").takeSnapshot().readAll().report();
        assertThat(tuesday.outcome().phase().name()).isEqualTo("Committed");
        story.tell(story.occurrence(OccurrenceKind.REVERTED, new Interval(queued, firstEnd))
                .event("com.vmware.vc.vm.VmStateRevertedToSnapshot"));
        story.tell(story.occurrence(OccurrenceKind.REVERTED, new Interval(queued, story.tick()))
                .event("com.vmware.vc.vm.VmStateRevertedToSnapshot"));
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void snapshots_that_come_and_go_are_no_revert() {
        String third = story.snapshot("third");
        story.look();
        story.remove(newer);
        story.look();
        story.remove(third);
        story.look();
        story.snapshot("fourth");
        story.look();
        story.remove(older);
        story.look();
        assertIncremental(story);
        assertThat(findings(story, Reason.SnapshotReverted)).isEmpty();
    }

    @Test
    void a_snapshot_that_was_left_by_a_known_revert_accuses_nobody_again() {
        story.revert(older);
        story.look();
        story.full("tuesday");
        String third = story.snapshot("third");
        story.look();
        story.remove(third);
        story.look();
        assertIncremental(story);
    }

    @Test
    void a_snapshot_whose_configuration_cannot_be_read_and_that_was_left_by_a_known_revert_accuses_nobody_again() {
        var unread = story.vm.snapshot(newer);
        Story other = Story.watched();
        String root = other.snapshot("root");
        other.vm.create("unread", new Interval(other.tick(), other.tick()), unread.createTime());
        other.vm.snapshots.replaceAll(s -> s.moRef().equals(root) ? s : unreadable(s));
        other.look();
        other.revert(root);
        other.look();
        other.full("tuesday");
        other.tick();
        other.look();
        assertIncremental(other);
    }

    @Test
    void what_was_reverted_before_the_vm_was_ever_seen_kills_nothing_later() {
        Story other = new Story();
        String root = other.snapshot("root");
        other.snapshot("left");
        other.revert(root);
        other.restartOperator();
        other.told.clear();
        other.look();
        other.full("monday");
        assertIncremental(other);
        other.tick();
        other.look();
        assertIncremental(other);
    }

    @Test
    void a_revert_seen_while_the_configuration_was_unreadable_for_a_time_reaches_back_to_when_it_was_last_read() {
        Position lastRead = story.position();
        story.look();
        story.vm.configRead = false;
        story.silentRevert(older);
        story.look();
        story.tick();
        story.look();
        story.vm.configRead = true;
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
        assertThat(findings(story, Reason.SnapshotReverted)
                        .getFirst()
                        .at()
                        .from()
                        .time())
                .isBeforeOrEqualTo(lastRead.time().plusSeconds(1));
    }

    private static io.cbtguard.inventory.Snapshot unreadable(io.cbtguard.inventory.Snapshot s) {
        return new io.cbtguard.inventory.Snapshot(
                s.moRef(), s.id(), s.name(), s.createTime(), s.parent(), s.appeared(), java.util.List.of(), false);
    }
}
