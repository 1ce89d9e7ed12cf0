package io.cbtguard.judge;

import static io.cbtguard.judge.Story.BUILD_B;
import static io.cbtguard.judge.Story.DISK1;
import static io.cbtguard.judge.Verdicts.assertNext;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.judge.Request.Type;
import io.cbtguard.judge.Verdict.Condition;
import io.cbtguard.judge.Verdict.Status;
import io.cbtguard.judge.record.BackupType;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private final Story story = Story.watched();

    @Test
    void every_condition_has_a_reason_in_its_good_state_too() {
        story.full("monday");
        Verdict verdict = story.verdict();
        assertCondition(verdict.cbtEnabled(), Status.True, Reason.Tracking);
        assertCondition(verdict.baselineValid(), Status.True, Reason.Current);
        assertCondition(verdict.forceFull(), Status.False, Reason.NotNeeded);
        assertCondition(verdict.atRisk(), Status.False, Reason.Safe);
        assertThat(Stream.of(verdict.cbtEnabled(), verdict.baselineValid(), verdict.forceFull(), verdict.atRisk()))
                .allMatch(c -> !c.message().isEmpty());
    }

    @Test
    void an_outage_turns_valid_into_unknown() {
        story.full("monday");
        story.fresh = false;
        assertNext(story, BackupType.Unknown, Reason.VCenterUnreachable);
        assertCondition(story.verdict().baselineValid(), Status.Unknown, Reason.VCenterUnreachable);
        assertCondition(story.verdict().forceFull(), Status.Unknown, Reason.VCenterUnreachable);
        assertCondition(story.verdict().cbtEnabled(), Status.Unknown, Reason.VCenterUnreachable);
    }

    @Test
    void an_outage_leaves_dead_what_is_dead() {
        story.full("monday");
        story.upgrade("host-1", BUILD_B);
        story.look();
        story.fresh = false;
        assertNext(story, BackupType.Full, Reason.HostUpgraded);
        assertCondition(story.verdict().baselineValid(), Status.False, Reason.HostUpgraded);
    }

    @Test
    void a_vm_that_is_not_in_view_is_unknown() {
        story.full("monday");
        story.inView = false;
        story.look();
        assertNext(story, BackupType.Unknown, Reason.VMNotFound);
    }

    @Test
    void a_configuration_that_cannot_be_read_is_unknown() {
        story.full("monday");
        story.vm.configRead = false;
        story.look();
        assertNext(story, BackupType.Unknown, Reason.VCenterUnreachable);
    }

    @Test
    void a_record_that_never_saw_its_vm_says_unknown() {
        Story never = new Story();
        never.inView = false;
        assertNext(never, BackupType.Unknown, Reason.CatchingUp);
        assertCondition(never.verdict().baselineValid(), Status.Unknown, Reason.CatchingUp);
    }

    @Test
    void a_vm_with_an_rpo_that_was_never_backed_up_is_at_risk() {
        assertCondition(story.verdict().atRisk(), Status.True, Reason.NeverBackedUp);
        story.policy.rpo = null;
        assertCondition(story.verdict().atRisk(), Status.False, Reason.Safe);
    }

    @Test
    void a_good_point_older_than_the_rpo_puts_the_vm_at_risk_and_it_is_known_when_to_look_again() {
        story.full("monday");
        Duration next = Objects.requireNonNull(story.verdict().nextLook());
        assertThat(next).isLessThanOrEqualTo(Duration.ofHours(24));
        story.later(next);
        assertCondition(story.verdict().atRisk(), Status.True, Reason.RPOExceeded);
    }

    @Test
    void a_point_that_is_not_good_does_not_count_for_the_rpo() {
        story.full("monday");
        story.later(Duration.ofHours(23));
        story.policy.acceptGaps = true;
        story.gap();
        story.auto("tuesday");
        assertCondition(story.verdict().atRisk(), Status.True, Reason.RPOExceeded);
    }

    @Test
    void a_suspect_newest_point_puts_the_vm_at_risk_whatever_its_age() {
        story.full("monday");
        story.backup("tuesday")
                .request(Type.Auto)
                .takeSnapshot()
                .readChanged(DISK1, "", "")
                .report();
        assertCondition(story.verdict().atRisk(), Status.True, Reason.NewestRestorePointSuspect);
        assertThat(story.verdict().suspectPoints()).isEqualTo(1);
    }

    @Test
    void a_full_that_is_due_longer_than_its_grace_puts_the_vm_at_risk() {
        story.policy.rpo = null;
        story.full("monday");
        story.upgrade("host-1", BUILD_B);
        story.look();
        assertCondition(story.verdict().atRisk(), Status.False, Reason.Safe);
        story.later(Duration.ofHours(25));
        assertCondition(story.verdict().atRisk(), Status.True, Reason.ForceFullPending);
    }

    @Test
    void the_newest_killing_cause_names_the_condition_and_ties_go_by_the_order_of_the_table() {
        story.full("monday");
        story.vm.disk(DISK1).ctkEnabled = false;
        story.look();
        story.later(Duration.ofHours(1));
        story.upgrade("host-1", BUILD_B);
        story.look();
        assertNext(story, BackupType.Full, Reason.HostUpgraded);

        Story both = Story.watched();
        both.full("monday");
        both.vm.tracking = false;
        both.upgrade("host-1", BUILD_B);
        both.look();
        assertNext(both, BackupType.Full, Reason.HostUpgraded);
    }

    @Test
    void only_chains_that_ran_lately_have_a_say() {
        story.full("monday");
        story.backup("once")
                .chain("old-job")
                .request(Type.Auto)
                .takeSnapshot()
                .readAll()
                .report();
        assertThat(story.verdict().chains())
                .extracting(Verdict.ChainVerdict::name)
                .containsExactly("default", "old-job");
        story.later(Duration.ofDays(6));
        story.full("again");
        story.later(Duration.ofDays(2));
        story.look();
        assertThat(story.verdict().chains())
                .extracting(Verdict.ChainVerdict::name)
                .containsExactly("default");
        story.later(Duration.ofDays(90));
        assertThat(story.verdict().chains())
                .extracting(Verdict.ChainVerdict::name)
                .containsExactly("default");
    }

    @Test
    void the_worst_chain_speaks_for_the_vm() {
        story.full("monday");
        story.backup("other")
                .chain("job-2")
                .request(Type.Auto)
                .takeSnapshot()
                .readChanged(DISK1, "", "")
                .report();
        assertThat(story.verdict().nextBackup().type()).isEqualTo(BackupType.Full);
    }

    private static void assertCondition(Condition condition, Status status, Reason reason) {
        assertThat(condition.status()).as(condition.message()).isEqualTo(status);
        assertThat(condition.reason()).as(condition.message()).isEqualTo(reason);
    }
}
