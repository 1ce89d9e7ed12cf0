package io.cbtguard.judge;

import static io.cbtguard.judge.Story.BUILD_A;
import static io.cbtguard.judge.Story.BUILD_B;
import static io.cbtguard.judge.Story.DISK1;
import static io.cbtguard.judge.Verdicts.assertEnded;
import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.assertNext;
import static io.cbtguard.judge.Verdicts.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Advisory.Affected;
import io.cbtguard.judge.Advisory.Suspects;
import io.cbtguard.judge.Advisory.Trigger;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.judge.record.Trust;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vendor bulletins: which builds they name, and what follows for baselines and for points already taken. */
class AdvisoryTest {
    private static final EsxBuild OLD = new EsxBuild("6.0.0", 3073146);
    private static final long GIB = 1L << 30;

    private final Story story = Story.watched();

    private static Advisory growth(boolean needsReset) {
        return new Advisory(
                "broadcom-310751",
                "A disk that grows across 128 GiB",
                Trigger.DiskResize,
                List.of(new Affected(BUILD_A.version(), 0, null)),
                List.of(),
                128 * GIB,
                true,
                Suspects.Incrementals,
                needsReset,
                "Switch tracking off and on, then take a full backup.");
    }

    private void onAnAffectedHost() {
        story.policy.hostUpgrade = Rules.HostUpgrade.WhenAffected;
        story.host("host-1", OLD);
        story.look();
    }

    @ParameterizedTest
    @CsvSource({
        "6.0.0, 2494584, false",
        "6.0.0, 2494585, true",
        "6.0.0, 3073146, true",
        "6.0.0, 3247719, true",
        "6.0.0, 3247720, false",
        "5.5.0, 2638301, false",
        "5.5.0, 3116895, false",
    })
    void it_names_builds_of_its_own_version_up_to_the_fixed_one(String version, long build, boolean named) {
        assertThat(Bulletins.builds(Suspects.None).mayCover(new EsxBuild(version, build)))
                .isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource({"100, 127, false", "100, 128, true", "128, 200, false", "200, 256, true", "130, 1030, true"})
    void growth_counts_across_the_boundary_and_its_multiples_by_powers_of_two(long from, long to, boolean counts) {
        assertThat(growth(false).crosses(from * GIB, to * GIB)).isEqualTo(counts);
    }

    @Test
    void applied_late_it_kills_the_baseline_and_marks_the_points_that_were_taken_on_such_a_build() {
        onAnAffectedHost();
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
        story.policy.advisories = List.of(Bulletins.builds(Suspects.Incrementals));
        story.look();
        assertForcesFull(story, Reason.AffectedHostBuild);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
        assertThat(tuesday.point().reason()).isEqualTo("AffectedHostBuild");
        assertThat(findings(story, Reason.AffectedHostBuild).getFirst().remedy())
                .startsWith("Patch");
    }

    @Test
    void a_full_that_was_read_by_tracking_is_marked_only_if_the_bulletin_says_so() {
        onAnAffectedHost();
        Backup monday = story.backup("monday")
                .request(Request.Type.Full)
                .takeSnapshot()
                .readAll()
                .removeSnapshot()
                .report();
        story.policy.advisories = List.of(Bulletins.builds(Suspects.IncrementalsAndFullsUsingCbt));
        story.look();
        assertThat(monday.point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void while_the_vm_stays_there_every_backup_is_a_full_one_and_each_is_good() {
        story.policy.advisories = List.of(Bulletins.builds(Suspects.Incrementals));
        onAnAffectedHost();
        Backup monday = story.auto("monday");
        assertEnded(monday, Phase.Committed, Reason.Current);
        assertThat(monday.point().trust()).isEqualTo(Trust.Good);
        assertForcesFull(story, Reason.AffectedHostBuild);
        story.auto("tuesday");
        assertForcesFull(story, Reason.AffectedHostBuild);
    }

    @Test
    void once_the_host_is_patched_one_full_is_enough() {
        story.policy.advisories = List.of(Bulletins.builds(Suspects.Incrementals));
        onAnAffectedHost();
        story.auto("monday");
        story.upgrade("host-1", BUILD_B);
        story.look();
        assertForcesFull(story, Reason.AffectedHostBuild);
        story.auto("tuesday");
        story.look();
        assertIncremental(story);
    }

    @Test
    void a_policy_that_only_warns_goes_on_and_its_points_are_suspect() {
        story.policy.affectedHost = Rules.AffectedHost.Warn;
        story.policy.advisories = List.of(Bulletins.builds(Suspects.Incrementals));
        onAnAffectedHost();
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        assertThat(tuesday.decision().type()).isEqualTo(BackupType.Incremental);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
        assertThat(story.verdict().atRisk().reason()).isEqualTo(Reason.NewestRestorePointSuspect);
        story.full("wednesday");
        assertThat(story.verdict().atRisk().reason()).isEqualTo(Reason.AffectedHostBuild);
    }

    @Test
    void a_policy_that_refuses_backups_there_says_why() {
        story.policy.affectedHost = Rules.AffectedHost.Refuse;
        story.policy.advisories = List.of(Bulletins.builds(Suspects.Incrementals));
        onAnAffectedHost();
        Backup monday = story.backup("monday").request(Request.Type.Auto);
        assertThat(monday.decision().type()).isEqualTo(BackupType.Refused);
        assertThat(monday.decision().reason()).isEqualTo(Reason.AffectedHostBuild);
    }

    @Test
    void a_host_that_is_fixed_otherwise_is_excepted() {
        story.policy.advisories = List.of(Bulletins.builds(Suspects.Incrementals, "esx-host-1"));
        onAnAffectedHost();
        story.full("monday");
        assertIncremental(story);
    }

    @Test
    void a_build_that_nobody_knows_may_be_any_and_makes_points_unknown_not_suspect() {
        story.policy.advisories = List.of(Bulletins.builds(Suspects.Incrementals));
        story.policy.hostUpgrade = Rules.HostUpgrade.WhenAffected;
        story.full("monday");
        story.host("host-9", null);
        story.move("host-9");
        story.move("host-1");
        story.look();
        assertForcesFull(story, Reason.AffectedHostBuild);
    }

    private Backup acrossAStayThatNobodyWatched() {
        story.policy.hostUpgrade = Rules.HostUpgrade.WhenAffected;
        story.full("monday");
        story.move("host-9");
        story.later(Duration.ofHours(1));
        story.move("host-1");
        Backup tuesday = story.auto("tuesday");
        story.policy.advisories = List.of(Bulletins.builds(Suspects.Incrementals));
        story.look();
        return tuesday;
    }

    @Test
    void a_stay_between_two_looks_on_a_host_whose_build_was_seen_before_and_after_makes_suspect() {
        story.hosts.put("host-9", new Host("host-9", "esx-9", OLD, true, story.position()));

        assertThat(acrossAStayThatNobodyWatched().point().trust()).isEqualTo(Trust.Suspect);
        assertForcesFull(story, Reason.NewestRestorePointSuspect);
    }

    @Test
    void a_stay_between_two_looks_on_a_host_whose_build_was_seen_only_later_makes_unknown() {
        Position later = new Position(0, story.key + 1_000, story.now.plus(Duration.ofHours(2)));
        story.hosts.put("host-9", new Host("host-9", "esx-9", OLD, true, later));

        assertThat(acrossAStayThatNobodyWatched().point().trust()).isEqualTo(Trust.Unknown);
    }

    @Test
    void an_advisory_that_is_gone_clears_nothing() {
        onAnAffectedHost();
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        story.policy.advisories = List.of(Bulletins.builds(Suspects.Incrementals));
        story.look();
        story.policy.advisories = List.of();
        story.look();
        assertForcesFull(story, Reason.AffectedHostBuild);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
    }

    @Test
    void another_build_alone_is_no_cause_where_the_policy_asks_the_bulletins() {
        story.policy.hostUpgrade = Rules.HostUpgrade.WhenAffected;
        story.policy.advisories = List.of(Bulletins.builds(Suspects.Incrementals));
        story.full("monday");
        story.upgrade("host-1", BUILD_B);
        story.look();
        assertIncremental(story);
        assertThat(story.auto("tuesday").point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void growth_across_the_boundary_kills_and_is_cured_as_the_bulletin_says() {
        story.vm.disk(DISK1).capacity = 100 * GIB;
        story.look();
        story.full("monday");
        story.policy.advisories = List.of(growth(true));
        story.vm.disk(DISK1).capacity = 200 * GIB;
        story.reconfigured();
        story.look();
        assertForcesFull(story, Reason.DiskResized);
        assertThat(findings(story, Reason.DiskResized))
                .extracting(f -> f.cure())
                .contains(Cure.ResetThenFull);
        story.full("tuesday");
        assertForcesFull(story, Reason.DiskResized);
    }

    @Test
    void growth_alone_is_shown_and_kills_only_where_the_policy_says_so() {
        story.full("monday");
        story.vm.disk(DISK1).capacity *= 2;
        story.reconfigured();
        story.look();
        assertIncremental(story);
        assertThat(findings(story, Reason.DiskResized)).hasSize(1);
        story.policy.resizeKills = true;
        story.look();
        assertForcesFull(story, Reason.DiskResized);
    }

    @Test
    void time_alone_writes_nothing() {
        story.policy.advisories = List.of(Bulletins.builds(Suspects.Incrementals));
        onAnAffectedHost();
        story.full("monday");
        story.look();
        var record = story.record;
        story.look();
        assertThat(story.record).isSameAs(record);
        assertNext(story, BackupType.Full, Reason.AffectedHostBuild);
    }
}
