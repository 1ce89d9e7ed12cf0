package io.cbtguard.judge;

import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.judge.record.SeenSnapshot;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a snapshot was minted, and how long it is remembered. */
class SnapshotsTest {
    private final Story story = Story.watched();

    @Test
    void a_snapshot_seen_before_its_task_has_ended_gets_the_tasks_interval_when_that_is_told() {
        Position lastView = story.position();
        Position queued = story.tick();
        String moRef = story.vm.create("backup", new Interval(lastView, story.tick()), Instant.EPOCH);
        story.look();
        assertThat(seen(moRef).mint().from()).isEqualTo(lastView);
        assertThat(seen(moRef).fromTask()).isFalse();
        Interval task = new Interval(queued, story.tick());
        story.tell(story.occurrence(OccurrenceKind.SNAPSHOT_CREATED, task).snapshot(moRef));
        story.look();
        assertThat(seen(moRef).mint()).isEqualTo(task);
        assertThat(seen(moRef).fromTask()).isTrue();
    }

    @Test
    void a_snapshot_that_history_tells_of_before_it_is_in_view_keeps_that_mint() {
        Position queued = story.tick();
        Interval task = new Interval(queued, story.tick());
        story.tell(story.occurrence(OccurrenceKind.SNAPSHOT_CREATED, task).snapshot("snapshot-77"));
        story.look();
        Interval when = new Interval(story.tick(), story.tick());
        story.tell(story.occurrence(OccurrenceKind.REVERTED, when).event("com.vmware.vc.vm.VmStateRevertedToSnapshot"));
        story.look();
        story.vm.create("backup", new Interval(story.position(), story.tick()), Instant.EPOCH);
        story.look();
        assertThat(seen("snapshot-77").mint()).isEqualTo(task);
        Backup monday = story.backup("monday").of("snapshot-77").readAll().report();
        assertThat(monday.outcome().reason())
                .as("it was reverted after it was minted")
                .isEqualTo(Reason.CauseDuringRun);
    }

    @Test
    void where_task_and_view_contradict_each_other_both_count() {
        Interval task = new Interval(story.tick(), story.tick());
        Position later = story.tick();
        String moRef = story.vm.create("backup", new Interval(later, story.tick()), Instant.EPOCH);
        story.look();
        story.tell(story.occurrence(OccurrenceKind.SNAPSHOT_CREATED, task).snapshot(moRef));
        story.look();
        assertThat(seen(moRef).mint().from()).isEqualTo(task.from());
        assertThat(later.isBefore(seen(moRef).mint().to())).isTrue();
    }

    @Test
    void a_snapshot_that_was_there_before_anybody_watched_counts_from_ever() {
        Story other = new Story();
        String old = other.silentSnapshot("old");
        other.restartOperator();
        other.upgrade("host-1", Story.BUILD_B);
        other.look();
        other.tell(other.occurrence(OccurrenceKind.REVERTED, Interval.at(other.position()))
                .event("com.vmware.vc.vm.VmStateRevertedToSnapshot"));
        other.look();
        Backup monday = other.backup("monday").of(old).readAll().report();
        assertThat(monday.outcome().reason()).isEqualTo(Reason.CauseDuringRun);
    }

    @Test
    void change_ids_are_remembered_when_the_snapshot_is_gone_and_only_the_newest_of_those() {
        Backup monday =
                story.backup("monday").request(Request.Type.Auto).takeSnapshot().readAll();
        story.remove(monday.snapshot());
        pass(Snapshots.REPORTABLE_KEPT - 1);
        assertThat(seen(monday.snapshot()).idsSeen()).isTrue();
        story.remove(story.snapshot("one too many"));
        story.look();
        assertThat(story.record.seenSnapshot(monday.snapshot())).isEmpty();
        assertThat(monday.report().outcome().reason()).isEqualTo(Reason.SnapshotNotSeen);
    }

    private void pass(int snapshots) {
        for (int i = 0; i < snapshots; i++) {
            String passing = story.snapshot("passing");
            story.look();
            story.remove(passing);
            story.look();
        }
    }

    @Test
    void while_no_run_is_open_few_of_those_that_are_gone_are_remembered() {
        pass(3 * Snapshots.GONE_KEPT);
        assertThat(story.record.snapshots()).hasSize(Snapshots.GONE_KEPT);
    }

    @Test
    void one_that_lived_long_is_remembered_when_it_goes_for_what_happened_while_it_lived() {
        story.full("monday");
        String old = story.snapshot("old");
        story.look();
        pass(3 * Snapshots.GONE_KEPT);
        story.resetTracking(); // switched off and on, unseen, while the old one was there
        story.remove(old);
        story.look();
        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    @Test
    void ids_that_could_not_be_read_at_first_are_taken_when_they_can() {
        String moRef = story.snapshot("backup");
        Snapshot whole = story.vm.snapshot(moRef);
        story.vm.snapshots.replaceAll(s ->
                new Snapshot(s.moRef(), s.id(), s.name(), s.createTime(), s.parent(), s.appeared(), List.of(), false));
        story.look();
        assertThat(seen(moRef).idsSeen()).isFalse();
        story.vm.snapshots.replaceAll(s -> whole);
        story.look();
        assertThat(seen(moRef).disks()).isEqualTo(whole.disks());
        story.backup("monday").of(moRef).readAll().report();
        assertIncremental(story);
    }

    @Test
    void a_reference_that_a_restored_vcenter_gives_again_is_another_snapshot() {
        String moRef = story.snapshot("first");
        story.look();
        story.remove(moRef);
        story.look();
        Snapshot again = new Snapshot(
                moRef,
                900,
                "second",
                Instant.EPOCH.plusSeconds(5),
                null,
                new Interval(story.position(), story.tick()),
                List.of(),
                true);
        story.vm.snapshots.add(again);
        story.vm.current = moRef;
        story.look();
        assertThat(seen(moRef).id()).isEqualTo(900);
        assertThat(seen(moRef).goneAt()).isNull();
        assertThat(seen(moRef).idsSeen()).isFalse();
    }

    @Test
    void without_event_keys_vcenters_clock_orders_and_equal_times_count_against_the_mint() {
        Story stock = new Story();
        stock.keyed = false;
        stock.record = io.cbtguard.judge.record.VmRecord.bound(stock.record.binding(), stock.position());
        stock.look();
        String byHand = stock.snapshot("by hand");
        stock.full("monday");
        assertIncremental(stock);
        stock.revert(byHand);
        stock.look();
        assertForcesFull(stock, Reason.SnapshotReverted);
        stock.full("tuesday");
        assertIncremental(stock);
        Interval mint = stock.record.chains().getFirst().baselines().getFirst().mint();
        stock.tell(stock.occurrence(OccurrenceKind.REVERTED, Interval.at(mint.from()))
                .task("VirtualMachine.revertToSnapshot", "task-9"));
        stock.look();
        assertForcesFull(stock, Reason.SnapshotReverted);
    }

    @Test
    void in_a_quiet_vcenter_that_posts_no_event_between_a_cause_and_the_next_mint_a_full_still_cures() {
        story.full("monday");
        story.hosts.clear();
        story.host("host-1", Story.BUILD_B);
        story.look();
        assertForcesFull(story, Reason.HostUpgraded);
        story.now = story.now.plusSeconds(60);
        story.look();
        Position before = story.position();
        story.now = story.now.plusSeconds(60);
        String quiet = story.vm.create("quiet", new Interval(before, story.position()), Instant.EPOCH);
        story.look();
        story.backup("tuesday").of(quiet).readAll().report();
        assertIncremental(story);
    }

    private SeenSnapshot seen(String moRef) {
        return story.record.seenSnapshot(moRef).orElseThrow();
    }
}
