package io.cbtguard.judge;

import static io.cbtguard.judge.Story.DISK1;
import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.judge.record.Trust;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Change IDs whose number falls although nothing tells of a revert. */
class RegressionTest {
    private final Story story = Story.watched();

    @BeforeEach
    void aFullBackup() {
        story.full("monday");
        assertIncremental(story);
    }

    @Test
    void a_newer_snapshot_with_a_lower_number_kills_and_shows_both_ids() {
        String former = story.vm.disk(DISK1).changeId();
        story.vm.disk(DISK1).number -= 2;
        story.snapshot("later");
        story.look();
        assertForcesFull(story, Reason.ChangeIdRegressed);
        assertThat(findings(story, Reason.ChangeIdRegressed)
                        .getFirst()
                        .evidence()
                        .oldValue())
                .isEqualTo(former);
    }

    @Test
    void the_same_number_twice_counts_too_for_a_snapshot_always_gives_a_new_one() {
        story.vm.disk(DISK1).number -= 1;
        story.snapshot("later");
        story.look();
        assertForcesFull(story, Reason.ChangeIdRegressed);
    }

    @Test
    void a_live_id_below_the_newest_snapshot_s_kills() {
        story.vm.disk(DISK1).number -= 1;
        story.look();
        assertForcesFull(story, Reason.ChangeIdRegressed);
    }

    @Test
    void a_fall_that_a_known_revert_explains_is_that_revert() {
        String snapshot = story.snapshot("before-patch");
        story.look();
        story.full("tuesday");
        story.revert(snapshot);
        story.look();
        story.snapshot("after-patch");
        story.look();
        assertForcesFull(story, Reason.SnapshotReverted);
        assertThat(findings(story, Reason.ChangeIdRegressed)).isEmpty();
    }

    @Test
    void another_epoch_is_a_reset_and_not_a_fall() {
        story.resetTracking();
        story.switched(false);
        story.switched(true);
        story.snapshot("later");
        story.look();
        assertThat(findings(story, Reason.ChangeIdRegressed)).isEmpty();
        assertForcesFull(story, Reason.CbtReset);
    }

    @Test
    void a_full_after_it_clears_it_and_is_good() {
        story.vm.disk(DISK1).number -= 2;
        story.look();
        Backup tuesday = story.auto("tuesday");
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
        story.look();
        assertIncremental(story);
    }

    @Test
    void learning_it_again_changes_nothing() {
        story.vm.disk(DISK1).number -= 2;
        story.snapshot("later");
        story.look();
        var record = story.record;
        story.look();
        assertThat(story.record.findings()).isEqualTo(record.findings());
    }
}
