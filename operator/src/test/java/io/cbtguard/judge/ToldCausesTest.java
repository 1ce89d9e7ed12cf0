package io.cbtguard.judge;

import static io.cbtguard.judge.Story.DISK1;
import static io.cbtguard.judge.Story.DISK2;
import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.assertNext;
import static io.cbtguard.judge.Verdicts.disk;
import static io.cbtguard.judge.Verdicts.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Trust;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Causes that one event, one person, a tool or the policy itself tells of. */
class ToldCausesTest {
    private final Story story = Story.watched();

    @BeforeEach
    void aFullBackup() {
        story.full("monday");
        assertIncremental(story);
    }

    private void told(OccurrenceKind kind, String event) {
        story.tell(
                story.occurrence(kind, Interval.at(story.tick())).event(event).host("host-1"));
        story.look();
    }

    @Test
    void another_identity_kills() {
        told(OccurrenceKind.IDENTITY, "vim.event.VmRegisteredEvent");
        assertForcesFull(story, Reason.VmIdentityChanged);
        assertThat(story.news.getFirst().evidence().eventType()).isEqualTo("vim.event.VmRegisteredEvent");
    }

    @Test
    void a_policy_that_accepts_another_identity_keeps_the_baseline_and_its_points_are_unknown() {
        story.policy.acceptIdentity = true;
        told(OccurrenceKind.IDENTITY, "vim.event.VmRegisteredEvent");
        assertIncremental(story);
        assertThat(story.auto("tuesday").point().trust()).isEqualTo(Trust.Unknown);
    }

    @Test
    void promoted_disks_kill() {
        told(OccurrenceKind.DISKS_PROMOTED, "com.vmware.vc.vm.VmDisksPromotedEvent");
        assertForcesFull(story, Reason.DisksPromoted);
    }

    @Test
    void an_unclean_stop_kills_only_where_the_policy_says_so() {
        told(OccurrenceKind.MOVED, "com.vmware.vc.ha.VmRestartedByHAEvent");
        assertIncremental(story);
        assertThat(findings(story, Reason.UncleanShutdown)).hasSize(1);
        story.policy.uncleanShutdown = Rules.UncleanShutdown.Warn;
        assertThat(story.auto("tuesday").point().trust()).isEqualTo(Trust.Unknown);
    }

    @Test
    void an_unclean_stop_of_the_host_kills_under_a_policy_that_wants_a_full() {
        story.policy.uncleanShutdown = Rules.UncleanShutdown.Full;
        told(OccurrenceKind.HOST_CRASHED, "esx.audit.host.crash.reason.available");
        assertForcesFull(story, Reason.UncleanShutdown);
    }

    @Test
    void an_unclean_stop_that_cost_the_tracking_shows_in_the_epoch() {
        told(OccurrenceKind.MOVED, "com.vmware.vc.ha.VmRestartedByHAEvent");
        story.resetTracking();
        story.look();
        assertForcesFull(story, Reason.CbtReset);
    }

    @Test
    void a_disk_on_another_datastore_kills_only_where_the_policy_says_so() {
        story.vm.disk(DISK1).datastore = "datastore-12";
        story.look();
        assertIncremental(story);
        assertThat(findings(story, Reason.DiskRelocated).getFirst().evidence().newValue())
                .isEqualTo("datastore-12");
        story.policy.relocationKills = true;
        story.look();
        assertForcesFull(story, Reason.DiskRelocated);
        assertThat(disk(story, DISK2).state()).isEqualTo(Verdict.State.Valid);
    }

    @Test
    void a_change_id_that_vcenter_refused_is_dead_for_that_disk_though_the_run_read_all_of_it() {
        Baseline base = Verdicts.baselines(story)
                .filter(b -> b.disk().equals(DISK1))
                .findFirst()
                .orElseThrow();
        Backup tuesday = story.backup("tuesday")
                .request(Request.Type.Auto)
                .takeSnapshot()
                .readAsDecided()
                .refused(DISK1, base.changeId());
        assertThat(tuesday.removeSnapshot().report().point().trust()).isEqualTo(Trust.Good);
        assertThat(findings(story, Reason.ChangeIdRejected)).hasSize(1);
        assertIncremental(story);
    }

    private void restoredSince(Position from) {
        story.record = Judge.restored(
                story.record,
                story.facts(),
                story.policy.protection(),
                "restore-uid",
                from,
                "LAB\\joe",
                "The VM was restored from tape.");
    }

    @Test
    void a_restore_over_the_vm_while_it_was_read_makes_that_point_suspect_however_it_was_read() {
        Backup tuesday = story.backup("tuesday").request(Request.Type.Full).takeSnapshot();
        story.tick();
        restoredSince(story.position());
        story.tick();
        assertThat(tuesday.readAll().removeSnapshot().report().point().trust()).isEqualTo(Trust.Suspect);
        assertThat(story.full("wednesday").point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void after_a_restore_over_the_vm_the_star_of_change_tracking_names_what_was_written_through_it_only() {
        story.vm.tracking = false;
        story.reconfigured();
        story.look();
        story.vm.tracking = true;
        story.resetTracking();
        story.look();
        assertThat(byStar("monday").point().trust()).isEqualTo(Trust.Good);
        story.tick();
        restoredSince(story.position());
        story.tick();
        story.look();
        assertThat(byStar("tuesday").point().trust()).isEqualTo(Trust.Suspect);
    }

    private Backup byStar(String run) {
        return story.backup(run)
                .request(Request.Type.Full)
                .takeSnapshot()
                .read(DISK1, ReadMethod.AllocatedCbt)
                .read(Story.DISK2, ReadMethod.AllocatedCbt)
                .removeSnapshot()
                .report();
    }

    @Test
    void a_restore_over_the_vm_kills_until_tracking_is_reset_and_a_full_taken() {
        story.tick();
        restoredSince(story.position());
        story.look();
        assertForcesFull(story, Reason.RestoredInPlace);
        story.full("tuesday");
        assertForcesFull(story, Reason.RestoredInPlace);
        story.vm.tracking = false;
        story.reconfigured();
        story.look();
        story.vm.tracking = true;
        story.resetTracking();
        story.look();
        story.full("wednesday");
        assertIncremental(story);
    }

    @Test
    void a_full_is_due_when_the_last_one_is_older_than_the_policy_allows() {
        story.policy.fullDue = new Protection.FullDue(Duration.ofDays(7), 0);
        assertIncremental(story);
        story.later(Duration.ofDays(7)).look();
        assertNext(story, BackupType.Full, Reason.PolicyFullDue);
        story.auto("next-monday");
        assertIncremental(story);
    }

    @Test
    void a_full_is_due_when_there_are_as_many_incrementals_as_the_policy_wants() {
        story.policy.fullDue = new Protection.FullDue(null, 2);
        story.auto("tuesday");
        assertIncremental(story);
        story.auto("wednesday");
        assertNext(story, BackupType.Full, Reason.PolicyFullDue);
    }

    @Test
    void a_decision_waits_while_disks_need_consolidation_unless_the_policy_ignores_it() {
        story.vm.consolidationNeeded = true;
        story.look();
        assertThat(story.backup("tuesday").request(Request.Type.Auto).waiting())
                .isEqualTo(Reason.WaitingForConsolidation);
        story.policy.waitForConsolidation = false;
        assertThat(story.backup("wednesday")
                        .request(Request.Type.Auto)
                        .decision()
                        .type())
                .isEqualTo(BackupType.Incremental);
    }
}
