package io.cbtguard.judge;

import static io.cbtguard.judge.Story.BUILD_B;
import static io.cbtguard.judge.Story.DISK1;
import static io.cbtguard.judge.Verdicts.assertNext;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.TaskInFlight;
import io.cbtguard.judge.Request.Type;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Decision;
import org.junit.jupiter.api.Test;

class DecideTest {
    private final Story story = Story.watched();

    @Test
    void a_vm_without_a_baseline_is_told_full() {
        Decision decision = story.backup("monday").request(Type.Auto).decision();
        assertThat(decision.type()).isEqualTo(BackupType.Full);
        assertThat(decision.reason()).isEqualTo(Reason.NoBaseline);
        assertThat(decision.disks()).extracting(Decision.DecisionDisk::type).containsOnly(BackupType.Full);
        assertThat(decision.validUntil()).isAfter(story.now);
    }

    @Test
    void an_incremental_names_per_disk_the_base_run_and_its_change_id() {
        story.full("monday");
        Decision decision = story.backup("tuesday").request(Type.Auto).decision();
        assertThat(decision.type()).isEqualTo(BackupType.Incremental);
        assertThat(decision.reason()).isEqualTo(Reason.BaselineValid);
        Baseline base = story.record.chains().getFirst().baseline(DISK1).orElseThrow();
        assertThat(decision.disks()).first().satisfies(d -> {
            assertThat(d.baseRun()).isEqualTo("monday");
            assertThat(d.changeId()).isEqualTo(base.changeId());
        });
    }

    @Test
    void asked_for_an_incremental_that_is_not_possible_it_refuses_and_never_says_full() {
        Decision decision = story.backup("monday").request(Type.Incremental).decision();
        assertThat(decision.type()).isEqualTo(BackupType.Refused);
        assertThat(decision.reason()).isEqualTo(Reason.NoBaseline);
        assertThat(decision.message()).contains("Ask for Full or Auto");
        assertThat(decision.token()).isEmpty();
        assertThat(story.record.run("monday-uid").orElseThrow().open()).isFalse();
    }

    @Test
    void on_invalid_refuse_turns_auto_into_refused() {
        story.policy.refuseOnInvalid = true;
        assertThat(story.backup("monday").request(Type.Auto).decision().type()).isEqualTo(BackupType.Refused);
        assertThat(story.backup("by-hand").request(Type.Full).decision().type()).isEqualTo(BackupType.Full);
    }

    @Test
    void unknown_waits_and_after_the_time_is_over_it_is_refused() {
        story.full("monday");
        story.fresh = false;
        Backup waiting = story.backup("tuesday").request(Type.Auto);
        assertThat(waiting.decision).isNull();
        assertThat(waiting.waiting).isEqualTo(Reason.VCenterUnreachable);
        assertThat(story.record.runs()).noneMatch(r -> r.name().equals("tuesday"));
        waiting.waitedOut().request(Type.Auto);
        assertThat(waiting.decision().type()).isEqualTo(BackupType.Refused);
        assertThat(waiting.decision().reason()).isEqualTo(Reason.VCenterUnreachable);
    }

    @Test
    void unknown_becomes_a_full_where_policy_says_so_but_never_for_an_incremental() {
        story.policy.fullOnUnknown = true;
        story.full("monday");
        story.fresh = false;
        assertThat(story.backup("tuesday")
                        .waitedOut()
                        .request(Type.Auto)
                        .decision()
                        .type())
                .isEqualTo(BackupType.Full);
        story.record = Judge.cancel(story.record, "tuesday-uid", story.facts(), "over");
        assertThat(story.backup("wednesday")
                        .waitedOut()
                        .request(Type.Incremental)
                        .decision()
                        .type())
                .isEqualTo(BackupType.Refused);
    }

    @Test
    void what_is_known_to_be_dead_is_told_at_once_even_if_vcenter_is_away() {
        story.full("monday");
        story.upgrade("host-1", BUILD_B);
        story.look();
        story.fresh = false;
        Decision decision = story.backup("tuesday").request(Type.Auto).decision();
        assertThat(decision.type()).isEqualTo(BackupType.Full);
        assertThat(decision.reason()).isEqualTo(Reason.HostUpgraded);
    }

    @Test
    void a_task_in_flight_makes_it_wait() {
        story.full("monday");
        story.inFlight.add(new TaskInFlight(
                story.task(), VmState.MOREF, "VirtualMachine.reconfigure", story.tick(), "LAB\\joe", false));
        Backup tuesday = story.backup("tuesday").request(Type.Auto);
        assertThat(tuesday.waiting).isEqualTo(Reason.TaskInFlight);
        story.inFlight.clear();
        assertThat(tuesday.request(Type.Auto).decision().type()).isEqualTo(BackupType.Incremental);
    }

    @Test
    void the_same_request_gets_the_same_answer_whatever_has_happened_since() {
        story.full("monday");
        Decision first = story.backup("tuesday").request(Type.Auto).decision();
        story.upgrade("host-1", BUILD_B);
        assertThat(story.backup("tuesday").request(Type.Auto).decision()).isEqualTo(first);
    }

    @Test
    void a_name_that_is_in_history_is_used_up() {
        story.full("monday");
        Judge.Decided again = Judge.decide(
                story.record,
                story.facts(),
                story.policy.protection(),
                new Request("another-uid", "monday", "default", Type.Auto, "t", false));
        assertThat(again.decision()).isNotNull().satisfies(d -> {
            assertThat(d.type()).isEqualTo(BackupType.Refused);
            assertThat(d.reason()).isEqualTo(Reason.NameReused);
        });
    }

    @Test
    void a_run_that_has_left_its_point_is_not_decided_again() {
        story.full("monday");
        story.record = Judge.forget(story.record, "monday-uid");
        Decision again = story.backup("monday").request(Type.Auto).decision();
        assertThat(again.type()).isEqualTo(BackupType.Refused);
        assertThat(story.record.runs()).isEmpty();
    }

    @Test
    void one_open_run_per_chain_and_another_chain_is_another_matter() {
        story.backup("monday").request(Type.Auto);
        assertThat(story.backup("second").request(Type.Auto).waiting).isEqualTo(Reason.OtherRunOpen);
        assertThat(story.backup("other-job")
                        .chain("job-2")
                        .request(Type.Auto)
                        .decision()
                        .type())
                .isEqualTo(BackupType.Full);
    }

    @Test
    void two_chains_have_baselines_of_their_own_and_a_revert_kills_both() {
        String byHand = story.snapshot("by hand");
        story.full("monday");
        assertThat(story.backup("m2")
                        .chain("job-2")
                        .request(Type.Auto)
                        .takeSnapshot()
                        .readAll()
                        .report()
                        .decision()
                        .type())
                .isEqualTo(BackupType.Full);
        assertThat(story.backup("t1").request(Type.Auto).decision().type()).isEqualTo(BackupType.Incremental);
        assertThat(story.backup("t2")
                        .chain("job-2")
                        .request(Type.Auto)
                        .decision()
                        .type())
                .isEqualTo(BackupType.Incremental);
        story.record = Judge.cancel(story.record, "t1-uid", story.facts(), "");
        story.record = Judge.cancel(story.record, "t2-uid", story.facts(), "");
        story.revert(byHand);
        assertThat(story.backup("w1").request(Type.Auto).decision().reason()).isEqualTo(Reason.SnapshotReverted);
        assertThat(story.backup("w2")
                        .chain("job-2")
                        .request(Type.Auto)
                        .decision()
                        .reason())
                .isEqualTo(Reason.SnapshotReverted);
    }

    @Test
    void the_chain_of_another_namespace_is_never_inherited() {
        story.full("monday");
        story.policy.namespace = "bank";
        assertNext(story, BackupType.Full, Reason.NoBaseline);
        assertThat(story.backup("theirs").request(Type.Auto).decision().reason())
                .isEqualTo(Reason.NoBaseline);
        story.policy.namespace = "shop";
        assertNext(story, BackupType.Incremental, Reason.Current);
    }

    @Test
    void an_incremental_on_a_suspect_point_is_turned_into_a_full_and_the_vm_says_so_before() {
        story.full("monday");
        var late = story.occurrence(OccurrenceKind.REVERTED, new Interval(story.tick(), story.tick()))
                .event("com.vmware.vc.vm.VmStateRevertedToSnapshot");
        story.auto("tuesday");
        story.tell(late);
        story.look();
        assertNext(story, BackupType.Full, Reason.NewestRestorePointSuspect);
        assertThat(story.verdict().forceFull().status()).isEqualTo(Verdict.Status.True);
        Decision decision = story.backup("wednesday").request(Type.Auto).decision();
        assertThat(decision.type()).isEqualTo(BackupType.Full);
        assertThat(decision.reason()).isEqualTo(Reason.NewestRestorePointSuspect);
    }
}
