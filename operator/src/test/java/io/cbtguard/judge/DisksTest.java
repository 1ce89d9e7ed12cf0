package io.cbtguard.judge;

import static io.cbtguard.judge.Story.DISK1;
import static io.cbtguard.judge.Story.DISK2;
import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.assertNext;
import static io.cbtguard.judge.Verdicts.disk;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Trackability;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Trust;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Disks that come, go, are replaced, are left out or cannot be tracked. */
class DisksTest {
    private static final String DISK3 = "6000C29a-0003";
    private final Story story = Story.watched();

    @BeforeEach
    void aFullBackup() {
        story.full("monday");
        assertIncremental(story);
    }

    @Test
    void an_added_disk_needs_a_full_and_harms_no_other() {
        story.vm.disks.put(DISK3, new VmState.DiskState(2002, "Hard disk 3"));
        story.reconfigured();
        story.look();
        assertForcesFull(story, Reason.DiskAdded);
        assertThat(disk(story, DISK1).state()).isEqualTo(Verdict.State.Valid);
        story.full("tuesday");
        assertIncremental(story);
    }

    @Test
    void a_removed_disk_asks_for_nothing_and_does_not_come_back_alive() {
        VmState.DiskState gone = story.vm.disks.remove(DISK2);
        story.look();
        assertIncremental(story);
        story.vm.disks.put(DISK2, gone);
        story.look();
        assertForcesFull(story, Reason.DiskRemoved);
    }

    @Test
    void a_removed_disk_is_no_open_finding_for_ever() {
        story.vm.disks.remove(DISK2);
        story.look();
        assertThat(story.verdict().openFindings()).hasSize(1);
        story.full("tuesday");
        assertThat(story.verdict().openFindings()).isEmpty();
    }

    @Test
    void another_disk_at_the_same_key_is_a_replaced_one() {
        story.vm.disks.remove(DISK2);
        story.vm.disks.put(DISK3, new VmState.DiskState(2001, "Hard disk 2"));
        story.look();
        assertForcesFull(story, Reason.DiskReplaced);
    }

    @Test
    void the_same_backing_as_another_object_is_a_replaced_one() {
        story.vm.disk(DISK2).objectId = "77-2001";
        story.look();
        assertForcesFull(story, Reason.DiskReplaced);
        assertThat(disk(story, DISK1).state()).isEqualTo(Verdict.State.Valid);
    }

    @Test
    void an_excluded_disk_has_no_say() {
        story.policy.exclude = List.of("Hard disk 2");
        story.vm.disk(DISK2).epoch = 99;
        story.look();
        assertIncremental(story);
        assertThat(disk(story, DISK2).state()).isEqualTo(Verdict.State.Excluded);
        Backup tuesday = story.auto("tuesday");
        assertThat(tuesday.decision().disks())
                .extracting(d -> d.type())
                .containsExactly(BackupType.Incremental, BackupType.Excluded);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void an_excluded_disk_that_is_included_again_needs_what_its_own_baseline_needs() {
        story.policy.exclude = List.of(DISK2);
        story.backup("tuesday")
                .request(Request.Type.Full)
                .takeSnapshot()
                .read(DISK1, ReadMethod.All)
                .report();
        assertIncremental(story);
        story.policy.exclude = List.of();
        assertForcesFull(story, Reason.NoBaseline);
    }

    @Test
    void a_disk_that_cannot_be_tracked_is_read_in_full_inside_an_incremental() {
        story.vm.disk(DISK2).trackability = Trackability.CTK_DISALLOWED;
        story.look();
        assertThat(disk(story, DISK2).state()).isEqualTo(Verdict.State.NotTrackable);
        assertIncremental(story);
        Backup tuesday = story.auto("tuesday");
        assertThat(tuesday.decision().disks())
                .extracting(d -> d.type())
                .containsExactly(BackupType.Incremental, BackupType.NotTrackable);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void a_disk_that_could_not_be_tracked_for_a_time_has_lost_its_baseline() {
        story.vm.disk(DISK2).trackability = Trackability.INDEPENDENT;
        story.look();
        story.vm.disk(DISK2).trackability = Trackability.TRACKABLE;
        story.look();
        assertForcesFull(story, Reason.DiskNotTrackable);
        assertThat(disk(story, DISK1).state()).isEqualTo(Verdict.State.Valid);
    }

    @Test
    void a_backing_of_an_unknown_kind_is_unknown() {
        story.vm.disk(DISK2).trackability = Trackability.UNKNOWN_BACKING;
        story.look();
        assertNext(story, BackupType.Unknown, Reason.DiskNotTrackable);
    }

    @Test
    void a_vm_without_any_trackable_disk_is_always_backed_up_in_full_and_that_is_fine() {
        story.vm.disks.values().forEach(d -> d.trackability = Trackability.OLD_HARDWARE);
        story.look();
        assertNext(story, BackupType.Full, Reason.DiskNotTrackable);
        Backup tuesday = story.auto("tuesday");
        assertThat(tuesday.decision().type()).isEqualTo(BackupType.Full);
        assertThat(tuesday.outcome().phase().name()).isEqualTo("Committed");
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
    }
}
