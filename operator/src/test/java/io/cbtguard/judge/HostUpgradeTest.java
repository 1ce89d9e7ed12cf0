package io.cbtguard.judge;

import static io.cbtguard.judge.Story.BUILD_A;
import static io.cbtguard.judge.Story.BUILD_B;
import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.assertNext;
import static io.cbtguard.judge.Verdicts.baselines;
import static io.cbtguard.judge.Verdicts.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Residence;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostUpgradeTest {
    private final Story story = Story.watched();

    private void assertNoBaselineOf(String snapshot) {
        story.backup("tuesday").of(snapshot).readAll().report();
        assertThat(baselines(story)).noneMatch(b -> b.alive());
    }

    @BeforeEach
    void aFullBackup() {
        story.full("monday");
        assertIncremental(story);
    }

    @Test
    void an_upgraded_host_kills_and_the_finding_says_from_what_to_what() {
        story.upgrade("host-1", BUILD_B);
        story.look();
        assertForcesFull(story, Reason.HostUpgraded);
        Finding finding = story.news.getFirst();
        assertThat(finding.evidence().oldValue()).isEqualTo(BUILD_A.toString());
        assertThat(finding.evidence().newValue()).isEqualTo(BUILD_B.toString());
        assertThat(finding.message()).contains("esx-host-1");
    }

    @Test
    void the_finding_names_the_event_with_which_the_host_came_back() {
        story.upgrade("host-1", BUILD_B);
        Occurrence back = story.tell(story.occurrence(OccurrenceKind.HOST_CONNECTED, Interval.at(story.tick()))
                .event("vim.event.HostConnectedEvent")
                .host("host-1"));
        story.look();
        assertForcesFull(story, Reason.HostUpgraded);
        assertThat(story.record.findings())
                .filteredOn(f -> f.reason() == Reason.HostUpgraded)
                .extracting(f -> f.evidence().eventKey())
                .containsExactly(back.eventKey());
    }

    @Test
    void a_downgrade_and_another_version_of_the_same_build_number_count_too() {
        story.upgrade("host-1", new EsxBuild("8.0.2", BUILD_A.build()));
        story.look();
        assertForcesFull(story, Reason.HostUpgraded);
    }

    @Test
    void a_full_on_the_new_build_clears_it() {
        story.upgrade("host-1", BUILD_B);
        story.look();
        story.full("tuesday");
        assertIncremental(story);
    }

    @Test
    void a_move_to_a_host_of_the_same_build_means_nothing() {
        story.move("host-2");
        story.look();
        story.move("host-1");
        story.look();
        assertIncremental(story);
        assertThat(story.record.residence()).hasSize(1);
    }

    @Test
    void a_move_to_a_host_of_another_build_kills_and_names_the_move() {
        story.host("host-9", BUILD_B);
        story.move("host-9");
        story.look();
        assertForcesFull(story, Reason.HostUpgraded);
        assertThat(findings(story, Reason.HostUpgraded)).singleElement().satisfies(f -> {
            assertThat(f.evidence().eventKey()).isPositive();
            assertThat(f.evidence().user()).isEqualTo("LAB\\joe");
        });
    }

    @Test
    void a_vm_that_went_to_another_build_and_came_back_while_nobody_watched_is_found() {
        story.host("host-9", BUILD_B);
        story.move("host-9");
        story.move("host-1");
        story.restartOperator();
        story.look();
        assertForcesFull(story, Reason.HostUpgraded);
    }

    @Test
    void what_was_minted_on_the_other_build_dies_when_the_vm_comes_back_even_if_all_is_learned_at_once() {
        story.host("host-9", BUILD_B);
        story.move("host-9");
        String there = story.snapshot("backup on the other build");
        story.move("host-1");
        story.look();
        Backup tuesday = story.backup("tuesday").of(there).readAll().report();
        assertThat(tuesday.outcome().reason()).isEqualTo(Reason.CauseDuringRun);
        assertThat(baselines(story)).noneMatch(b -> b.alive());
    }

    @Test
    void a_host_upgraded_before_the_vm_left_it_for_one_of_the_former_build_is_found() {
        story.upgrade("host-1", BUILD_B);
        story.move("host-2");
        story.restartOperator();
        story.look();
        assertForcesFull(story, Reason.HostUpgraded);
        assertThat(findings(story, Reason.HostUpgraded))
                .anySatisfy(f -> assertThat(f.message()).contains("esx-host-1", BUILD_B.toString()));
    }

    @Test
    void a_vm_that_left_a_host_which_kept_its_build_is_left_alone() {
        story.upgrade("host-1", BUILD_A);
        story.move("host-2");
        story.restartOperator();
        story.look();
        assertIncremental(story);
    }

    @Test
    void a_host_upgraded_under_a_vm_that_had_moved_there_unwatched_counts_until_it_is_seen() {
        story.move("host-2");
        String before = story.snapshot("backup before the upgrade");
        story.upgrade("host-2", BUILD_B);
        story.restartOperator();
        story.look();
        assertNoBaselineOf(before);
    }

    @Test
    void a_host_upgraded_under_a_vm_counts_until_it_is_seen_though_the_one_that_it_had_left_was_upgraded_too() {
        story.move("host-2");
        String before = story.snapshot("backup before the upgrade");
        story.upgrade("host-1", BUILD_B);
        story.upgrade("host-2", BUILD_B);
        story.restartOperator();
        story.look();
        assertNoBaselineOf(before);
    }

    @Test
    void a_move_told_twice_is_one() {
        story.move("host-2");
        String before = story.snapshot("backup before the upgrade");
        story.upgrade("host-2", BUILD_B);
        story.restartOperator();
        story.told.addAll(List.copyOf(story.told));
        story.look();
        assertNoBaselineOf(before);
    }

    @Test
    void moves_told_again_after_a_host_was_upgraded_are_not_judged_by_its_new_build() {
        story.move("host-2");
        story.look();
        story.move("host-1");
        story.look();
        story.upgrade("host-2", BUILD_B);
        story.look();
        assertIncremental(story);
        story.restartOperator();
        story.look();
        assertIncremental(story);
    }

    @Test
    void a_move_there_and_back_that_was_told_late_and_is_found_where_it_stands_is_not_taken_for_known() {
        story.host("host-9", BUILD_B);
        story.move("host-9");
        story.move("host-1");
        List<Occurrence> late = story.untold();
        story.snapshot("read past it");
        story.look();
        assertIncremental(story);
        story.told.addAll(late);
        story.look();
        assertForcesFull(story, Reason.HostUpgraded);
        assertThat(findings(story, Reason.HostUpgraded)).hasSize(2);
        assertThat(story.record.residence()).extracting(Residence::build).containsExactly(BUILD_A, BUILD_B, BUILD_A);
    }

    @Test
    void a_move_that_was_told_late_stands_where_it_happened_among_what_is_known_of_where_the_vm_ran() {
        EsxBuild newest = new EsxBuild("8.0.3", 24859861);
        story.host("host-8", BUILD_B);
        story.host("host-9", newest);
        story.move("host-8");
        List<Occurrence> late = story.untold();
        story.move("host-9");
        story.look();
        story.told.addAll(late);
        story.look();
        assertThat(story.record.residence()).extracting(Residence::build).containsExactly(BUILD_A, BUILD_B, newest);
        assertThat(story.record.residence().getLast().to()).isNull();
        assertThat(story.record.residence().get(1).to()).isNotNull();
        assertThat(findings(story, Reason.HostUpgraded)).hasSize(2);
    }

    @Test
    void a_move_that_is_too_old_to_be_told_late_is_not_judged_by_todays_build_however_often_it_is_told() {
        story.host("host-9", BUILD_B);
        story.move("host-9");
        story.move("host-1");
        List<Occurrence> old = story.untold();
        story.now = story.now.plus(Occurrence.TOLD_LATE).plusSeconds(5);
        story.snapshot("read past it");
        story.look();
        story.told.addAll(old);
        story.look();
        assertIncremental(story);
    }

    @Test
    void a_host_that_is_away_and_comes_back_with_the_same_build_kills_nothing() {
        story.hosts.put("host-1", new Host("host-1", "esx-host-1", BUILD_A, false));
        story.look();
        story.host("host-1", BUILD_A);
        story.look();
        assertIncremental(story);
    }

    @Test
    void while_the_build_of_the_host_cannot_be_read_nothing_is_valid() {
        story.host("host-1", null);
        story.look();
        assertNext(story, BackupType.Unknown, Reason.VCenterUnreachable);
        story.hosts.remove("host-1");
        story.look();
        assertNext(story, BackupType.Unknown, Reason.VCenterUnreachable);
    }

    @Test
    void a_host_whose_build_was_never_known_counts_as_any_build() {
        Story other = new Story();
        other.host("host-1", null);
        other.look();
        other.full("monday");
        other.host("host-1", BUILD_A);
        other.tick();
        other.look();
        assertForcesFull(other, Reason.HostUpgraded);
    }

    @Test
    void a_move_to_a_host_that_nobody_knows_any_more_counts_as_another_build() {
        story.host("host-9", BUILD_A);
        story.move("host-9");
        story.move("host-1");
        story.hosts.remove("host-9");
        story.look();
        assertForcesFull(story, Reason.HostUpgraded);
    }

    @Test
    void the_record_knows_where_the_vm_ran_in_order() {
        story.upgrade("host-1", BUILD_B);
        story.look();
        story.move("host-2");
        story.look();
        assertThat(story.record.residence()).extracting(Residence::build).containsExactly(BUILD_A, BUILD_B, BUILD_A);
        assertThat(story.record.residence()).extracting(r -> r.to() == null).containsExactly(false, false, true);
    }
}
