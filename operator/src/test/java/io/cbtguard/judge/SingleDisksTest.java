package io.cbtguard.judge;

import static io.cbtguard.judge.Story.DISK1;
import static io.cbtguard.judge.Story.DISK2;
import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.judge.Request.Type;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.Decision.DecisionDisk;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Trust;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code scope: Disk}: single disks are full inside an incremental, as long as nothing else asks for a full. */
class SingleDisksTest {
    private static final String DISK3 = "6000C29a-0003";
    private final Story story = Story.watched();

    @BeforeEach
    void aFullBackup() {
        story.policy.singleDisks = true;
        story.full("monday");
        assertIncremental(story);
    }

    private void addDisk() {
        story.vm.disks.put(DISK3, new VmState.DiskState(2002, "Hard disk 3"));
        story.reconfigured();
        story.look();
        assertForcesFull(story, Reason.DiskAdded);
    }

    @ParameterizedTest
    @EnumSource(
            value = Type.class,
            names = {"Auto", "Incremental"})
    void onlyTheDiskWithoutABaselineIsReadInFull(Type type) {
        addDisk();
        Decision decision = story.backup("tuesday").request(type).decision();

        assertThat(decision.type()).isEqualTo(BackupType.Incremental);
        assertThat(decision.reason()).isEqualTo(Reason.DiskAdded);
        assertThat(decision.disks())
                .extracting(DecisionDisk::type)
                .containsExactly(BackupType.Incremental, BackupType.Incremental, BackupType.Full);
        assertThat(decision.disks()).extracting(DecisionDisk::baseRun).containsExactly("monday", "monday", "");
    }

    @Test
    void theRunRenewsAllBaselinesAndItsRestorePointIsGood() {
        addDisk();
        Backup tuesday = story.auto("tuesday");

        assertThat(tuesday.outcome().phase()).isEqualTo(Phase.Committed);
        assertThat(tuesday.point().type()).isEqualTo(BackupType.Incremental);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
        assertIncremental(story);
        Decision wednesday = story.auto("wednesday").decision();
        assertThat(wednesday.disks())
                .allSatisfy(d -> assertThat(d.baseRun()).isEqualTo("tuesday"))
                .extracting(DecisionDisk::type)
                .containsOnly(BackupType.Incremental);
    }

    @Test
    void aToolThatReadsOnlyChangesOfTheDiskThatHadToBeFullIsNotCommitted() {
        story.vm.disk(DISK2).epoch = 99;
        story.look();
        Backup tuesday = story.backup("tuesday").request(Type.Auto).takeSnapshot();
        String dead =
                story.record.chains().getFirst().baseline(DISK2).orElseThrow().changeId();

        tuesday.read(DISK1, ReadMethod.All)
                .readChanged(DISK2, "monday", dead)
                .removeSnapshot()
                .report();

        assertThat(tuesday.outcome().phase()).isEqualTo(Phase.NotCommitted);
        assertThat(tuesday.point().trust()).isNotEqualTo(Trust.Good);
    }

    @Test
    void aCauseThatConcernsTheWholeVmIsAFullOfTheWholeVm() {
        String snapshot = story.snapshot("foreign");
        story.look();
        story.revert(snapshot);
        story.look();

        assertThat(story.auto("tuesday").decision().type()).isEqualTo(BackupType.Full);
    }

    @Test
    void aFullThatSomebodyAskedForIsAFullOfTheWholeVm() {
        addDisk();
        story.record = Judge.wish(
                story.record,
                story.facts(),
                story.policy.protection(),
                List.of(new Wish(Reason.FullRequested, "t", "a person asks")));

        assertThat(story.auto("tuesday").decision().type()).isEqualTo(BackupType.Full);
    }

    @Test
    void aFullThatThePolicyIsDueIsAFullOfTheWholeVm() {
        story.auto("tuesday");
        addDisk();
        story.policy.fullDue = new Protection.FullDue(null, 1);

        assertThat(story.auto("wednesday").decision().type()).isEqualTo(BackupType.Full);
    }

    @Test
    void aSuspectBaseIsAFullOfTheWholeVm() {
        var late = story.occurrence(OccurrenceKind.REVERTED, new Interval(story.tick(), story.tick()))
                .event("com.vmware.vc.vm.VmStateRevertedToSnapshot");
        story.auto("tuesday");
        story.tell(late);
        story.look();
        addDisk();

        assertThat(story.auto("wednesday").decision().type()).isEqualTo(BackupType.Full);
    }

    @ParameterizedTest
    @EnumSource(
            value = Type.class,
            names = {"Auto", "Incremental"})
    void aPolicyThatWantsSomebodyToLookFirstRefusesAllTheSame(Type type) {
        story.policy.refuseOnInvalid = true;
        addDisk();

        assertThat(story.backup("tuesday").request(type).decision().type()).isEqualTo(BackupType.Refused);
    }

    @Test
    void decidedForTheWholeVmTheSameDiskMakesAFullOfAll() {
        story.policy.singleDisks = false;
        addDisk();

        assertThat(story.auto("tuesday").decision().type()).isEqualTo(BackupType.Full);
    }
}
