package io.cbtguard.judge;

import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.judge.Request.Type;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.reconcile.BundledAdvisories;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * KB 1021607 (Symantec TECH136138) with the bundled advisory: change tracking is used, somebody makes a snapshot, somebody reverts to
 * it, and the next incremental goes on from an ID from before. All four together spoil that incremental; any three do not.
 */
class Kb1021607Test {
    private final Story story = new Story();
    private String byHand = "";

    @BeforeEach
    void theBundledAdvisories() {
        story.policy.advisories = BundledAdvisories.inForce();
        story.look();
    }

    private void aSnapshotByHandAndABackup() {
        byHand = story.snapshot("before the patch");
        story.look();
        story.full("monday");
        assertIncremental(story);
    }

    /** As of a tool that does not ask, or does not heed the answer. */
    private Backup incrementalOnTheOldId(String run) {
        return story.backup(run)
                .request(Type.Full)
                .takeSnapshot()
                .readChanged()
                .removeSnapshot()
                .report();
    }

    @Test
    void tracking_a_snapshot_by_hand_its_revert_and_an_incremental_after_it_make_a_suspect_point() {
        aSnapshotByHandAndABackup();
        story.revert(byHand);

        Backup tuesday = incrementalOnTheOldId("tuesday");

        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
        assertThat(tuesday.point().reason()).isEqualTo("SnapshotReverted");
        assertThat(story.backup("monday").point().trust())
                .as("a true image from before")
                .isEqualTo(Trust.Good);
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void all_four_are_found_too_if_the_operator_was_down_from_the_revert_until_after_the_incremental() {
        aSnapshotByHandAndABackup();
        var revert = story.occurrence(OccurrenceKind.REVERTED, new Interval(story.tick(), story.tick()))
                .event("com.vmware.vc.vm.VmStateRevertedToSnapshot")
                .task("vm.Snapshot.revert", story.task());
        Backup tuesday = story.auto("tuesday");
        Backup wednesday = story.auto("wednesday");
        assertThat(wednesday.decision().type()).isEqualTo(BackupType.Incremental);

        story.tell(revert);
        story.restartOperator();
        story.look();

        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
        assertThat(wednesday.point().trust()).as("builds on it").isEqualTo(Trust.Suspect);
        assertThat(story.auto("thursday").decision().type()).isEqualTo(BackupType.Full);
        assertThat(story.backup("thursday").point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void without_change_tracking_it_is_not() {
        story.vm.tracking = false;
        story.vm.disks.values().forEach(disk -> disk.minted = false);
        story.reconfigured();
        byHand = story.snapshot("before the patch");
        story.look();
        Backup monday = story.full("monday");
        story.revert(byHand);

        Backup tuesday = story.full("tuesday");

        assertThat(monday.point().trust()).isNotEqualTo(Trust.Suspect);
        assertThat(tuesday.point().trust()).isNotEqualTo(Trust.Suspect);
    }

    @Test
    void without_a_snapshot_by_hand_there_is_nothing_to_revert_to_and_it_is_not() {
        story.full("monday");
        Interval tried = new Interval(story.tick(), story.tick());
        story.tell(story.occurrence(OccurrenceKind.REVERT_FAILED, tried)
                .task("VirtualMachine.revertToCurrentSnapshot", story.task())
                .fault("NotFound", false));
        story.look();

        Backup tuesday = story.auto("tuesday");

        assertThat(tuesday.decision().type()).isEqualTo(BackupType.Incremental);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
    }

    @ParameterizedTest(name = "snapshot deleted before the incremental: {0}")
    @ValueSource(booleans = {true, false})
    void without_its_revert_it_is_not(boolean isDeleted) {
        aSnapshotByHandAndABackup();
        if (isDeleted) {
            story.remove(byHand);
            story.look();
        }

        Backup tuesday = story.auto("tuesday");

        assertThat(tuesday.decision().type()).isEqualTo(BackupType.Incremental);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void without_an_incremental_after_it_nothing_is() {
        aSnapshotByHandAndABackup();
        Backup tuesday = story.auto("tuesday");
        story.revert(byHand);
        Backup wednesday = story.auto("wednesday");
        assertThat(wednesday.decision().type()).isEqualTo(BackupType.Full);

        Backup thursday = story.auto("thursday");

        assertThat(thursday.decision().type()).isEqualTo(BackupType.Incremental);
        assertThat(tuesday.point().trust()).as("before the revert").isEqualTo(Trust.Good);
        assertThat(wednesday.point().trust()).as("the full after it").isEqualTo(Trust.Good);
        assertThat(thursday.point().trust()).as("on an ID from after it").isEqualTo(Trust.Good);
        assertThat(story.verdict().suspectPoints()).isZero();
    }

    @Test
    void the_bundled_advisory_explains_and_the_check_does_not_need_it() {
        var bundled = BundledAdvisories.object("vmware-kb-1021607").getSpec();
        assertThat(bundled.references()).extracting(r -> r.id()).contains("KB 1021607", "Symantec TECH136138");
        assertThat(bundled.trigger().name()).isEqualTo("Note");
        assertThat(bundled.remedy()).contains("full backup right after a revert");

        story.policy.advisories = List.of();
        aSnapshotByHandAndABackup();
        story.revert(byHand);
        assertThat(incrementalOnTheOldId("tuesday").point().trust()).isEqualTo(Trust.Suspect);
    }
}
