package io.cbtguard.judge;

import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Trust;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tracking that was switched on while snapshots existed, and what ends that. */
class EnabledWithSnapshotsTest {
    private final Story story = Story.watched();

    @BeforeEach
    void aFullBackup() {
        story.full("monday");
        assertIncremental(story);
    }

    private void off() {
        story.vm.tracking = false;
        story.reconfigured();
        story.look();
    }

    private void on() {
        story.vm.tracking = true;
        story.resetTracking();
        story.look();
    }

    private String onWithSnapshot() {
        String snapshot = story.snapshot("foreign");
        story.look();
        off();
        on();
        return snapshot;
    }

    @Test
    void it_kills_and_no_full_cures_it() {
        onWithSnapshot();
        assertThat(findings(story, Reason.EnabledWithSnapshots).getFirst().cure())
                .isEqualTo(Cure.ResetThenFull);
        story.full("tuesday");
        assertForcesFull(story, Reason.EnabledWithSnapshots);
        story.full("wednesday");
        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    @Test
    void a_reset_without_snapshots_and_a_full_cure_it() {
        String snapshot = onWithSnapshot();
        story.full("tuesday");
        story.remove(snapshot);
        story.look();
        off();
        on();
        story.full("wednesday");
        assertIncremental(story);
    }

    @Test
    void a_reset_with_the_snapshot_still_there_cures_nothing() {
        onWithSnapshot();
        off();
        on();
        story.full("wednesday");
        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    @Test
    void off_and_on_between_two_looks_counts_the_same_though_ids_are_gone_for_a_while() {
        story.snapshot("foreign");
        story.look();
        story.vm.disks.values().forEach(d -> d.minted = false);
        story.reconfigured();
        story.look();
        story.vm.disks.values().forEach(d -> d.minted = true);
        story.resetTracking();
        story.look();
        story.full("tuesday");
        assertForcesFull(story, Reason.EnabledWithSnapshots);
        assertThat(story.verdict().openFindings())
                .contains(
                        findings(story, Reason.EnabledWithSnapshots).getFirst().id());
    }

    @Test
    void tracking_begun_without_a_snapshot_is_no_cause_of_its_own_and_is_known_to_be_clean() {
        off();
        on();
        assertThat(findings(story, Reason.EnabledWithSnapshots)).isEmpty();
        assertThat(story.record.trackedSince()).isNotNull();
        story.full("tuesday");
        assertIncremental(story);
    }

    @Test
    void the_snapshot_that_makes_tracking_take_effect_is_none_that_existed_before() {
        story.switched(false);
        story.switched(true);
        anotherEpoch();
        story.snapshot("stun");
        story.look();
        assertThat(findings(story, Reason.EnabledWithSnapshots)).isEmpty();
        assertThat(story.record.trackedSince()).isNotNull();
        story.full("tuesday");
        assertIncremental(story);
    }

    @Test
    void where_nothing_says_which_came_first_the_snapshot_may_have() {
        story.resetTracking();
        story.snapshot("stun, or not");
        story.look();
        assertThat(story.record.trackedSince()).isNull();
        assertForcesFull(story, Reason.EnabledWithSnapshots);
        Backup tuesday = story.backup("tuesday")
                .request(Request.Type.Full)
                .takeSnapshot()
                .readAll()
                .removeSnapshot()
                .report();
        assertThat(tuesday.point().trust()).as("read in full").isEqualTo(Trust.Good);
        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    /** Step by step, as the remedy says and tools do, with a look at each. */
    private void resetInSteps(boolean told, Runnable whileOff) {
        story.vm.tracking = false;
        story.vm.disks.values().forEach(d -> d.minted = false);
        if (told) {
            story.switched(false);
        }
        story.look();
        String first = story.snapshot("stun");
        story.look();
        story.remove(first);
        story.look();
        whileOff.run();
        story.tick();
        story.vm.tracking = true;
        if (told) {
            story.switched(true);
        }
        story.look();
        anotherEpoch();
        story.vm.disks.values().forEach(d -> d.minted = true);
        String second = story.snapshot("stun");
        story.look();
        story.remove(second);
        story.look();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_reset_that_is_seen_step_by_step_is_proven_by_its_own_stun(boolean told) {
        resetInSteps(told, () -> {});
        assertThat(findings(story, Reason.EnabledWithSnapshots)).isEmpty();
        assertThat(story.record.trackedSince()).isNotNull();
        story.full("tuesday");
        assertIncremental(story);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_reset_that_is_seen_step_by_step_with_a_snapshot_there_is_none(boolean told) {
        resetInSteps(told, () -> {
            story.snapshot("foreign");
            story.look();
        });
        story.full("tuesday");
        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    @Test
    void disks_without_a_switch_of_their_own_follow_that_of_the_vm() {
        story.vm.disks.values().forEach(d -> d.ctkEnabled = null);
        story.look();
        resetInSteps(true, () -> {});
        assertThat(findings(story, Reason.EnabledWithSnapshots)).isEmpty();
        story.full("tuesday");
        assertIncremental(story);
    }

    @Test
    void ids_of_all_disks_that_are_not_shown_for_a_moment_end_nothing_for_good() {
        story.vm.disks.values().forEach(d -> d.minted = false);
        story.snapshot("of a tool");
        story.look();
        story.vm.disks.values().forEach(d -> d.minted = true);
        story.look();
        story.full("tuesday");
        assertIncremental(story);
    }

    @Test
    void that_it_was_switched_off_says_nothing_of_when_it_was_switched_on() {
        story.switched(false);
        story.snapshot("foreign");
        anotherEpoch();
        story.look();
        assertThat(story.record.trackedSince()).isNull();
        story.full("tuesday");
        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    @Test
    void a_single_disk_that_is_switched_on_with_a_snapshot_needs_a_reset_of_that_disk() {
        story.vm.disk(Story.DISK2).ctkEnabled = false;
        story.vm.disk(Story.DISK2).minted = false;
        story.look();
        story.snapshot("foreign");
        story.look();
        story.vm.disk(Story.DISK2).ctkEnabled = true;
        story.vm.disk(Story.DISK2).minted = true;
        story.vm.disk(Story.DISK2).epoch += 9;
        story.look();
        assertThat(findings(story, Reason.EnabledWithSnapshots).getFirst().disks())
                .containsExactly(Story.DISK2);
        story.full("tuesday");
        assertForcesFull(story, Reason.EnabledWithSnapshots);
        assertThat(Verdicts.disk(story, Story.DISK1).state()).isEqualTo(Verdict.State.Valid);
    }

    @Test
    void a_flag_that_went_off_and_on_without_a_stun_cures_nothing_for_the_same_epoch_goes_on() {
        String snapshot = onWithSnapshot();
        story.full("tuesday");
        story.remove(snapshot);
        story.look();
        off();
        story.vm.tracking = true;
        story.reconfigured();
        story.look();
        story.full("wednesday");
        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    @Test
    void nor_does_one_whose_ids_were_not_shown_meanwhile() {
        String snapshot = onWithSnapshot();
        story.full("tuesday");
        story.remove(snapshot);
        story.look();
        story.vm.disks.values().forEach(d -> d.minted = false);
        off();
        story.vm.tracking = true;
        story.reconfigured();
        story.look();
        story.vm.disks.values().forEach(d -> d.minted = true);
        story.look();
        story.full("wednesday");
        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    @Test
    void tracking_that_nobody_saw_begin_is_trusted_unless_the_policy_insists_on_proof() {
        assertIncremental(story);
        story.policy.resetAdopted = true;
        assertForcesFull(story, Reason.EnabledWithSnapshots);
        story.full("tuesday");
        assertForcesFull(story, Reason.EnabledWithSnapshots);
        assertThat(story.verdict().forceFull().message()).contains("adoption: Reset");

        off();
        assertForcesFull(story, Reason.CbtDisabled);
        on();
        story.full("wednesday");

        assertIncremental(story);
        assertThat(story.auto("thursday").point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void where_the_policy_insists_on_proof_an_incremental_without_it_is_not_good() {
        story.policy.resetAdopted = true;
        Backup tuesday = story.backup("tuesday")
                .takeSnapshot()
                .readChanged()
                .removeSnapshot()
                .report();
        assertThat(tuesday.point().type()).isEqualTo(BackupType.Incremental);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Unknown);
    }

    private void anotherEpoch() {
        story.vm.disks.values().forEach(d -> {
            d.epoch += 7;
            d.number = 1;
        });
    }

    @Test
    void a_snapshot_taken_between_off_and_on_of_which_only_history_tells_counts() {
        story.switched(false);
        story.snapshot("foreign");
        story.switched(true);
        anotherEpoch();
        story.look();

        assertForcesFull(story, Reason.EnabledWithSnapshots);
        story.full("tuesday");
        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    @Test
    void another_reconfiguration_after_it_hides_nothing() {
        story.switched(false);
        story.snapshot("foreign");
        story.switched(true);
        story.reconfigured();
        anotherEpoch();
        story.look();

        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    @Test
    void a_snapshot_taken_after_off_and_on_of_which_only_history_tells_is_none_that_existed_before() {
        story.switched(false);
        story.switched(true);
        anotherEpoch();
        story.snapshot("stun");
        story.look();

        assertThat(findings(story, Reason.EnabledWithSnapshots)).isEmpty();
        story.full("tuesday");
        assertIncremental(story);
    }

    private Backup byStar(String run) {
        return story.backup(run)
                .request(Request.Type.Full)
                .takeSnapshot()
                .read(Story.DISK1, ReadMethod.AllocatedCbt)
                .read(Story.DISK2, ReadMethod.AllocatedCbt)
                .report();
    }

    @Test
    void a_full_by_the_star_is_good_in_an_epoch_that_began_without_a_snapshot() {
        off();
        on();
        assertThat(byStar("tuesday").point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void a_snapshot_that_nobody_saw_and_a_tool_reports_voids_the_proof_of_an_epoch_that_began_since_the_decision() {
        Backup wednesday = story.backup("wednesday").request(Request.Type.Full);
        off();
        on();
        assertThat(story.record.trackedSince()).isNotNull();
        wednesday
                .naming("snapshot-never-seen")
                .read(Story.DISK1, ReadMethod.All)
                .read(Story.DISK2, ReadMethod.All)
                .report();
        assertThat(story.record.trackedSince()).isNull();
        assertThat(byStar("tuesday").point().trust()).isEqualTo(Trust.Unknown);
    }

    @Test
    void a_gap_that_is_learned_later_voids_the_proof_of_an_epoch_that_began_within_it_or_shortly_before() {
        off();
        on();
        story.look();
        assertThat(story.record.trackedSince()).isNotNull();
        story.gap();
        story.look();
        assertThat(story.record.trackedSince()).isNull();
    }

    @Test
    void a_full_by_the_star_is_not_good_once_a_single_disk_began_an_epoch_of_its_own_with_a_snapshot() {
        off();
        on();
        story.snapshot("foreign");
        story.look();
        story.vm.disk(Story.DISK2).epoch += 9;
        story.look();
        assertThat(byStar("tuesday").point().trust()).isEqualTo(Trust.Suspect);
    }

    @Test
    void a_disk_switched_off_and_on_in_two_looks_with_a_snapshot_between_is_not_vouched_for() {
        off();
        on();
        story.vm.disk(Story.DISK2).ctkEnabled = false;
        story.vm.disk(Story.DISK2).minted = false;
        story.look();
        story.snapshot("foreign");
        story.look();
        story.vm.disk(Story.DISK2).ctkEnabled = true;
        story.look();
        story.vm.disk(Story.DISK2).minted = true;
        story.vm.disk(Story.DISK2).epoch += 9;
        story.look();
        assertThat(byStar("tuesday").point().trust()).isEqualTo(Trust.Suspect);
    }

    @Test
    void an_incremental_that_reads_one_disk_by_the_star_of_an_unproven_epoch_is_not_good() {
        Backup tuesday = story.backup("tuesday")
                .request(Request.Type.Auto)
                .takeSnapshot()
                .readAll()
                .read(Story.DISK2, ReadMethod.AllocatedCbt)
                .report();
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Unknown);
    }

    @Test
    void tracking_that_takes_effect_under_a_snapshot_without_change_ids_needs_a_reset_though_no_earlier_id_is_known() {
        Story unbacked = Story.watched();
        unbacked.vm.disks.values().forEach(d -> d.minted = false);
        unbacked.snapshot("while it was off");
        unbacked.look();
        assertThat(findings(unbacked, Reason.EnabledWithSnapshots)).isEmpty();
        unbacked.vm.disks.values().forEach(d -> d.minted = true);
        unbacked.vm.disks.values().forEach(d -> d.epoch += 9);
        unbacked.look();

        unbacked.full("monday");

        assertForcesFull(unbacked, Reason.EnabledWithSnapshots);
    }
}
