package io.cbtguard.judge;

import static io.cbtguard.judge.Story.DISK1;
import static io.cbtguard.judge.Story.DISK2;
import static io.cbtguard.judge.Verdicts.assertEnded;
import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.baselines;
import static io.cbtguard.judge.Verdicts.disk;
import static io.cbtguard.judge.Verdicts.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.TaskInFlight;
import io.cbtguard.judge.Advisory.Suspects;
import io.cbtguard.judge.Request.Type;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.reconcile.BundledAdvisories;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole histories of the kind that fool backup tools, each under the name by which people tell it. */
class HostileHistoriesTest {
    private static final EsxBuild AFFECTED = new EsxBuild("6.0.0", 3073146);

    private final Story story = Story.watched();

    private Backup of(String chain, String run, Type type) {
        return story.backup(run)
                .chain(chain)
                .request(type)
                .takeSnapshot()
                .readAsDecided()
                .removeSnapshot()
                .report();
    }

    @Test
    void two_tools_on_one_vm_each_go_on_from_their_own_id() {
        of("nightly", "n1", Type.Full);
        of("weekly", "w1", Type.Full);
        of("nightly", "n2", Type.Auto);
        Backup nightly = of("nightly", "n3", Type.Auto);
        Backup weekly = of("weekly", "w2", Type.Auto);

        assertThat(nightly.decision().disks())
                .allSatisfy(d -> assertThat(d.baseRun()).isEqualTo("n2"));
        assertThat(weekly.decision().disks())
                .allSatisfy(d -> assertThat(d.baseRun()).isEqualTo("w1"));
        assertThat(List.of(nightly.point().trust(), weekly.point().trust())).containsOnly(Trust.Good);
    }

    @Test
    void one_of_two_tools_that_takes_the_others_id_harms_its_own_chain_only() {
        of("nightly", "n1", Type.Full);
        Backup weekly = of("weekly", "w1", Type.Full);
        String others = story.record.chains().stream()
                .filter(c -> c.name().equals("nightly"))
                .map(c -> c.baseline(DISK1).orElseThrow().changeId())
                .findFirst()
                .orElseThrow();

        Backup confused = story.backup("w2")
                .chain("weekly")
                .request(Type.Auto)
                .takeSnapshot()
                .readChanged(DISK1, "n1", others)
                .readChanged(DISK2, "n1", others)
                .report();

        assertThat(confused.point().trust()).isNotEqualTo(Trust.Good);
        assertThat(weekly.point().trust()).isEqualTo(Trust.Good);
        assertThat(of("nightly", "n2", Type.Auto).point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void an_accelerator_full_that_read_only_changed_blocks_is_no_full() {
        String byHand = story.snapshot("by hand");
        story.full("monday");
        story.revert(byHand);

        Backup tuesday = story.backup("tuesday")
                .request(Type.Full)
                .takeSnapshot()
                .readChanged()
                .removeSnapshot()
                .report();

        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void cbt_enabled_with_snapshots_then_a_full_needs_a_reset_first() {
        story.vm.tracking = false;
        story.reconfigured();
        story.look();
        story.snapshot("by hand");
        story.look();
        story.vm.tracking = true;
        story.resetTracking();
        story.look();

        assertForcesFull(story, Reason.EnabledWithSnapshots);
        Backup monday = story.full("monday");

        assertThat(monday.outcome().message()).startsWith("The restore point stands, its baseline does not.");
        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    @ParameterizedTest
    @ValueSource(longs = {-180, 180})
    void a_host_clock_three_minutes_off_changes_no_verdict(long seconds) {
        story.full("monday");
        Instant hostTime = story.now.plusSeconds(seconds);
        Interval seen = new Interval(story.position(), story.tick());
        String byHand = story.vm.create("by hand", seen, hostTime);
        story.look();
        assertIncremental(story);

        Backup tuesday =
                story.backup("tuesday").request(Type.Auto).takeSnapshot().readAsDecided();
        story.revert(byHand);
        tuesday.report();

        assertEnded(tuesday, Phase.NotCommitted, Reason.CauseDuringRun);
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void a_full_of_one_disk_after_a_revert_leaves_the_other_one_due() {
        String byHand = story.snapshot("by hand");
        story.full("monday");
        story.revert(byHand);

        story.backup("tuesday")
                .request(Type.Full)
                .takeSnapshot()
                .read(DISK1, ReadMethod.All)
                .removeSnapshot()
                .report();

        assertForcesFull(story, Reason.SnapshotReverted);
        Backup wednesday = story.auto("wednesday");
        assertThat(wednesday.decision().disks())
                .filteredOn(d -> d.id().equals(DISK2))
                .singleElement()
                .satisfies(d -> assertThat(d.type()).isEqualTo(BackupType.Full));
        assertIncremental(story);
    }

    @Test
    void an_advisory_that_hits_a_folded_series_makes_its_count_no_better_than_unknown() {
        story.policy.hostUpgrade = Rules.HostUpgrade.WhenAffected;
        story.host("host-1", AFFECTED);
        story.look();
        story.full("f1");
        story.auto("i1");
        for (String full : List.of("f2", "f3", "f4")) {
            story.full(full);
        }
        Chain before = story.record.chains().getFirst();
        assertThat(before.points()).extracting(p -> p.run()).doesNotContain("i1");

        story.policy.advisories = List.of(Bulletins.builds(Suspects.Incrementals));
        story.look();

        assertThat(story.record.chains().getFirst().folded().worst()).isEqualTo(Trust.Unknown);
        story.policy.advisories = List.of();
        story.look();
        assertThat(story.record.chains().getFirst().folded().worst()).isEqualTo(Trust.Unknown);
    }

    @Test
    void a_cause_after_a_folded_series_leaves_its_count_as_it_is() {
        String byHand = story.snapshot("by hand");
        story.full("f1");
        story.auto("i1");
        for (String full : List.of("f2", "f3", "f4")) {
            story.full(full);
        }
        story.revert(byHand);
        story.look();

        assertThat(story.record.chains().getFirst().folded().points()).isEqualTo(2);
        assertThat(story.record.chains().getFirst().folded().worst()).isEqualTo(Trust.Good);
    }

    @Test
    void a_vm_on_an_affected_host_only_while_the_operator_was_down_is_found() {
        story.policy.hostUpgrade = Rules.HostUpgrade.WhenAffected;
        story.policy.advisories = List.of(Bulletins.builds(Suspects.Incrementals));
        story.host("host-9", AFFECTED);
        story.full("monday");
        assertIncremental(story);

        story.move("host-9");
        story.later(Duration.ofHours(8));
        story.move("host-1");
        story.restartOperator();
        story.look();

        assertForcesFull(story, Reason.AffectedHostBuild);
    }

    @Test
    void the_live_change_id_in_place_of_the_snapshots_is_a_mismatch() {
        story.full("monday");
        Backup tuesday =
                story.backup("tuesday").request(Type.Auto).takeSnapshot().readAsDecided();
        story.snapshot("somebody's");
        story.look();

        tuesday.claim(DISK1, String.valueOf(story.vm.disk(DISK1).changeId())).report();

        assertThat(tuesday.outcome().phase()).isEqualTo(Phase.NotCommitted);
        assertThat(tuesday.point().trust()).isNotEqualTo(Trust.Good);
    }

    @Test
    void a_revert_between_the_tools_query_and_its_report_is_not_committed() {
        String byHand = story.snapshot("by hand");
        story.full("monday");
        Backup tuesday =
                story.backup("tuesday").request(Type.Auto).takeSnapshot().readAsDecided();

        story.revert(byHand);
        tuesday.report();

        assertEnded(tuesday, Phase.NotCommitted, Reason.CauseDuringRun);
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void a_number_regressed_on_one_disk_of_two_costs_both_for_a_revert_may_have_spared_a_number() {
        story.full("monday");
        story.vm.disk(DISK2).number -= 2;
        story.look();

        assertForcesFull(story, Reason.ChangeIdRegressed);
        assertThat(List.of(disk(story, DISK1).reason(), disk(story, DISK2).reason()))
                .containsOnly(Reason.ChangeIdRegressed);
        story.full("tuesday");
        assertIncremental(story);
    }

    @Test
    void a_tool_that_never_reports_keeps_nothing_open_for_ever() {
        story.full("monday");
        story.backup("tuesday").request(Type.Auto).takeSnapshot();
        story.later(Duration.ofHours(25)).look();
        story.record = Judge.expire(story.record, story.facts());

        assertThat(story.record.runs()).noneMatch(run -> run.open());
        assertThat(story.auto("wednesday").point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void snapshot_and_revert_tasks_that_overlap_leave_no_baseline_between_them() {
        String byHand = story.snapshot("by hand");
        story.full("monday");
        Backup tuesday = story.backup("tuesday").request(Type.Auto);
        TaskInFlight revert = story.startRevert();
        tuesday.takeSnapshot().readAsDecided();
        story.inFlight.clear();
        story.vm.revert(byHand);
        story.tell(story.occurrence(OccurrenceKind.REVERTED, new Interval(revert.queued(), story.tick()))
                .task("vm.Snapshot.revert", revert.key()));

        tuesday.report();

        assertEnded(tuesday, Phase.NotCommitted, Reason.CauseDuringRun);
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void sight_of_the_vm_lost_and_regained_around_a_revert_is_not_valid() {
        String byHand = story.snapshot("by hand");
        story.full("monday");
        story.vm.connected = false;
        story.look();
        story.silentRevert(byHand);
        story.vm.connected = true;
        story.tick();
        story.look();

        assertThat(story.verdict().nextBackup().type()).isEqualTo(BackupType.Full);
        assertThat(findings(story, Reason.EventGap)).isNotEmpty();
    }

    @Test
    void tracking_off_and_on_unseen_with_a_snapshot_present_needs_a_reset() {
        story.snapshot("by hand");
        story.full("monday");
        story.resetTracking();
        story.look();

        story.full("tuesday");

        assertForcesFull(story, Reason.EnabledWithSnapshots);
    }

    @Test
    void a_disk_excluded_for_a_while_and_included_again_is_judged_by_its_own_past() {
        String byHand = story.snapshot("by hand");
        story.full("monday");
        story.policy.exclude = List.of(DISK2);
        story.revert(byHand);
        story.backup("tuesday")
                .request(Type.Full)
                .takeSnapshot()
                .read(DISK1, ReadMethod.All)
                .removeSnapshot()
                .report();
        assertIncremental(story);

        story.policy.exclude = List.of();
        story.look();

        assertForcesFull(story, disk(story, DISK2).reason());
        assertThat(disk(story, DISK2).reason()).isIn(Reason.SnapshotReverted, Reason.NoBaseline);
    }

    @Test
    void a_record_taken_up_by_another_namespace_passes_on_no_baseline() {
        story.full("monday");
        story.policy.namespace = "other";
        story.look();

        assertForcesFull(story, Reason.NoBaseline);
    }

    @Test
    void numbers_that_stay_low_after_a_cured_revert_cost_no_second_full() {
        String byHand = story.snapshot("by hand");
        story.full("monday");
        story.auto("tuesday");
        story.auto("wednesday");
        story.revert(byHand);
        story.full("thursday");

        for (String day : List.of("friday", "saturday", "sunday")) {
            assertIncremental(story);
            assertThat(story.auto(day).point().trust()).isEqualTo(Trust.Good);
        }
        assertThat(findings(story, Reason.ChangeIdRegressed)).isEmpty();
    }

    @Test
    void a_queued_revert_that_never_ran_waits_and_kills_nothing() {
        story.full("monday");
        TaskInFlight queued = story.startRevert();
        assertThat(story.backup("tuesday").request(Type.Auto).waiting()).isNotNull();

        story.inFlight.clear();
        story.tell(story.occurrence(OccurrenceKind.REVERT_FAILED, new Interval(queued.queued(), story.tick()))
                .task("vm.Snapshot.revert", queued.key())
                .fault("RequestCanceled", false));
        story.look();

        assertIncremental(story);
    }

    @Test
    void a_policy_made_lenient_and_strict_again_does_not_bring_back_what_it_waved_through() {
        story.full("monday");
        story.policy.acceptGaps = true;
        story.gap();
        Backup tuesday = story.auto("tuesday");
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Unknown);
        story.policy.acceptGaps = false;
        story.look();

        assertThat(story.auto("wednesday").point().trust()).isEqualTo(Trust.Unknown);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Unknown);
        assertThat(story.full("thursday").point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void grown_past_128_gib_on_5_5_needs_a_reset_and_no_full_before_it_is_enough() {
        story.policy.hostUpgrade = Rules.HostUpgrade.WhenAffected;
        story.policy.advisories = BundledAdvisories.inForce();
        story.host("host-1", new EsxBuild("5.5.0", 3116895));
        story.vm.disk(DISK1).capacity = 100L << 30;
        story.look();
        story.full("monday");
        assertIncremental(story);

        story.vm.disk(DISK1).capacity = 200L << 30;
        story.reconfigured();
        story.look();

        assertForcesFull(story, Reason.DiskResized);
        story.full("tuesday");
        assertForcesFull(story, Reason.DiskResized);
        story.resetTracking();
        story.look();
        story.full("wednesday");
        assertIncremental(story);
    }

    @Test
    void a_vcenter_restored_whose_keys_grew_past_the_cursor_leaves_nothing_from_before_it_valid() {
        story.full("monday");
        story.look();
        Position lost = story.position();
        story.epoch++;
        story.key += 1_000;
        story.tell(story.occurrence(OccurrenceKind.GAP, new Interval(lost, story.tick())));
        story.look();

        assertForcesFull(story, Reason.EventGap);
        Backup disobedient = story.backup("tuesday")
                .request(Type.Auto)
                .takeSnapshot()
                .readChanged()
                .report();
        assertThat(disobedient.point().trust()).isNotEqualTo(Trust.Good);
        story.full("wednesday");
        assertIncremental(story);
    }

    @Test
    void a_store_restored_older_than_the_cursor_vouches_for_nothing_that_came_after_it() {
        String byHand = story.snapshot("by hand");
        story.full("monday");
        VmRecord copy = story.record;
        story.revert(byHand);
        story.look();
        story.full("tuesday");

        story.record = Judge.putBack(copy, copy.evidenceThrough(), story.position(), "put back");
        story.look();

        assertForcesFull(story, Reason.EventGap);
        assertThat(baselines(story)).noneMatch(Baseline::alive);
        story.full("wednesday");
        assertIncremental(story);
    }

    @Test
    void an_advisory_that_is_deleted_revives_no_baseline_and_no_point() {
        story.policy.hostUpgrade = Rules.HostUpgrade.WhenAffected;
        story.host("host-1", AFFECTED);
        story.look();
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        story.policy.advisories = List.of(Bulletins.builds(Suspects.Incrementals));
        story.look();
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);

        story.policy.advisories = List.of();
        story.look();

        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
        assertForcesFull(story, Reason.AffectedHostBuild);
        assertThat(story.auto("wednesday").decision().type()).isEqualTo(BackupType.Full);
        assertIncremental(story);
    }

    @Test
    void a_run_deleted_while_it_works_leaves_a_point_and_no_baseline_when_its_tool_reports() {
        story.full("monday");
        Backup deleted =
                story.backup("tuesday").request(Type.Auto).takeSnapshot().readAsDecided();
        story.record = Judge.cancel(story.record, deleted.uid(), story.facts(), "deleted");

        assertThat(story.record.runs()).noneMatch(run -> run.open());
        Backup wednesday = story.auto("wednesday");
        deleted.removeSnapshot().report();

        assertThat(wednesday.point().trust()).isEqualTo(Trust.Good);
        assertThat(baselines(story).map(Baseline::run)).containsOnly("wednesday");
        assertIncremental(story);
    }
}
