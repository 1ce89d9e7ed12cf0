package io.cbtguard.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.judge.Request.Type;
import io.cbtguard.judge.record.Run;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A full is at work from its decision until its snapshot is gone, or until it ends. */
class FullsTest {
    private final Story story = Story.watched();

    private List<String> atWork() {
        return Judge.fullsAtWork(story.record).stream().map(Run::name).toList();
    }

    @Test
    void a_full_is_at_work_from_its_decision_until_its_snapshot_is_gone() {
        Backup full = story.backup("monday").request(Type.Auto);
        assertThat(atWork()).containsExactly("monday");
        full.takeSnapshot().readAll();
        assertThat(atWork()).containsExactly("monday");
        full.removeSnapshot();
        story.look();
        assertThat(atWork()).isEmpty();
        assertThat(story.record.run(full.uid()).orElseThrow().open()).isTrue();
    }

    @Test
    void a_snapshot_that_goes_and_is_not_its_own_leaves_it_at_work() {
        String before = story.snapshot("somebody's");
        story.look();
        story.backup("monday").request(Type.Full);
        story.remove(before);
        story.look();
        assertThat(atWork()).containsExactly("monday");
    }

    @Test
    void as_long_as_one_of_the_snapshots_since_its_decision_lives_it_may_be_the_one_that_is_read() {
        Backup full = story.backup("monday").request(Type.Full);
        String others = story.snapshot("somebody's");
        story.look();
        full.takeSnapshot().readAll();
        story.remove(others);
        story.look();
        assertThat(atWork()).containsExactly("monday");
    }

    @Test
    void a_snapshot_of_which_only_history_tells_is_not_known_to_be_gone() {
        story.backup("monday").request(Type.Full);
        String moRef = story.snapshot("backup");
        story.vm.remove(moRef);
        story.look();
        assertThat(atWork()).containsExactly("monday");
    }

    @Test
    void a_run_that_has_ended_is_at_work_no_more() {
        story.full("monday");
        assertThat(atWork()).isEmpty();
        story.backup("tuesday").request(Type.Full);
        assertThat(atWork()).containsExactly("tuesday");
        story.later(Duration.ofHours(25));
        story.look();
        story.record = Judge.expire(story.record, story.facts());
        assertThat(atWork()).isEmpty();
    }

    @Test
    void incrementals_and_refusals_count_for_nothing() {
        story.full("monday");
        story.backup("tuesday").request(Type.Auto);
        assertThat(atWork()).isEmpty();
    }

    @Test
    void the_newest_good_point_of_any_chain_of_the_namespace_is_the_last_one() {
        assertThat(Judge.lastGood(story.record, story.policy.protection())).isEmpty();
        Backup first = story.full("monday");
        assertThat(Judge.lastGood(story.record, story.policy.protection()))
                .contains(first.point().at());
        Backup other = story.backup("other")
                .chain("other")
                .request(Type.Auto)
                .takeSnapshot()
                .readAll()
                .removeSnapshot()
                .report();
        assertThat(Judge.lastGood(story.record, story.policy.protection()))
                .contains(other.point().at());
        story.policy.namespace = "bank";
        assertThat(Judge.lastGood(story.record, story.policy.protection())).isEmpty();
    }
}
