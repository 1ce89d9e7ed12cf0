package io.cbtguard.judge;

import static io.cbtguard.judge.Story.DISK1;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.judge.Verdict.Condition;
import io.cbtguard.judge.Verdict.Status;
import io.cbtguard.judge.record.RestoreTest;
import io.cbtguard.judge.record.RestoreTest.Result;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A restore that is tested in time is one worry less, and says nothing about what can be trusted. */
class RestoreTestsTest {
    private final Story story = Story.watched();

    @BeforeEach
    void testsAreWanted() {
        story.policy.rpo = null;
        story.policy.restoreTestAge = Duration.ofDays(90);
    }

    @Test
    void a_vm_that_was_never_tested_is_overdue_so_long_after_its_first_restore_point() {
        assertRisk(Status.False, Reason.Safe);
        story.full("monday");
        Duration next = Objects.requireNonNull(story.verdict().nextLook());
        assertThat(next).isBetween(Duration.ofDays(89), Duration.ofDays(91));
        assertRisk(Status.False, Reason.Safe);
        story.later(next);
        assertRisk(Status.True, Reason.RestoreTestOverdue);
        assertThat(story.verdict().lastRestoreTest()).isNull();
    }

    @Test
    void the_first_restore_point_counts_even_after_it_has_left_history() {
        story.full("first");
        story.later(Duration.ofDays(60));
        List.of("second", "third", "fourth", "fifth").forEach(story::full);
        assertThat(story.record.chains().getFirst().point("first")).isEmpty();
        assertRisk(Status.False, Reason.Safe);
        story.later(Duration.ofDays(31));
        assertRisk(Status.True, Reason.RestoreTestOverdue);
    }

    @Test
    void a_policy_that_wants_no_tests_reminds_nobody() {
        story.policy.restoreTestAge = null;
        story.full("monday");
        story.later(Duration.ofDays(900));
        assertRisk(Status.False, Reason.Safe);
        assertThat(story.verdict().nextLook()).isNull();
    }

    @Test
    void a_passed_test_counts_until_it_is_too_old_itself() {
        story.full("monday");
        story.later(Duration.ofDays(100));
        declare("monday", Result.Passed, story.now);
        assertRisk(Status.False, Reason.Safe);
        assertThat(story.verdict().lastRestoreTest()).isEqualTo(story.now);
        story.later(Objects.requireNonNull(story.verdict().nextLook()));
        assertRisk(Status.True, Reason.RestoreTestOverdue);
    }

    @Test
    void a_failed_test_is_kept_and_told_and_is_no_passed_one() {
        story.full("monday");
        story.later(Duration.ofDays(100));
        declare("monday", Result.Failed, story.now);
        assertRisk(Status.True, Reason.RestoreTestOverdue);
        assertThat(story.verdict().atRisk().message()).contains("The test of monday at " + story.now + " failed.");
        assertThat(story.verdict().lastRestoreTest()).isNull();
    }

    @Test
    void of_several_tests_the_newest_counts_in_whatever_order_they_are_told() {
        story.full("monday");
        Instant first = story.now;
        story.later(Duration.ofDays(10));
        declare("monday", Result.Passed, story.now);
        VmRecord newest = story.record;
        declare("monday", Result.Passed, first);
        declare("monday", Result.Passed, story.now);
        assertThat(story.record).isSameAs(newest);
        declare("monday", Result.Failed, first);
        assertThat(story.verdict().lastRestoreTest()).isEqualTo(story.now);
    }

    @Test
    void the_test_of_a_run_that_left_no_point_counts_for_nothing() {
        story.full("monday");
        story.backup("asked").request(Request.Type.Full);
        assertThat(told("asked", Result.Passed, story.now)).isEmpty();
        assertThat(told("tuesday", Result.Passed, story.now)).isEmpty();
    }

    @Test
    void a_test_counts_in_its_own_namespace_only() {
        story.full("monday");
        declare("monday", Result.Passed, story.now);
        story.policy.namespace = "bank";
        assertThat(told("monday", Result.Passed, story.now)).isEmpty();
        story.full("other");
        story.later(Duration.ofDays(91));
        assertRisk(Status.True, Reason.RestoreTestOverdue);
        assertThat(story.verdict().lastRestoreTest()).isNull();
    }

    @Test
    void a_test_that_is_told_again_after_its_point_has_left_history_was_told_before() {
        story.full("monday");
        Instant at = story.now;
        declare("monday", Result.Passed, at);
        List.of("second", "third", "fourth", "fifth").forEach(story::full);
        VmRecord before = story.record;
        assertThat(told("monday", Result.Passed, at)).containsSame(before);
        assertThat(told("monday", Result.Passed, at.plusSeconds(1))).isEmpty();
    }

    @Test
    void no_trust_follows_from_a_test() {
        story.full("monday");
        story.backup("tuesday")
                .request(Request.Type.Auto)
                .takeSnapshot()
                .readChanged(DISK1, "", "")
                .report();
        VmRecord before = story.record;
        declare("tuesday", Result.Passed, story.now);
        assertThat(story.record
                        .chains()
                        .getFirst()
                        .point("tuesday")
                        .orElseThrow()
                        .trust())
                .isEqualTo(Trust.Suspect);
        assertThat(story.record.mapChains(chain -> chain.withTests(List.of()))).isEqualTo(before);
        assertRisk(Status.True, Reason.NewestRestorePointSuspect);
    }

    private void declare(String run, Result outcome, Instant at) {
        story.record = told(run, outcome, at).orElseThrow();
    }

    private Optional<VmRecord> told(String run, Result outcome, Instant at) {
        return Judge.tested(
                story.record, story.policy.protection(), new RestoreTest(run, outcome, at, "VMRestore shop/test"));
    }

    private void assertRisk(Status status, Reason reason) {
        Condition condition = story.verdict().atRisk();
        assertThat(condition.status()).as(condition.message()).isEqualTo(status);
        assertThat(condition.reason()).as(condition.message()).isEqualTo(reason);
    }
}
