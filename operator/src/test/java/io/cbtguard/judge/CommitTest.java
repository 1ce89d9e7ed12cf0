package io.cbtguard.judge;

import static io.cbtguard.judge.Story.BUILD_B;
import static io.cbtguard.judge.Story.DISK1;
import static io.cbtguard.judge.Story.DISK2;
import static io.cbtguard.judge.Verdicts.assertEnded;
import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.assertNext;
import static io.cbtguard.judge.Verdicts.baselines;
import static io.cbtguard.judge.Verdicts.disk;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.judge.Request.Type;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a report makes of a run. */
class CommitTest {
    private final Story story = Story.watched();

    @Test
    void a_full_mints_a_baseline_per_disk_from_what_the_snapshot_froze() {
        Backup monday = story.full("monday");
        assertEnded(monday, Phase.Committed, Reason.Current);
        assertThat(monday.point().trust()).isEqualTo(Trust.Good);
        Baseline base = story.record.chains().getFirst().baseline(DISK1).orElseThrow();
        assertThat(base.changeId()).isEqualTo(VmState.changeId(2000, 4));
        assertThat(base.snapshot()).isEqualTo(monday.snapshot());
        assertThat(base.build()).isEqualTo(Story.BUILD_A);
        assertIncremental(story);
    }

    @Test
    void an_incremental_continues_and_moves_the_baseline_on() {
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        assertEnded(tuesday, Phase.Committed, Reason.Current);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
        assertThat(baselines(story)).allMatch(b -> b.run().equals("tuesday"));
    }

    @Test
    void a_report_given_again_changes_nothing() {
        Backup monday = story.full("monday");
        VmRecord once = story.record;
        monday.reportUnlearned();
        assertThat(story.record).isEqualTo(once);
        assertEnded(monday, Phase.Committed, Reason.Current);
    }

    @Test
    void a_report_given_again_after_its_run_was_forgotten_changes_nothing() {
        Backup monday = story.full("monday");
        story.auto("tuesday");
        story.record = Judge.forget(story.record, "monday-uid");
        VmRecord once = story.record;
        monday.reportUnlearned();
        assertThat(story.record).isEqualTo(once);
        assertThat(monday.outcome().phase()).isEqualTo(Phase.Committed);
    }

    @Test
    void a_wrong_token_is_not_committed() {
        Backup monday = story.backup("monday")
                .request(Type.Auto)
                .takeSnapshot()
                .readAll()
                .token("stolen")
                .report();
        assertEnded(monday, Phase.NotCommitted, Reason.TokenMismatch);
        assertThat(monday.point().trust()).isEqualTo(Trust.Unknown);
        assertNext(story, BackupType.Full, Reason.NoBaseline);
    }

    @Test
    void a_snapshot_from_before_the_record_began_brings_no_baseline_for_nobody_knows_what_happened_since() {
        Story early = new Story();
        String snapshot = early.vm.create("of a tool that does not ask", null, Instant.EPOCH);
        early.look();
        Backup monday = early.backup("monday").of(snapshot).readAll().report();
        assertEnded(monday, Phase.NotCommitted, Reason.CauseDuringRun);
        assertThat(monday.point().trust()).isEqualTo(Trust.Good);
        assertThat(early.verdict().forceFull().reason()).isEqualTo(Reason.NoBaseline);
        early.full("tuesday");
        assertIncremental(early);
    }

    @Test
    void a_report_without_a_decision_is_judged_by_the_same_rules() {
        String snapshot = story.snapshot("of a tool that does not ask");
        story.look();
        assertEnded(story.backup("monday").of(snapshot).readAll().report(), Phase.Committed, Reason.Current);
        assertIncremental(story);
        String next = story.snapshot("the next one");
        story.look();
        Backup tuesday = story.backup("tuesday").of(next).readChanged().report();
        assertEnded(tuesday, Phase.Committed, Reason.Current);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void a_failed_run_leaves_no_point() {
        Backup monday = story.backup("monday")
                .request(Type.Auto)
                .takeSnapshot()
                .readAll()
                .failed()
                .report();
        assertEnded(monday, Phase.Failed, Reason.ReportedFailed);
        assertThat(story.record.chains().getFirst().points()).isEmpty();
        assertThat(story.record.chains().getFirst().baselines()).isEmpty();
    }

    @Test
    void ids_that_the_snapshot_never_had_are_a_mismatch() {
        Backup monday = story.backup("monday")
                .request(Type.Auto)
                .takeSnapshot()
                .readAll()
                .claim(DISK2, VmState.changeId(2001, 77))
                .report();
        assertEnded(monday, Phase.NotCommitted, Reason.ReportMismatch);
        assertThat(monday.point().trust()).isEqualTo(Trust.Unknown);
        assertThat(baselines(story)).isEmpty();
    }

    @Test
    void an_id_for_a_disk_of_which_the_snapshot_froze_none_is_a_mismatch() {
        story.vm.disk(DISK2).minted = false;
        Backup monday = story.backup("monday")
                .request(Type.Auto)
                .takeSnapshot()
                .readAll()
                .claim(DISK2, VmState.changeId(2001, 4))
                .report();
        assertEnded(monday, Phase.NotCommitted, Reason.ReportMismatch);
    }

    @Test
    void a_full_without_change_ids_is_a_good_point_and_no_baseline() {
        story.vm.disks.values().forEach(d -> d.minted = false);
        Backup monday = story.full("monday");
        assertEnded(monday, Phase.NotCommitted, Reason.TrackingNotActive);
        assertThat(monday.point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void an_incremental_on_a_disk_of_which_the_snapshot_froze_no_id_is_not_committed() {
        story.full("monday");
        Backup tuesday = story.backup("tuesday").request(Type.Auto);
        story.vm.disk(DISK1).minted = false;
        tuesday.takeSnapshot().readChanged().report();
        assertEnded(tuesday, Phase.NotCommitted, Reason.ReportMismatch);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Unknown);
    }

    @Test
    void an_id_that_is_not_whole_is_never_a_baseline() {
        story.policy.trustUnseenSnapshot = true;
        Backup monday = story.backup("monday")
                .request(Type.Auto)
                .takeSnapshot()
                .readAll()
                .named("snapshot-unseen")
                .claim(DISK1, "*")
                .report();
        assertThat(baselines(story)).extracting(Baseline::disk).containsExactly(DISK2);
        assertThat(monday.point().trust()).isEqualTo(Trust.Unknown);
    }

    @Test
    void a_snapshot_that_was_never_seen_leaves_an_unknown_point_and_no_baseline() {
        Backup monday = story.backup("monday")
                .request(Type.Auto)
                .takeSnapshot()
                .readAll()
                .named("snapshot-1")
                .report();
        assertEnded(monday, Phase.NotCommitted, Reason.SnapshotNotSeen);
        assertThat(monday.point().trust()).isEqualTo(Trust.Unknown);
        assertThat(baselines(story)).isEmpty();
    }

    @Test
    void a_snapshot_that_was_never_seen_is_trusted_where_policy_says_so_but_the_point_is_not_good() {
        story.policy.trustUnseenSnapshot = true;
        Backup monday = story.backup("monday")
                .request(Type.Auto)
                .takeSnapshot()
                .readAll()
                .named("snapshot-1")
                .report();
        assertEnded(monday, Phase.Committed, Reason.Current);
        assertThat(monday.point().trust()).isEqualTo(Trust.Unknown);
        assertIncremental(story);
    }

    @Test
    void a_cause_after_the_decision_counts_against_a_trusted_unseen_snapshot() {
        story.policy.trustUnseenSnapshot = true;
        Backup monday = story.backup("monday")
                .request(Type.Auto)
                .takeSnapshot()
                .readAll()
                .named("snapshot-1");
        story.upgrade("host-1", BUILD_B);
        monday.report();
        assertEnded(monday, Phase.NotCommitted, Reason.CauseDuringRun);
    }

    @Test
    void without_a_decision_an_unseen_snapshot_is_trusted_by_no_policy() {
        story.policy.trustUnseenSnapshot = true;
        String hidden = story.snapshot("reverted since and seen by nobody");
        Backup monday = story.backup("monday").of(hidden).readAll();
        story.vm.remove(hidden);
        story.told.clear();
        story.upgrade("host-1", BUILD_B);
        story.look();
        monday.report();
        assertEnded(monday, Phase.NotCommitted, Reason.SnapshotNotSeen);
        assertThat(baselines(story)).isEmpty();
    }

    @Test
    void a_snapshot_of_which_only_history_tells_is_not_seen_since_nobody_read_its_ids() {
        Backup monday = story.backup("monday").request(Type.Auto);
        String quick = story.snapshot("quick");
        monday.of(quick).readAll();
        story.remove(quick);
        story.look();
        monday.report();
        assertEnded(monday, Phase.NotCommitted, Reason.SnapshotNotSeen);
    }

    @Test
    void a_snapshot_older_than_the_decision_is_a_mismatch() {
        String older = story.snapshot("older");
        story.look();
        Backup monday =
                story.backup("monday").request(Type.Auto).of(older).readAll().report();
        assertEnded(monday, Phase.NotCommitted, Reason.ReportMismatch);
        assertThat(monday.outcome().message()).contains("before the decision");
    }

    @Test
    void an_operator_that_restarts_between_snapshot_and_report_still_knows_that_it_came_after_the_decision() {
        story.later(java.time.Duration.ofHours(5));
        Backup monday = story.backup("monday").request(Type.Auto);
        String silent = story.silentSnapshot("while the operator is away");
        story.restartOperator();
        story.look();
        monday.of(silent).readAll().report();
        assertEnded(monday, Phase.Committed, Reason.Current);
    }

    @Test
    void a_full_with_a_cause_after_its_mint_is_a_good_point_and_no_baseline() {
        Backup monday = story.backup("monday").request(Type.Auto).takeSnapshot().readAll();
        story.upgrade("host-1", BUILD_B);
        monday.report();
        assertEnded(monday, Phase.NotCommitted, Reason.CauseDuringRun);
        assertThat(monday.point().trust()).isEqualTo(Trust.Good);
        assertThat(baselines(story)).isEmpty();
    }

    @Test
    void an_incremental_with_a_cause_between_decision_and_report_is_not_committed() {
        String byHand = story.snapshot("by hand");
        story.full("monday");
        Backup tuesday =
                story.backup("tuesday").request(Type.Auto).takeSnapshot().readChanged();
        story.revert(byHand);
        tuesday.report();
        assertEnded(tuesday, Phase.NotCommitted, Reason.CauseDuringRun);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
        assertForcesFull(story, Reason.SnapshotReverted);
    }

    @Test
    void an_incremental_without_its_base_costs_its_chain_the_baselines_and_is_suspect() {
        story.full("monday");
        Backup tuesday = story.backup("tuesday")
                .request(Type.Auto)
                .takeSnapshot()
                .readChanged(DISK1, "", "")
                .report();
        assertEnded(tuesday, Phase.NotCommitted, Reason.BaseUnknown);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
        assertForcesFull(story, Reason.BaseUnknown);
        assertThat(disk(story, DISK2).state()).isEqualTo(Verdict.State.Valid);
        story.full("wednesday");
        assertIncremental(story);
    }

    @Test
    void an_incremental_without_its_base_goes_by_the_last_committed_one_if_the_policy_says_so_and_is_unknown() {
        story.policy.assumeLastBase = true;
        story.full("monday");
        Backup tuesday = story.backup("tuesday")
                .request(Type.Auto)
                .takeSnapshot()
                .readChanged(DISK1, "", "")
                .readChanged(DISK2, "", "")
                .report();
        assertEnded(tuesday, Phase.Committed, Reason.Current);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Unknown);
        assertThat(tuesday.point().disks())
                .allSatisfy(d -> assertThat(d.parentRun()).isEqualTo("monday"));
        assertIncremental(story);
        Backup wednesday = story.backup("wednesday")
                .request(Type.Auto)
                .takeSnapshot()
                .readAsDecided()
                .report();
        assertThat(wednesday.point().trust()).isEqualTo(Trust.Unknown);
    }

    @Test
    void an_assumed_base_that_is_dead_spares_nothing() {
        story.policy.assumeLastBase = true;
        String byHand = story.snapshot("by hand");
        story.full("monday");
        Backup tuesday = story.backup("tuesday").request(Type.Auto);
        story.revert(byHand);
        tuesday.takeSnapshot()
                .readChanged(DISK1, "", "")
                .readChanged(DISK2, "", "")
                .report();
        assertEnded(tuesday, Phase.NotCommitted, Reason.CauseDuringRun);
        assertThat(tuesday.point().trust()).isNotEqualTo(Trust.Good);
    }

    @Test
    void an_incremental_on_a_base_of_another_run_with_the_same_id_is_unknown_for_ids_repeat() {
        story.full("monday");
        String id =
                story.record.chains().getFirst().baseline(DISK1).orElseThrow().changeId();
        Backup tuesday = story.backup("tuesday")
                .request(Type.Auto)
                .takeSnapshot()
                .readChanged(DISK1, "somebody-else", id)
                .report();
        assertEnded(tuesday, Phase.NotCommitted, Reason.BaseUnknown);
    }

    @Test
    void a_base_that_is_unknown_harms_no_other_chain_and_no_other_namespace() {
        story.full("monday");
        story.policy.namespace = "bank";
        story.full("theirs");
        story.backup("broken")
                .request(Type.Auto)
                .takeSnapshot()
                .readChanged(DISK1, "", "")
                .report();
        assertForcesFull(story, Reason.BaseUnknown);
        story.policy.namespace = "shop";
        story.look();
        assertIncremental(story);
        assertThat(story.verdict().openFindings()).isEmpty();
    }

    @Test
    void a_target_minted_before_its_base_is_a_mismatch_even_if_its_number_is_higher() {
        String root = story.snapshot("root");
        story.vm.disks.values().forEach(d -> d.number += 10);
        String high = story.snapshot("high");
        story.look();
        story.revert(root);
        story.full("monday");
        Backup tuesday = story.backup("tuesday").of(high).readChanged().report();
        assertEnded(tuesday, Phase.NotCommitted, Reason.ReportMismatch);
        assertThat(tuesday.point().trust()).isNotEqualTo(Trust.Good);
    }

    @Test
    void a_full_of_an_older_snapshot_replaces_no_newer_baseline() {
        String older = story.snapshot("older");
        story.look();
        story.full("monday");
        Backup late = story.backup("late").of(older).read(DISK1, ReadMethod.All).report();
        assertEnded(late, Phase.NotCommitted, Reason.CauseDuringRun);
        assertThat(baselines(story)).hasSize(2).allMatch(b -> b.run().equals("monday"));
    }

    @Test
    void a_full_of_a_snapshot_from_before_the_death_brings_no_baseline_back() {
        story.full("monday");
        String older = story.snapshot("older");
        story.look();
        story.backup("tuesday")
                .request(Type.Auto)
                .takeSnapshot()
                .readChanged(DISK1, "", "")
                .report();
        story.backup("late").of(older).readAll().report();
        assertForcesFull(story, Reason.BaseUnknown);
    }

    @Test
    void a_full_ends_the_baselines_of_disks_it_did_not_read() {
        story.full("monday");
        story.backup("tuesday")
                .request(Type.Full)
                .takeSnapshot()
                .read(DISK1, ReadMethod.All)
                .report();
        assertThat(disk(story, DISK2).reason()).isEqualTo(Reason.NoBaseline);
    }

    @Test
    void a_disk_that_the_report_leaves_out_makes_the_point_unknown() {
        Backup monday = story.backup("monday")
                .request(Type.Full)
                .takeSnapshot()
                .read(DISK1, ReadMethod.All)
                .report();
        assertThat(monday.point().trust()).isEqualTo(Trust.Unknown);
        story.policy.exclude = List.of(DISK2);
        assertThat(story.backup("tuesday")
                        .request(Type.Full)
                        .takeSnapshot()
                        .read(DISK1, ReadMethod.All)
                        .report()
                        .point()
                        .trust())
                .isEqualTo(Trust.Good);
    }

    @Test
    void a_disk_that_was_added_after_the_snapshot_is_not_missed_in_the_report() {
        Backup monday = story.backup("monday").request(Type.Full).takeSnapshot().readAll();
        story.vm.disks.put("6000C29a-0003", new VmState.DiskState(2002, "Hard disk 3"));
        assertThat(monday.report().point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void a_report_of_no_disk_at_all_is_never_good() {
        story.vm.disks.clear();
        story.look();
        Backup monday = story.backup("monday").request(Type.Full).takeSnapshot().report();
        assertThat(monday.point().trust()).isEqualTo(Trust.Unknown);
    }

    @Test
    void disks_may_be_named_by_their_keys() {
        story.full("monday");
        Backup tuesday = story.backup("tuesday")
                .request(Type.Auto)
                .takeSnapshot()
                .readAsDecided()
                .byKey()
                .report();
        assertEnded(tuesday, Phase.Committed, Reason.Current);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void a_disobedient_incremental_named_by_keys_is_suspect_all_the_same() {
        String byHand = story.snapshot("by hand");
        story.full("monday");
        story.vm.disk(DISK2).epoch += 1;
        story.revert(byHand);
        Backup tuesday = story.backup("tuesday")
                .request(Type.Auto)
                .takeSnapshot()
                .readChanged()
                .byKey()
                .report();
        assertThat(tuesday.decision().type()).isEqualTo(BackupType.Full);
        assertEnded(tuesday, Phase.NotCommitted, Reason.CauseDuringRun);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
    }

    @Test
    void a_disk_that_the_vm_has_not_is_a_mismatch() {
        Backup monday = story.backup("monday")
                .request(Type.Auto)
                .takeSnapshot()
                .readAll()
                .read("nobody", ReadMethod.All)
                .report();
        assertEnded(monday, Phase.NotCommitted, Reason.ReportMismatch);
    }

    @Test
    void a_name_that_another_run_used_is_refused_without_a_decision_too() {
        story.full("monday");
        story.record = Judge.forget(story.record, "monday-uid");
        String snapshot = story.snapshot("again");
        story.look();
        Judge.Committed again = Judge.commit(
                story.record,
                story.facts(),
                story.policy.protection(),
                new Request("another-uid", "monday", "default", Type.Auto, "", false),
                new Report("", true, snapshot, List.of(), ""));
        assertThat(again.outcome().reason()).isEqualTo(Reason.NameReused);
    }

    @Test
    void an_incremental_whose_report_comes_while_sight_is_lost_is_not_called_good() {
        story.full("monday");
        Backup tuesday =
                story.backup("tuesday").request(Type.Auto).takeSnapshot().readAsDecided();
        story.vm.connected = false;
        tuesday.report();
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Unknown);
        assertThat(tuesday.point().reason()).isEqualTo("VCenterUnreachable");
    }

    @Test
    void an_incremental_whose_report_comes_while_a_revert_is_in_flight_is_not_called_good() {
        story.full("monday");
        Backup tuesday =
                story.backup("tuesday").request(Type.Auto).takeSnapshot().readAsDecided();
        story.startRevert();
        tuesday.report();
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Unknown);
    }

    @Test
    void one_disk_read_in_full_inside_an_incremental_is_fine() {
        story.full("monday");
        Baseline base = story.record.chains().getFirst().baseline(DISK1).orElseThrow();
        Backup tuesday = story.backup("tuesday")
                .request(Type.Auto)
                .takeSnapshot()
                .readChanged(DISK1, base.run(), base.changeId())
                .read(DISK2, ReadMethod.All)
                .report();
        assertEnded(tuesday, Phase.Committed, Reason.Current);
        assertThat(tuesday.point().type()).isEqualTo(BackupType.Incremental);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
    }
}
