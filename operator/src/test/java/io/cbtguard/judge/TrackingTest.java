package io.cbtguard.judge;

import static io.cbtguard.judge.Story.DISK1;
import static io.cbtguard.judge.Story.DISK2;
import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.assertNext;
import static io.cbtguard.judge.Verdicts.baselines;
import static io.cbtguard.judge.Verdicts.disk;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.judge.record.BackupType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tracking switched off, not active yet, or begun anew. */
class TrackingTest {
    private final Story story = Story.watched();

    @BeforeEach
    void aFullBackup() {
        story.full("monday");
        assertIncremental(story);
    }

    @Test
    void tracking_off_on_the_vm_kills_and_says_who() {
        story.vm.tracking = false;
        story.reconfigured();
        story.look();
        assertForcesFull(story, Reason.CbtDisabled);
        assertThat(story.news.getFirst().message()).contains("LAB\\joe");
        assertThat(story.verdict().cbtEnabled().status()).isEqualTo(Verdict.Status.False);
        assertThat(story.verdict().cbtEnabled().reason()).isEqualTo(Reason.CbtDisabled);
    }

    @Test
    void tracking_off_on_one_disk_kills_that_disk_only() {
        story.vm.disk(DISK2).ctkEnabled = false;
        story.reconfigured();
        story.look();
        assertForcesFull(story, Reason.CbtDisabled);
        assertThat(disk(story, DISK1).state()).isEqualTo(Verdict.State.Valid);
        assertThat(disk(story, DISK2).state()).isEqualTo(Verdict.State.Invalid);
    }

    @Test
    void off_stays_dead_when_tracking_is_on_again_with_the_same_epoch() {
        story.vm.tracking = false;
        story.look();
        story.vm.tracking = true;
        story.look();
        assertForcesFull(story, Reason.CbtDisabled);
    }

    @Test
    void off_that_is_seen_after_a_time_of_an_unreadable_flag_counts_and_unreadable_alone_does_not() {
        story.vm.tracking = null;
        story.look();
        assertNext(story, BackupType.Unknown, Reason.TrackingNotActive);
        story.vm.tracking = true;
        story.look();
        assertIncremental(story);
        story.vm.tracking = null;
        story.look();
        story.vm.tracking = false;
        story.look();
        assertForcesFull(story, Reason.CbtDisabled);
    }

    @Test
    void an_old_id_that_a_snapshot_froze_while_tracking_was_off_is_no_baseline_once_it_is_on_again() {
        story.vm.tracking = false;
        story.look();
        Backup tuesday = story.backup("tuesday")
                .request(Request.Type.Full)
                .takeSnapshot()
                .readAll();
        story.look();
        tuesday.removeSnapshot();
        story.look();
        story.vm.tracking = true;
        story.reconfigured();
        story.look();
        tuesday.report();
        assertThat(baselines(story)).noneMatch(b -> b.alive());
        assertForcesFull(story, Reason.CbtDisabled);
    }

    @Test
    void a_baseline_committed_while_tracking_was_off_dies_when_it_is_on_again() {
        story.vm.tracking = false;
        story.look();
        story.full("tuesday");
        assertForcesFull(story, Reason.CbtDisabled);
        story.vm.tracking = true;
        story.reconfigured();
        story.look();
        assertForcesFull(story, Reason.CbtDisabled);
    }

    @Test
    void on_but_without_a_change_id_is_unknown() {
        story.vm.disk(DISK1).minted = false;
        story.look();
        assertNext(story, BackupType.Unknown, Reason.TrackingNotActive);
        assertThat(story.verdict().cbtEnabled().status()).isEqualTo(Verdict.Status.Unknown);
        assertThat(story.verdict().cbtEnabled().reason()).isEqualTo(Reason.TrackingNotActive);
    }

    @Test
    void another_epoch_kills_what_is_of_the_former_one() {
        story.resetTracking();
        story.look();
        assertForcesFull(story, Reason.CbtReset);
        assertThat(story.news.getFirst().message()).contains("LAB\\joe");
    }

    @Test
    void another_epoch_of_one_disk_leaves_the_other_disk_alone() {
        story.vm.disk(DISK2).epoch = 99;
        story.look();
        assertThat(disk(story, DISK1).state()).isEqualTo(Verdict.State.Valid);
        assertThat(disk(story, DISK2).reason()).isEqualTo(Reason.CbtReset);
    }

    @Test
    void a_full_of_the_new_epoch_counts_although_the_reset_was_seen_only_after_its_mint() {
        story.switched(false);
        story.switched(true);
        story.vm.disks.values().forEach(d -> d.epoch += 7);
        String first = story.snapshot("the first one of the new epoch");
        story.look();
        assertForcesFull(story, Reason.CbtReset);
        story.backup("tuesday").of(first).readAll().report();
        assertIncremental(story);
    }

    @Test
    void an_epoch_that_returns_with_a_revert_revives_nothing() {
        String root = story.snapshot("root");
        story.look();
        story.resetTracking();
        story.look();
        story.vm.disks.values().forEach(d -> d.epoch -= 7);
        story.vm.revert(root);
        story.tick();
        story.look();
        assertThat(baselines(story)).noneMatch(b -> b.alive());
    }
}
