package io.cbtguard.judge;

import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Trackability;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Trust;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What proves that an epoch began without a snapshot, what does not, and what becomes of it when more is learned. */
class EpochProofTest {
    private static final String DISK3 = "6000C29a-0003";

    private final Story story = Story.watched();

    @BeforeEach
    void aFullBackup() {
        story.full("monday");
        assertIncremental(story);
    }

    private void anotherEpoch() {
        story.vm.disks.values().forEach(d -> {
            d.epoch += 7;
            d.number = 1;
        });
    }

    private void resetWithinOneLook() {
        story.switched(false);
        story.switched(true);
        anotherEpoch();
        story.look();
    }

    private VmState.DiskState add(boolean minted) {
        VmState.DiskState disk = new VmState.DiskState(2002, "Hard disk 3");
        disk.minted = minted;
        story.vm.disks.put(DISK3, disk);
        return disk;
    }

    @Test
    void a_disk_that_was_added_begins_clean_under_a_snapshot_that_does_not_hold_it() {
        story.snapshot("of a person");
        story.look();
        VmState.DiskState added = add(false);
        story.look();
        added.minted = true;
        story.look();

        assertThat(findings(story, Reason.EnabledWithSnapshots)).isEmpty();
        story.full("tuesday");
        assertIncremental(story);
    }

    @Test
    void but_not_under_one_that_does() {
        VmState.DiskState added = add(false);
        story.look();
        story.snapshot("of a person");
        story.look();
        added.minted = true;
        story.look();

        assertThat(findings(story, Reason.EnabledWithSnapshots))
                .singleElement()
                .satisfies(finding -> assertThat(finding.disks()).containsExactly(DISK3));
    }

    @Test
    void a_snapshot_that_becomes_known_late_leaves_an_epoch_unproven_and_not_only_without_its_proof() {
        story.snapshot("foreign");
        List<Occurrence> late = story.untold();
        story.vm.snapshots.clear();
        story.vm.current = null;
        anotherEpoch();
        story.look();
        assertThat(story.record.trackedSince()).isNotNull();
        Backup tuesday = story.full("tuesday");
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);

        story.told.addAll(late);
        story.look();

        assertThat(story.record.trackedSince()).isNull();
        assertForcesFull(story, Reason.EnabledWithSnapshots);
        story.full("wednesday");
        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    @Test
    void a_loss_of_sight_that_came_and_went_between_two_looks_proves_nothing() {
        story.tell(story.occurrence(OccurrenceKind.HOST_DISCONNECTED, Interval.at(story.tick()))
                .host("host-1"));
        anotherEpoch();
        story.tell(story.occurrence(OccurrenceKind.HOST_CONNECTED, Interval.at(story.tick()))
                .host("host-1"));
        story.look();

        assertThat(story.record.trackedSince()).isNull();
        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    @Test
    void a_snapshot_of_another_epoch_was_there_when_this_one_began_whenever_it_was_made() {
        story.switched(false);
        story.switched(true);
        anotherEpoch();
        story.snapshot("of a person");
        anotherEpoch(); // the tracking file was found damaged at power on
        story.look();

        assertThat(story.record.trackedSince()).isNull();
        story.full("tuesday");
        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    @Test
    void of_two_switches_the_one_that_happened_last_says_when_tracking_began_though_the_other_is_told_after_it() {
        story.switched(true);
        List<Occurrence> first = story.untold();
        story.vm.disks.values().forEach(d -> d.minted = false);
        story.snapshot("while it was off again");
        story.vm.disks.values().forEach(d -> d.minted = true);
        story.switched(true);
        story.told.addAll(first);
        anotherEpoch();
        story.look();

        assertThat(story.record.trackedSince()).isNull();
        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    private static Story withItsOnlyDiskUnderASnapshot() {
        Story one = new Story();
        one.vm.disks.remove(Story.DISK2);
        one.look();
        one.snapshot("of a person");
        return one.look();
    }

    private static VmState.DiskState detachTheDisk(Story one) {
        VmState.DiskState away = one.vm.disk(Story.DISK1);
        one.vm.disks.remove(Story.DISK1);
        one.look();
        return away;
    }

    @Test
    void the_only_disk_that_was_away_and_comes_back_in_another_epoch_under_a_snapshot_needs_a_reset() {
        Story one = withItsOnlyDiskUnderASnapshot();
        VmState.DiskState away = detachTheDisk(one);
        away.epoch += 9;
        one.vm.disks.put(Story.DISK1, away);
        one.look();

        assertForcesFull(one, Reason.EnabledWithSnapshots);
    }

    @Test
    void a_disk_that_could_not_be_tracked_has_not_waited_for_a_stun() {
        resetWithinOneLook();
        VmState.DiskState disk = story.vm.disk(Story.DISK2);
        disk.trackability = Trackability.CTK_DISALLOWED;
        disk.minted = false;
        story.look();
        story.snapshot("of a person");
        disk.trackability = Trackability.TRACKABLE;
        disk.minted = true;
        disk.epoch += 9;
        story.look();

        assertThat(findings(story, Reason.EnabledWithSnapshots))
                .singleElement()
                .satisfies(finding -> assertThat(finding.disks()).containsExactly(Story.DISK2));
    }

    @Test
    void the_only_disk_that_was_away_and_comes_back_in_its_epoch_needs_none() {
        Story one = withItsOnlyDiskUnderASnapshot();
        VmState.DiskState away = detachTheDisk(one);
        one.vm.disks.put(Story.DISK1, away);
        one.look();

        assertThat(findings(one, Reason.EnabledWithSnapshots)).isEmpty();
    }

    @Test
    void a_report_that_is_not_the_runs_own_names_a_snapshot_for_nothing() {
        Backup wednesday = story.backup("wednesday").request(Request.Type.Full);
        resetWithinOneLook();
        wednesday
                .naming("snapshot-never-seen")
                .token("of another run")
                .read(Story.DISK1, ReadMethod.All)
                .read(Story.DISK2, ReadMethod.All)
                .report();

        assertThat(story.record.trackedSince()).isNull();
        assertThat(findings(story, Reason.EnabledWithSnapshots)).isEmpty();
    }
}
