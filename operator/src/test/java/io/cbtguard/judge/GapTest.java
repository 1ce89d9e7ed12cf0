package io.cbtguard.judge;

import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.assertNext;
import static io.cbtguard.judge.Verdicts.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Evidence that cannot be read: lost history, lost sight, a record that went back. */
class GapTest {
    private final Story story = Story.watched();

    @BeforeEach
    void aFullBackup() {
        story.full("monday");
        assertIncremental(story);
    }

    @Test
    void lost_history_kills_what_was_minted_before_its_end() {
        story.gap();
        story.look();
        assertForcesFull(story, Reason.EventGap);
        story.full("tuesday");
        assertIncremental(story);
    }

    @Test
    void a_policy_that_accepts_gaps_keeps_the_baseline_and_makes_the_point_across_it_unknown_not_good() {
        story.policy.acceptGaps = true;
        story.gap();
        story.look();
        assertIncremental(story);
        Backup tuesday = story.auto("tuesday");
        assertThat(tuesday.decision().type()).isEqualTo(BackupType.Incremental);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Unknown);
        assertThat(tuesday.point().reason()).isEqualTo("EventGap");
        assertThat(story.auto("wednesday").point().trust())
                .as("the worst along the series")
                .isEqualTo(Trust.Unknown);
        story.full("thursday");
        assertThat(story.auto("friday").point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void a_policy_that_stops_accepting_gaps_kills_what_it_tolerated() {
        story.policy.acceptGaps = true;
        story.gap();
        story.look();
        story.policy.acceptGaps = false;
        story.look();
        assertForcesFull(story, Reason.EventGap);
        story.policy.acceptGaps = true;
        story.look();
        assertForcesFull(story, Reason.EventGap);
    }

    @Test
    void a_vm_with_snapshots_that_was_out_of_sight_has_a_gap() {
        story.snapshot("by hand");
        story.look();
        story.vm.connected = false;
        story.look();
        assertNext(story, BackupType.Unknown, Reason.VCenterUnreachable);
        story.vm.connected = true;
        story.tick();
        story.look();
        assertForcesFull(story, Reason.EventGap);
    }

    @Test
    void a_vm_without_snapshots_before_and_after_has_none() {
        story.vm.connected = false;
        story.look();
        story.vm.connected = true;
        story.tick();
        story.look();
        assertIncremental(story);
    }

    @Test
    void a_host_that_goes_away_right_after_the_backup_s_snapshot_was_removed_is_no_gap() {
        String backup = story.snapshot("backup");
        story.look();
        story.remove(backup);
        lost();
        story.vm.connected = false;
        story.look();
        back();
        story.vm.connected = true;
        story.look();
        assertIncremental(story);
    }

    @Test
    void a_disconnection_that_was_over_before_the_next_one_was_seen_counts_by_what_there_was_then() {
        String backup = story.snapshot("backup");
        story.look();
        lost();
        back();
        story.remove(backup);
        lost();
        story.vm.connected = false;
        story.look();
        back();
        story.vm.connected = true;
        story.look();
        assertForcesFull(story, Reason.EventGap);
    }

    @Test
    void a_vm_whose_configuration_cannot_be_read_with_its_host_away_counts_by_what_was_last_read() {
        story.snapshot("by hand");
        story.look();
        story.vm.connected = false;
        story.vm.configRead = false;
        story.look();
        story.vm.connected = true;
        story.vm.configRead = true;
        story.tick();
        story.look();
        assertForcesFull(story, Reason.EventGap);
    }

    @Test
    void a_snapshot_that_is_there_afterwards_is_enough() {
        story.vm.connected = false;
        story.look();
        story.vm.connected = true;
        story.silentSnapshot("made on the host");
        story.look();
        assertForcesFull(story, Reason.EventGap);
    }

    @Test
    void a_disconnection_between_two_looks_is_read_from_history() {
        story.snapshot("by hand");
        story.look();
        disconnection();
        story.look();
        assertForcesFull(story, Reason.EventGap);
    }

    @Test
    void a_disconnection_between_two_looks_without_snapshots_is_harmless_and_stays_so_when_it_is_told_again() {
        disconnection();
        story.look();
        assertIncremental(story);
        story.snapshot("by hand");
        story.look();
        story.restartOperator();
        story.look();
        assertIncremental(story);
    }

    @Test
    void a_disconnection_that_was_told_late_and_is_found_where_it_stands_is_not_taken_for_known() {
        story.snapshot("by hand");
        story.look();
        disconnection();
        List<Occurrence> late = story.untold();
        story.snapshot("read past it");
        story.look();
        assertIncremental(story);
        story.told.addAll(late);
        story.look();
        assertForcesFull(story, Reason.EventGap);
    }

    @Test
    void a_vcenter_that_starts_again_costs_a_vm_whose_backups_are_long_past_no_write() {
        String backup = story.snapshot("backup");
        story.look();
        story.remove(backup);
        story.look();
        disconnection();
        VmRecord before = story.record;
        story.look();
        assertThat(story.record).isSameAs(before);
    }

    @Test
    void a_disconnection_before_the_one_that_lasts_counts_by_what_there_was_then() {
        String backup = story.snapshot("backup");
        story.look();
        disconnection();
        List<Occurrence> late = story.untold();
        story.remove(backup);
        story.look();
        lost();
        story.vm.connected = false;
        story.look();
        story.told.addAll(late);
        story.look();
        back();
        story.vm.connected = true;
        story.look();
        assertForcesFull(story, Reason.EventGap);
    }

    @Test
    void sight_that_was_lost_with_a_host_is_back_where_the_vm_was_started_again() {
        lost();
        story.move("host-2");
        story.look();
        story.full("tuesday");
        story.restartOperator();
        story.look();
        assertIncremental(story);
    }

    @Test
    void two_disconnections_do_not_cover_the_time_between_them() {
        String byHand = story.snapshot("by hand");
        story.look();
        disconnection();
        story.look();
        story.full("tuesday");
        Backup wednesday = story.auto("wednesday");
        disconnection();
        story.restartOperator();
        story.look();
        assertForcesFull(story, Reason.EventGap);
        assertThat(wednesday.point().trust()).isEqualTo(Trust.Good);
        assertThat(story.vm.snapshot(byHand).moRef()).isEqualTo(byHand);
    }

    @Test
    void an_incremental_committed_before_sight_was_lost_stays_good() {
        story.snapshot("by hand");
        Backup tuesday = story.auto("tuesday");
        story.vm.connected = false;
        story.later(Duration.ofHours(1)).look();
        story.vm.connected = true;
        story.tick();
        story.look();
        assertForcesFull(story, Reason.EventGap);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void a_record_that_was_put_back_is_a_gap_of_its_own() {
        Position from = story.record.evidenceThrough();
        story.record = Judge.gap(story.record, new Interval(from, story.tick()), "put back");
        assertForcesFull(story, Reason.EventGap);
    }

    @Test
    void a_gap_makes_points_from_shortly_before_it_unknown_for_what_was_lost_may_have_told_late_of_them() {
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        story.tell(story.occurrence(OccurrenceKind.GAP, new Interval(story.tick(), story.tick())));
        story.look();
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Unknown);
        assertThat(tuesday.point().reason()).isEqualTo("EventGap");
    }

    @Test
    void a_record_that_was_put_back_makes_points_from_shortly_before_it_unknown() {
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        story.record = Judge.putBack(story.record, story.record.evidenceThrough(), story.tick(), "put back");
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Unknown);
    }

    @Test
    void a_gap_leaves_points_from_long_before_it_as_they_are() {
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        story.later(Duration.ofHours(1)).look();
        story.tell(story.occurrence(OccurrenceKind.GAP, new Interval(story.tick(), story.tick())));
        story.look();
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void what_history_tells_of_a_vm_out_of_view_counts_when_it_comes_back() {
        String byHand = story.snapshot("by hand");
        story.look();
        story.inView = false;
        story.revert(byHand);
        story.look();
        assertThat(findings(story, Reason.SnapshotReverted)).hasSize(1);
        story.inView = true;
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void a_new_order_epoch_comes_with_a_gap_and_all_of_the_old_one_lies_before_it() {
        Position from = story.position();
        story.epoch = 1;
        story.key = 17;
        story.tell(story.occurrence(OccurrenceKind.GAP, new Interval(from, story.tick())));
        story.look();
        assertForcesFull(story, Reason.EventGap);
        story.full("tuesday");
        assertIncremental(story);
    }

    private void disconnection() {
        lost();
        story.tick();
        back();
    }

    private void lost() {
        story.tell(story.occurrence(OccurrenceKind.HOST_DISCONNECTED, Interval.at(story.tick()))
                .event("vim.event.HostConnectionLostEvent")
                .host("host-1"));
    }

    private void back() {
        story.tell(story.occurrence(OccurrenceKind.HOST_CONNECTED, Interval.at(story.tick()))
                .event("vim.event.HostConnectedEvent")
                .host("host-1"));
    }
}
