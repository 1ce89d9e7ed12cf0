package io.cbtguard.judge;

import static io.cbtguard.judge.Story.DISK1;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.judge.Request.Type;
import io.cbtguard.judge.Story.OccurrenceBuilder;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of restore points when causes are learned, also long after. */
class PointTrustTest {
    private final Story story = Story.watched();

    @Test
    void a_revert_learned_late_marks_the_incrementals_across_it_and_all_that_build_on_them() {
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        OccurrenceBuilder late = revertNow();
        Backup wednesday = story.auto("wednesday");
        Backup thursday = story.auto("thursday");
        story.tell(late);
        story.look();
        assertThat(story.backup("monday").point().trust()).isEqualTo(Trust.Good);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
        assertThat(wednesday.point().trust()).isEqualTo(Trust.Suspect);
        assertThat(wednesday.point().reason()).isEqualTo("SnapshotReverted");
        assertThat(thursday.point().trust()).isEqualTo(Trust.Suspect);
        assertThat(story.verdict().suspectPoints()).isEqualTo(2);
    }

    @Test
    void points_from_before_a_revert_stay_true_images() {
        String byHand = story.snapshot("by hand");
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        story.revert(byHand);
        story.look();
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void a_revert_that_only_state_shows_does_not_reach_back_before_the_last_commit() {
        String older = story.snapshot("older");
        story.snapshot("newer");
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        story.silentRevert(older);
        story.later(Duration.ofHours(2)).look();
        assertThat(story.verdict().forceFull().reason()).isEqualTo(Reason.SnapshotReverted);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void a_revert_seen_by_state_reaches_back_to_where_the_tree_was_last_readable() {
        String older = story.snapshot("older");
        story.snapshot("newer");
        story.full("monday");
        Backup tuesday =
                story.backup("tuesday").request(Type.Auto).takeSnapshot().readAsDecided();
        story.vm.configRead = false;
        story.silentRevert(older);
        story.move("host-2");
        story.look();
        tuesday.report();
        assertThat(tuesday.point().trust()).isNotEqualTo(Trust.Good);
        story.vm.configRead = true;
        story.tick();
        story.look();
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
    }

    @Test
    void a_gap_learned_late_makes_points_across_it_unknown() {
        story.policy.acceptGaps = true;
        story.full("monday");
        Interval lost = new Interval(story.tick(), story.tick());
        Backup tuesday = story.auto("tuesday");
        story.tell(story.occurrence(OccurrenceKind.GAP, lost));
        story.look();
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Unknown);
        assertThat(tuesday.point().reason()).isEqualTo("EventGap");
    }

    @Test
    void a_move_to_another_build_and_back_that_is_told_late_makes_points_across_it_unknown() {
        story.host("host-3", Story.BUILD_B);
        story.full("monday");
        OccurrenceBuilder there = moved("host-3");
        OccurrenceBuilder back = moved("host-1");
        Backup tuesday = story.auto("tuesday");
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
        story.tell(there.readAt(story.tick()));
        story.tell(back.readAt(story.tick()));
        story.look();
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Unknown);
        assertThat(tuesday.point().reason()).isEqualTo("HostUpgraded");
    }

    @Test
    void a_point_across_a_visit_to_another_build_that_is_told_late_is_unknown_though_the_vm_is_on_that_build_by_now() {
        story.host("host-3", Story.BUILD_B);
        story.full("monday");
        OccurrenceBuilder there = moved("host-3");
        story.move("host-1");
        Backup tuesday = story.auto("tuesday");
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
        story.move("host-3");
        story.look();
        story.tell(there.readAt(story.tick()));
        story.look();
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Unknown);
    }

    @Test
    void a_full_read_by_the_star_of_change_tracking_is_never_good_and_neither_is_what_builds_on_it() {
        Backup monday = story.backup("monday")
                .request(Type.Auto)
                .takeSnapshot()
                .read(DISK1, ReadMethod.AllocatedCbt)
                .read(Story.DISK2, ReadMethod.AllocatedCbt)
                .report();
        assertThat(monday.point().trust()).isEqualTo(Trust.Unknown);
        assertThat(monday.point().reason()).isEqualTo("EnabledWithSnapshots");
        assertThat(story.auto("tuesday").point().trust()).isEqualTo(Trust.Unknown);
        assertThat(story.full("wednesday").point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void suspect_is_worse_than_unknown_and_trust_never_rises() {
        story.policy.acceptGaps = true;
        story.full("monday");
        Interval lost = new Interval(story.tick(), story.tick());
        OccurrenceBuilder late = revertNow();
        Backup tuesday = story.auto("tuesday");
        story.tell(story.occurrence(OccurrenceKind.GAP, lost));
        story.look();
        story.tell(late);
        story.look();
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
        story.full("wednesday");
        story.look();
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
    }

    @Test
    void an_incremental_on_an_unknown_point_is_unknown_and_a_full_ends_that() {
        story.policy.trustUnseenSnapshot = true;
        story.backup("monday")
                .request(Type.Auto)
                .takeSnapshot()
                .readAll()
                .named("snapshot-unseen")
                .report();
        assertThat(story.auto("tuesday").point().trust()).isEqualTo(Trust.Unknown);
        assertThat(story.full("wednesday").point().trust()).isEqualTo(Trust.Good);
        assertThat(story.auto("thursday").point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void series_fold_into_counts_that_keep_how_many_were_suspect_and_the_worst_trust() {
        story.full("f1");
        story.backup("bad")
                .request(Type.Auto)
                .takeSnapshot()
                .readChanged(DISK1, "", "")
                .report();
        story.full("f2");
        story.full("f3");
        story.full("f4");
        Chain chain = story.record.chains().getFirst();
        assertThat(chain.points()).extracting(p -> p.run()).containsExactly("f2", "f3", "f4");
        assertThat(chain.folded().points()).isEqualTo(2);
        assertThat(chain.folded().suspect()).isEqualTo(1);
        assertThat(chain.folded().worst()).isEqualTo(Trust.Suspect);
        assertThat(chain.folded().until()).isNotNull();
        assertThat(story.verdict().suspectPoints())
                .as("what nobody can look at")
                .isZero();
    }

    @Test
    void as_many_finished_series_are_kept_as_the_policy_says() {
        story.policy.finishedSeries = 0;
        story.full("f1");
        story.full("f2");
        assertThat(story.record.chains().getFirst().points())
                .extracting(p -> p.run())
                .containsExactly("f2");
        story.policy.finishedSeries = 3;
        List.of("f3", "f4", "f5", "f6").forEach(story::full);
        assertThat(story.record.chains().getFirst().points())
                .extracting(p -> p.run())
                .containsExactly("f3", "f4", "f5", "f6");
    }

    @Test
    void suspect_and_good_points_of_a_chain_that_ran_long_ago_count_all_the_same() {
        story.full("monday");
        Instant good = story.backup("monday").point().at();
        story.backup("bad")
                .request(Type.Auto)
                .takeSnapshot()
                .readChanged(DISK1, "", "")
                .report();
        story.later(Duration.ofDays(60)).look();
        assertThat(story.verdict().suspectPoints()).isEqualTo(1);
        assertThat(story.verdict().lastGood()).isEqualTo(good);
    }

    @Test
    void fulls_that_were_not_committed_do_not_push_the_base_out_of_history() {
        story.full("f1");
        for (int i = 0; i < 5; i++) {
            story.backup("foul-" + i)
                    .request(Type.Full)
                    .takeSnapshot()
                    .readAll()
                    .token("stolen")
                    .report();
        }
        Backup tuesday = story.auto("tuesday");
        assertThat(tuesday.decision().disks()).allMatch(d -> d.baseRun().equals("f1"));
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
        assertThat(story.record.chains().getFirst().series()).hasSizeLessThanOrEqualTo(4);
        for (int i = 5; i < 9; i++) {
            story.backup("foul-" + i)
                    .request(Type.Full)
                    .takeSnapshot()
                    .readAll()
                    .token("stolen")
                    .report();
        }
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
        assertThat(story.auto("wednesday").point().trust()).isEqualTo(Trust.Good);
    }

    private OccurrenceBuilder moved(String host) {
        return story.occurrence(OccurrenceKind.MOVED, Interval.at(story.tick()))
                .event("vim.event.VmMigratedEvent")
                .host(host);
    }

    private OccurrenceBuilder revertNow() {
        return story.occurrence(OccurrenceKind.REVERTED, new Interval(story.tick(), story.tick()))
                .event("com.vmware.vc.vm.VmStateRevertedToSnapshot");
    }
}
