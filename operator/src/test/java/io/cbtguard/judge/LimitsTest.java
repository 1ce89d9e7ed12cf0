package io.cbtguard.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.judge.Request.Type;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.judge.record.VmRecord;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a record that grows too large gives up, and what it never does. */
class LimitsTest {
    private final Story story = Story.watched();

    private Chain chain() {
        return story.record.chains().getFirst();
    }

    /** Folds as often as anything gives way. */
    private static VmRecord folded(VmRecord record) {
        VmRecord before = record;
        VmRecord after = Judge.fold(before);
        while (after != before) {
            before = after;
            after = Judge.fold(before);
        }
        return after;
    }

    @Test
    void what_a_run_was_told_to_read_is_forgotten_with_its_end() {
        story.full("monday");

        assertThat(story.record.runs()).isNotEmpty().allSatisfy(run -> assertThat(run.decision())
                .isNotNull()
                .satisfies(d -> assertThat(d.disks()).isEmpty()));
    }

    @Test
    void an_open_run_keeps_its_disks() {
        Backup monday = story.backup("monday").request(Type.Auto);

        story.record = folded(story.record);

        assertThat(story.record.run("monday-uid").orElseThrow().decision()).isEqualTo(monday.decision);
    }

    @Test
    void finished_series_fold_into_counts_and_the_current_one_stays() {
        story.full("monday");
        story.auto("tuesday");
        story.full("wednesday");

        story.record = folded(story.record);

        assertThat(chain().series()).hasSize(1);
        assertThat(chain().points()).extracting(p -> p.run()).containsExactly("wednesday");
        assertThat(chain().folded().points()).isEqualTo(2);
        Verdicts.assertIncremental(story);
    }

    @Test
    void a_series_that_is_too_long_is_asked_for_a_full_once_and_folds_after_it() {
        story.full("monday");
        story.auto("tuesday");
        story.auto("wednesday");

        story.record = folded(story.record);

        assertThat(chain().points()).hasSize(3);
        Verdicts.assertNext(story, BackupType.Full, Reason.PolicyFullDue);
        assertThat(Judge.fold(story.record)).isSameAs(story.record);

        story.auto("thursday");
        story.record = folded(story.record);

        assertThat(chain().points()).extracting(p -> p.run()).containsExactly("thursday");
        Verdicts.assertIncremental(story);
    }

    @Test
    void a_chain_beyond_the_limit_is_refused_and_the_others_go_on() {
        for (int i = 0; i < Limits.CHAINS; i++) {
            story.backup("run-" + i).chain("job-" + i).request(Type.Auto);
        }
        Backup more = story.backup("one-more").chain("another").request(Type.Auto);

        Decision refused = Objects.requireNonNull(more.decision);
        assertThat(refused.type()).isEqualTo(BackupType.Refused);
        assertThat(refused.reason()).isEqualTo(Reason.TooManyChains);
        assertThat(refused.message()).contains("32", "another");
        assertThat(story.record.chains()).hasSize(Limits.CHAINS);

        more.takeSnapshot().readAll().report();

        assertThat(story.record.chains()).hasSize(Limits.CHAINS);
    }

    @Test
    void a_report_for_a_chain_beyond_the_limit_is_not_committed() {
        for (int i = 0; i < Limits.CHAINS; i++) {
            story.backup("run-" + i).chain("job-" + i).request(Type.Auto);
        }
        String snapshot = story.snapshot("of a tool that does not ask");
        story.look();

        Backup more =
                story.backup("one-more").chain("another").of(snapshot).readAll().report();

        assertThat(more.outcome().phase()).isEqualTo(Phase.NotCommitted);
        assertThat(more.outcome().reason()).isEqualTo(Reason.TooManyChains);
        assertThat(story.record.chains()).hasSize(Limits.CHAINS);
    }
}
