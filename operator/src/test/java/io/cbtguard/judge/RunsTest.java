package io.cbtguard.judge;

import static io.cbtguard.judge.Verdicts.assertEnded;
import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.assertNext;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.judge.Request.Type;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Outcome;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Open runs that end without a report, reports that come late, and fulls that somebody asks for. */
class RunsTest {
    private final Story story = Story.watched();

    @Test
    void a_run_without_a_report_expires_and_makes_room() {
        story.backup("monday").request(Type.Auto);
        story.later(Duration.ofHours(25)).look();
        story.record = Judge.expire(story.record, story.facts());
        Outcome outcome = story.record.run("monday-uid").orElseThrow().outcome();
        assertThat(outcome).isNotNull().satisfies(o -> assertThat(o.phase()).isEqualTo(Phase.Expired));
        assertThat(story.backup("tuesday").request(Type.Auto).decision().type()).isEqualTo(BackupType.Full);
    }

    @Test
    void before_its_time_nothing_expires() {
        story.backup("monday").request(Type.Auto);
        story.later(Duration.ofHours(23)).look();
        assertThat(Judge.expire(story.record, story.facts())).isSameAs(story.record);
    }

    @Test
    void an_expired_run_that_reports_later_leaves_a_point_and_no_baseline() {
        Backup monday = story.backup("monday").request(Type.Auto).takeSnapshot().readAll();
        story.later(Duration.ofHours(25)).look();
        story.record = Judge.expire(story.record, story.facts());
        monday.report();
        assertEnded(monday, Phase.Expired, Reason.RunExpired);
        assertThat(monday.point().type()).isEqualTo(BackupType.Full);
        assertThat(monday.point().trust()).isEqualTo(Trust.Unknown);
        assertNext(story, BackupType.Full, Reason.NoBaseline);
    }

    @Test
    void a_report_after_the_time_that_nobody_has_expired_yet_is_judged_the_same() {
        Backup monday = story.backup("monday").request(Type.Auto).takeSnapshot().readAll();
        story.later(Duration.ofHours(25));
        monday.report();
        assertEnded(monday, Phase.Expired, Reason.RunExpired);
        assertNext(story, BackupType.Full, Reason.NoBaseline);
    }

    @Test
    void a_cancelled_run_that_reports_later_leaves_a_point_and_no_baseline() {
        Backup monday = story.backup("monday").request(Type.Auto).takeSnapshot().readAll();
        story.record = Judge.cancel(story.record, "monday-uid", story.facts(), "its VMBackup was deleted");
        monday.report();
        assertEnded(monday, Phase.Cancelled, Reason.Cancelled);
        assertThat(monday.point().trust()).isEqualTo(Trust.Unknown);
        assertNext(story, BackupType.Full, Reason.NoBaseline);
    }

    @Test
    void a_refused_run_that_reports_all_the_same_leaves_a_point_and_no_baseline() {
        Backup monday = story.backup("monday")
                .request(Type.Incremental)
                .takeSnapshot()
                .readAll()
                .report();
        assertEnded(monday, Phase.Refused, Reason.NoBaseline);
        assertThat(monday.point().trust()).isEqualTo(Trust.Unknown);
        assertNext(story, BackupType.Full, Reason.NoBaseline);
    }

    @Test
    void cancelling_what_has_ended_or_was_never_there_changes_nothing() {
        story.full("monday");
        assertThat(Judge.cancel(story.record, "monday-uid", story.facts(), "")).isSameAs(story.record);
        assertThat(Judge.cancel(story.record, "nobody", story.facts(), "")).isSameAs(story.record);
        assertThat(Judge.forget(story.record, "nobody")).isSameAs(story.record);
    }

    @Test
    void a_late_report_does_not_replace_how_the_run_ended() {
        Backup monday = story.backup("monday").request(Type.Auto).takeSnapshot().readAll();
        story.later(Duration.ofHours(25)).look();
        story.record = Judge.expire(story.record, story.facts());
        var ended = story.record.run("monday-uid").orElseThrow().outcome();
        monday.report();
        assertThat(monday.outcome).isEqualTo(ended);
        assertThat(story.record.run("monday-uid").orElseThrow().outcome()).isEqualTo(ended);
    }

    @Test
    void a_late_report_given_twice_leaves_one_point() {
        Backup monday = story.backup("monday").request(Type.Auto).takeSnapshot().readAll();
        story.record = Judge.cancel(story.record, "monday-uid", story.facts(), "");
        monday.report();
        VmRecord once = story.record;
        monday.report();
        assertThat(story.record).isEqualTo(once);
    }

    @Test
    void a_full_that_somebody_asks_for_is_due_once_per_token() {
        story.full("monday");
        ask("first");
        assertForcesFull(story, Reason.FullRequested);
        assertThat(story.verdict().baselineValid().status()).isEqualTo(Verdict.Status.True);
        assertThat(story.auto("tuesday").decision().reason()).isEqualTo(Reason.FullRequested);
        assertIncremental(story);
        ask("first");
        assertIncremental(story);
        ask("second");
        assertForcesFull(story, Reason.FullRequested);
    }

    @Test
    void a_full_whose_snapshot_is_older_than_the_request_does_not_meet_it() {
        story.full("monday");
        Backup tuesday =
                story.backup("tuesday").request(Type.Full).takeSnapshot().readAll();
        story.tick();
        story.look();
        ask("later");
        tuesday.report();
        assertForcesFull(story, Reason.FullRequested);
    }

    @Test
    void an_incremental_that_is_made_although_a_full_was_asked_for_does_not_meet_the_request() {
        story.full("monday");
        ask("please");
        Backup tuesday = story.backup("tuesday")
                .request(Type.Auto)
                .takeSnapshot()
                .readChanged()
                .report();
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
        assertForcesFull(story, Reason.FullRequested);
    }

    @Test
    void a_full_can_be_asked_for_before_there_is_any_chain() {
        ask("early");
        story.full("monday");
        assertIncremental(story);
    }

    @Test
    void a_planned_change_asks_for_one_full_before_and_one_after_it() {
        story.full("monday");
        plan("before");
        assertForcesFull(story, Reason.PlannedChange);
        story.full("before");
        plan("before");
        assertIncremental(story);
        plan("after");
        assertForcesFull(story, Reason.PlannedChange);
        story.full("after");
        plan("after");
        assertIncremental(story);
    }

    @Test
    void a_planned_change_that_is_withdrawn_asks_for_nothing() {
        story.full("monday");
        plan("before");
        plan();
        assertIncremental(story);
    }

    @Test
    void what_a_person_asked_for_stands_beside_a_planned_change_and_counts_once() {
        story.full("monday");
        Wish person = new Wish(Reason.FullRequested, "person", "");
        wish(person);
        story.full("asked");
        wish(person, new Wish(Reason.PlannedChange, "before", ""));
        assertForcesFull(story, Reason.PlannedChange);
        story.full("before");
        wish(person);
        assertIncremental(story);
    }

    private void plan(String... tokens) {
        wish(Stream.of(tokens)
                .map(token -> new Wish(Reason.PlannedChange, token, "announced"))
                .toArray(Wish[]::new));
    }

    private void wish(Wish... wishes) {
        story.record = Judge.wish(story.record, story.facts(), story.policy.protection(), List.of(wishes));
    }

    private void ask(String token) {
        story.record = Judge.wish(
                story.record,
                story.facts(),
                story.policy.protection(),
                List.of(new Wish(Reason.FullRequested, token, "asked by an annotation")));
    }
}
