package io.cbtguard.judge;

import static io.cbtguard.judge.Story.DISK1;
import static io.cbtguard.judge.Story.DISK2;
import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.judge.Request.Type;
import io.cbtguard.judge.Rules.HostUpgrade;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.reconcile.BundledAdvisories;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * KB 2136854 (Broadcom 317933) with the bundled advisory and the builds of the time: ESXi 6.0 up to 3073146 loses blocks that a guest
 * writes while a snapshot is consolidated; 3247720 mends it, and a full is needed after the upgrade.
 */
class Kb2136854Test {
    private static final EsxBuild U1A = new EsxBuild("6.0.0", 3073146);
    private static final EsxBuild EP4 = new EsxBuild("6.0.0", 3247720);
    private static final EsxBuild U1B = new EsxBuild("6.0.0", 3380124);
    private static final EsxBuild U3_OF_5_5 = new EsxBuild("5.5.0", 3029944);
    private static final EsxBuild U3A_OF_5_5 = new EsxBuild("5.5.0", 3116895);

    private final Story story = new Story();

    private void runs(EsxBuild everywhere) {
        story.host("host-1", everywhere);
        story.host("host-2", everywhere);
        story.look();
    }

    private void theBulletinComesOut() {
        story.policy.advisories = BundledAdvisories.inForce();
        story.look();
    }

    /** Each host is emptied, upgraded and filled again; the VM, on host-1, is first moved away and then back. */
    private void rollingMigration(EsxBuild to, boolean isWatched) {
        story.upgrade("host-2", to);
        seen(isWatched);
        story.move("host-2");
        seen(isWatched);
        story.upgrade("host-1", to);
        seen(isWatched);
        story.move("host-1");
        if (!isWatched) {
            story.restartOperator();
        }
        story.look();
    }

    private void seen(boolean isWatched) {
        if (isWatched) {
            story.look();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6.0.0, 2494584, false",
        "6.0.0, 2494585, true",
        "6.0.0, 2615704, true",
        "6.0.0, 2715440, true",
        "6.0.0, 2809209, true",
        "6.0.0, 3029758, true",
        "6.0.0, 3073146, true",
        "6.0.0, 3247719, true",
        "6.0.0, 3247720, false",
        "6.0.0, 3380124, false",
        "6.0.0, 3620759, false",
        "5.5.0, 2638301, false",
        "5.5.0, 2718055, false",
        "5.5.0, 3029944, false",
        "5.5.0, 3116895, false",
        "5.5.0, 3248547, false",
        "5.1.0, 2583090, false",
        "6.5.0, 3073146, false",
    })
    void the_bundled_advisory_names_these_builds(String version, long build, boolean named) {
        EsxBuild host = new EsxBuild(version, build);
        assertThat(BundledAdvisories.inForce())
                .filteredOn(a -> a.trigger() == Advisory.Trigger.HostBuild && a.mayCover(host))
                .extracting(Advisory::name)
                .isEqualTo(named ? List.of("broadcom-317933") : List.of());
    }

    @Test
    void the_bundled_advisory_says_where_to_read_more_and_what_to_do() {
        var bundled = BundledAdvisories.object("broadcom-317933").getSpec();
        assertThat(bundled.references()).extracting(r -> r.id()).contains("KB 2136854", "Broadcom 317933");
        assertThat(bundled.remedy()).contains("3247720", "full backup");
    }

    @ParameterizedTest(name = "to {0}, operator up: {1}")
    @CsvSource({"3247720, true", "3247720, false", "3380124, true", "3380124, false"})
    void after_a_rolling_migration_no_id_from_before_it_counts_and_one_full_is_enough(long build, boolean isWatched) {
        story.policy.hostUpgrade = HostUpgrade.WhenAffected;
        runs(U1A);
        Backup monday = story.full("monday");
        Backup tuesday = story.auto("tuesday");
        rollingMigration(new EsxBuild("6.0.0", build), isWatched);
        Backup wednesday = story.auto("wednesday");
        assertThat(wednesday.decision().type()).isEqualTo(BackupType.Incremental);

        theBulletinComesOut();

        assertThat(monday.point().trust()).as("read everything").isEqualTo(Trust.Good);
        assertThat(tuesday.point().trust()).as("taken there").isEqualTo(Trust.Suspect);
        assertThat(wednesday.point().trust()).as("on an ID from there").isEqualTo(Trust.Suspect);
        assertThat(wednesday.point().reason()).isEqualTo("AffectedHostBuild");
        assertThat(story.auto("thursday").decision().type()).isEqualTo(BackupType.Full);
        assertThat(story.auto("friday").decision().type()).isEqualTo(BackupType.Incremental);
        assertThat(List.of(
                        story.backup("thursday").point().trust(),
                        story.backup("friday").point().trust()))
                .containsOnly(Trust.Good);
    }

    @ParameterizedTest(name = "to {0}, operator up: {1}")
    @CsvSource({"3247720, true", "3247720, false", "3380124, true", "3380124, false"})
    void with_the_advisory_in_force_the_first_backup_after_the_migration_is_full_and_the_next_is_not(
            long build, boolean isWatched) {
        story.policy.hostUpgrade = HostUpgrade.WhenAffected;
        story.policy.advisories = BundledAdvisories.inForce();
        runs(U1A);
        story.full("monday");
        assertForcesFull(story, Reason.AffectedHostBuild);
        rollingMigration(new EsxBuild("6.0.0", build), isWatched);

        assertForcesFull(story, Reason.AffectedHostBuild);
        assertThat(story.auto("tuesday").decision().type()).isEqualTo(BackupType.Full);
        assertIncremental(story);
        assertThat(story.auto("wednesday").point().trust()).isEqualTo(Trust.Good);
    }

    @ParameterizedTest(name = "operator up: {0}")
    @CsvSource({"true", "false"})
    void who_takes_a_full_after_every_upgrade_needs_no_bulletin_to_be_right_after_it(boolean isWatched) {
        story.policy.hostUpgrade = HostUpgrade.Always;
        runs(U1A);
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        rollingMigration(EP4, isWatched);
        assertForcesFull(story, Reason.HostUpgraded);
        Backup wednesday = story.auto("wednesday");
        Backup thursday = story.auto("thursday");

        theBulletinComesOut();

        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
        assertThat(List.of(wednesday.decision().type(), thursday.decision().type()))
                .containsExactly(BackupType.Full, BackupType.Incremental);
        assertThat(List.of(wednesday.point().trust(), thursday.point().trust())).containsOnly(Trust.Good);
        assertIncremental(story);
    }

    @ParameterizedTest
    @EnumSource(HostUpgrade.class)
    void between_builds_that_the_bulletin_does_not_name_only_the_policy_asks_for_a_full(HostUpgrade policy) {
        story.policy.hostUpgrade = policy;
        story.policy.advisories = BundledAdvisories.inForce();
        runs(EP4);
        story.full("monday");
        rollingMigration(U1B, true);

        if (policy == HostUpgrade.Always) {
            assertForcesFull(story, Reason.HostUpgraded);
        } else {
            assertIncremental(story);
        }
        assertThat(story.auto("tuesday").point().trust()).isEqualTo(Trust.Good);
        assertThat(findings(story, Reason.AffectedHostBuild)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(HostUpgrade.class)
    void on_builds_of_5_5_whose_numbers_lie_in_the_range_nothing_is_touched(HostUpgrade policy) {
        story.policy.hostUpgrade = policy;
        runs(U3_OF_5_5);
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        theBulletinComesOut();
        assertIncremental(story);

        rollingMigration(U3A_OF_5_5, true);

        if (policy == HostUpgrade.Always) {
            assertForcesFull(story, Reason.HostUpgraded);
        } else {
            assertIncremental(story);
        }
        Backup wednesday = story.auto("wednesday");
        assertThat(List.of(tuesday.point().trust(), wednesday.point().trust())).containsOnly(Trust.Good);
        assertThat(findings(story, Reason.AffectedHostBuild)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(HostUpgrade.class)
    void a_downgrade_from_there_to_5_5_needs_a_full_and_then_incrementals_are_good(HostUpgrade policy) {
        story.policy.hostUpgrade = policy;
        story.policy.advisories = BundledAdvisories.inForce();
        story.policy.affectedHost = Rules.AffectedHost.Warn;
        runs(U1A);
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        story.policy.affectedHost = Rules.AffectedHost.FullOnly;
        rollingMigration(U3A_OF_5_5, true);

        Backup wednesday = story.auto("wednesday");
        Backup thursday = story.auto("thursday");

        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
        assertThat(List.of(wednesday.decision().type(), thursday.decision().type()))
                .containsExactly(BackupType.Full, BackupType.Incremental);
        assertThat(List.of(wednesday.point().trust(), thursday.point().trust())).containsOnly(Trust.Good);
    }

    @ParameterizedTest
    @EnumSource(HostUpgrade.class)
    void a_downgrade_from_a_mended_build_to_5_5_is_a_matter_of_policy(HostUpgrade policy) {
        story.policy.hostUpgrade = policy;
        story.policy.advisories = BundledAdvisories.inForce();
        runs(U1B);
        story.full("monday");

        rollingMigration(U3A_OF_5_5, true);

        if (policy == HostUpgrade.Always) {
            assertForcesFull(story, Reason.HostUpgraded);
        } else {
            assertIncremental(story);
        }
    }

    @Test
    void an_upgrade_from_5_5_to_an_affected_build_spoils_the_first_incremental_there() {
        story.policy.hostUpgrade = HostUpgrade.WhenAffected;
        runs(U3_OF_5_5);
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        rollingMigration(U1A, true);
        Backup wednesday = story.auto("wednesday");

        theBulletinComesOut();

        assertThat(tuesday.point().trust()).as("on 5.5").isEqualTo(Trust.Good);
        assertThat(wednesday.point().trust()).as("on 6.0").isEqualTo(Trust.Suspect);
        assertForcesFull(story, Reason.AffectedHostBuild);
    }

    @Test
    void the_consolidation_after_a_commit_spoils_the_next_incremental_and_not_the_point_itself() {
        story.policy.hostUpgrade = HostUpgrade.WhenAffected;
        story.policy.advisories = BundledAdvisories.inForce();
        runs(EP4);
        story.host("host-2", U1A);
        Backup monday = story.backup("monday")
                .request(Type.Full)
                .takeSnapshot()
                .readAll()
                .report();
        assertThat(monday.point().trust()).isEqualTo(Trust.Good);

        story.move("host-2");
        monday.removeSnapshot();
        story.move("host-1");
        story.look();

        assertForcesFull(story, Reason.AffectedHostBuild);
        assertThat(monday.point().trust()).isEqualTo(Trust.Good);
        Backup tuesday = story.backup("tuesday")
                .request(Type.Auto)
                .takeSnapshot()
                .readChanged()
                .report();
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
    }

    @Test
    void the_consolidation_after_a_commit_on_a_mended_build_spoils_nothing() {
        story.policy.hostUpgrade = HostUpgrade.WhenAffected;
        story.policy.advisories = BundledAdvisories.inForce();
        runs(EP4);
        Backup monday = story.backup("monday")
                .request(Type.Full)
                .takeSnapshot()
                .readAll()
                .report();
        story.move("host-2");
        monday.removeSnapshot();
        story.move("host-1");
        story.look();

        assertIncremental(story);
        assertThat(story.auto("tuesday").point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void an_affected_host_that_the_vm_was_never_on_is_nothing_to_it() {
        story.policy.hostUpgrade = HostUpgrade.WhenAffected;
        runs(EP4);
        story.host("host-2", U1A);
        story.full("monday");
        Backup tuesday = story.auto("tuesday");

        theBulletinComesOut();

        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
        assertIncremental(story);
    }

    @Test
    void without_the_bulletin_nothing_is_known_and_nothing_is_marked() {
        story.policy.hostUpgrade = HostUpgrade.WhenAffected;
        runs(U1A);
        story.full("monday");
        Backup tuesday = story.auto("tuesday");
        rollingMigration(EP4, true);

        assertIncremental(story);
        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void fulls_that_read_everything_are_good_wherever_they_were_taken() {
        story.policy.hostUpgrade = HostUpgrade.WhenAffected;
        runs(U1A);
        Backup monday = story.full("monday");
        Backup tuesday = story.full("tuesday");
        rollingMigration(EP4, true);
        Backup wednesday = story.full("wednesday");

        theBulletinComesOut();

        assertThat(List.of(
                        monday.point().trust(),
                        tuesday.point().trust(),
                        wednesday.point().trust()))
                .containsOnly(Trust.Good);
        assertIncremental(story);
    }

    @Test
    void a_full_that_asked_tracking_what_to_read_is_suspect_there_and_cures_nothing_after_the_upgrade() {
        story.policy.hostUpgrade = HostUpgrade.WhenAffected;
        story.policy.advisories = BundledAdvisories.inForce();
        runs(U1A);
        Backup there = byTracking("monday");
        assertThat(there.point().trust()).isEqualTo(Trust.Suspect);

        rollingMigration(EP4, true);
        Backup after = byTracking("tuesday");

        assertThat(after.point().trust()).isEqualTo(Trust.Suspect);
        assertThat(story.verdict().nextBackup().type()).isEqualTo(BackupType.Full);
    }

    private Backup byTracking(String run) {
        return story.backup(run)
                .request(Type.Full)
                .takeSnapshot()
                .read(DISK1, ReadMethod.AllocatedCbt)
                .read(DISK2, ReadMethod.AllocatedCbt)
                .removeSnapshot()
                .report();
    }
}
