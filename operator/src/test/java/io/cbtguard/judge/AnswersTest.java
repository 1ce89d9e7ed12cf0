package io.cbtguard.judge;

import static io.cbtguard.judge.Story.DISK1;
import static io.cbtguard.judge.Verdicts.assertEnded;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Trust;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that a person or a script has to act upon: they must say what is so, and must not wait for what never comes. */
class AnswersTest {
    private final Story story = Story.watched();

    @BeforeEach
    void aFullBackup() {
        story.full("monday");
        assertIncremental(story);
    }

    @Test
    void auto_gets_a_full_where_only_its_own_snapshot_makes_tracking_active() {
        story.vm.disks.values().forEach(d -> d.minted = false);
        Backup tuesday = story.backup("tuesday").request(Request.Type.Auto);
        assertThat(tuesday.decision().type()).isEqualTo(BackupType.Full);
        assertThat(tuesday.decision().reason()).isEqualTo(Reason.TrackingNotActive);
    }

    @Test
    void an_incremental_where_tracking_is_not_active_is_refused_at_once() {
        story.vm.disks.values().forEach(d -> d.minted = false);
        Backup tuesday = story.backup("tuesday").request(Request.Type.Incremental);
        assertThat(tuesday.decision().type()).isEqualTo(BackupType.Refused);
        assertThat(tuesday.decision().message()).contains("Ask for Full or Auto");
    }

    @Test
    void nobody_is_told_to_back_up_a_vm_that_is_not_there() {
        story.inView = false;
        assertThat(story.backup("tuesday").request(Request.Type.Full).waiting()).isEqualTo(Reason.VMNotFound);
    }

    @Test
    void nobody_is_told_to_back_up_a_vm_whose_host_is_away() {
        story.vm.connected = false;
        assertThat(story.backup("tuesday").request(Request.Type.Auto).waiting()).isEqualTo(Reason.VCenterUnreachable);
    }

    @Test
    void the_outcome_says_of_the_restore_point_what_its_audit_says() {
        String snapshot = story.snapshot("before");
        story.look();
        Backup tuesday = story.backup("tuesday").request(Request.Type.Auto);
        story.revert(snapshot);
        tuesday.takeSnapshot().readAsDecided().removeSnapshot().report();
        assertEnded(tuesday, Phase.NotCommitted, Reason.CauseDuringRun);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
        assertThat(tuesday.outcome().trust()).isEqualTo(Trust.Suspect);
    }

    @Test
    void a_report_that_leaves_a_disk_out_is_told_so() {
        Backup tuesday = story.backup("tuesday")
                .request(Request.Type.Full)
                .takeSnapshot()
                .read(DISK1, ReadMethod.All)
                .removeSnapshot()
                .report();
        assertThat(tuesday.outcome().trust()).isEqualTo(Trust.Unknown);
        assertThat(tuesday.outcome().message()).contains("leaves out disks");
    }

    @Test
    void a_report_that_names_no_disk_is_a_mismatch() {
        Backup tuesday = story.backup("tuesday")
                .request(Request.Type.Full)
                .takeSnapshot()
                .removeSnapshot()
                .report();
        assertEnded(tuesday, Phase.NotCommitted, Reason.ReportMismatch);
    }

    @Test
    void a_point_of_which_nobody_knows_does_not_make_up_for_one_that_is_suspect() {
        String snapshot = story.snapshot("before");
        story.look();
        Backup tuesday = story.backup("tuesday").request(Request.Type.Auto);
        story.revert(snapshot);
        tuesday.takeSnapshot().readAsDecided().removeSnapshot().report();
        assertThat(story.verdict().atRisk().reason()).isEqualTo(Reason.NewestRestorePointSuspect);
        story.backup("wednesday")
                .request(Request.Type.Full)
                .takeSnapshot()
                .read(DISK1, ReadMethod.All)
                .removeSnapshot()
                .report();
        assertThat(story.verdict().atRisk().reason()).isEqualTo(Reason.NewestRestorePointSuspect);
    }
}
