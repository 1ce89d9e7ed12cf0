package io.cbtguard;

import static io.cbtguard.BulletinEstate.decided;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.BulletinEstate.Read;
import io.cbtguard.BulletinEstate.Taken;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Trust;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.simulator.host.HostView;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** KB 2136854 from migrations in vCenter to the restore points on a real API server, with the bundled advisory. */
@Tag("cluster")
@Tag("simulator")
class Kb2136854IT {
    private static final String AFFECTED = "3073146";
    private static final String ALWAYS = "web-01";
    private static final String WHEN_AFFECTED = "app-01";
    private static final String ON_5_5 = "db-01";

    private final BulletinEstate estate = new BulletinEstate(
            SimulatorOptions.defaults().withVms(3).withHosts(3).withEsx("6.0.0", AFFECTED));
    private String first = "";
    private String second = "";
    private String old = "";

    @BeforeEach
    void threeVmsOnTwoVersions() {
        List<String> hosts =
                estate.simulator.hosts().list().stream().map(HostView::name).toList();
        first = hosts.get(0);
        second = hosts.get(1);
        old = hosts.get(2);
        estate.simulator.hosts().setBuild(old, "5.5.0", "3029944");
        estate.simulator.vms().migrate(ALWAYS, first);
        estate.simulator.vms().migrate(WHEN_AFFECTED, first);
        estate.simulator.vms().migrate(ON_5_5, old);
        estate.bed.policy("always", "{rules: {hostUpgrade: Always}}");
        estate.bed.policy("when-affected", "{rules: {hostUpgrade: WhenAffected}}");
        estate.protect(ALWAYS, "always");
        estate.protect(WHEN_AFFECTED, "when-affected");
        estate.protect(ON_5_5, "when-affected");
    }

    @AfterEach
    void close() {
        estate.close();
    }

    private void rollingMigration(String version, String build) {
        estate.simulator.hosts().setBuild(second, version, build);
        List.of(ALWAYS, WHEN_AFFECTED).forEach(vm -> estate.simulator.vms().migrate(vm, second));
        estate.simulator.hosts().setBuild(first, version, build);
        List.of(ALWAYS, WHEN_AFFECTED).forEach(vm -> estate.simulator.vms().migrate(vm, first));
    }

    private void rollingMigration(String version, String build, boolean isOperatorUp) {
        if (!isOperatorUp) {
            estate.bed.stopOperator();
        }
        rollingMigration(version, build);
        if (!isOperatorUp) {
            estate.bed.startOperator();
        }
    }

    private void awaitHost(String vm, String build) {
        estate.awaitVm(
                vm,
                "build " + build,
                now -> Objects.equals(
                        Objects.requireNonNull(now.getStatus().vm()).esxBuild(), Long.valueOf(build)));
    }

    private void assertDecided(String vm, String run, String type) {
        assertThat(decided(estate.backUp(vm, run))).as(run).isEqualTo(type);
    }

    /** Its builds have numbers between those that the bulletin names. */
    private void the55VmIsNotTouched() {
        ProtectedVM vm = estate.awaitVm(ON_5_5, ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        assertThat(estate.trust(ON_5_5, "old-1", "old-2")).containsOnly(Trust.Good);
        assertThat(vm.getStatus().findings()).isEmpty();
        assertThat(estate.bed.record(ON_5_5).getFindings()).isEmpty();
    }

    @ParameterizedTest(name = "to {0}, operator up: {1}")
    @CsvSource({"3247720, true", "3247720, false", "3380124, true", "3380124, false"})
    void afterARollingMigrationUnderTheBulletinTheFirstBackupIsFullAndTheNextIsNot(String build, boolean isOperatorUp) {
        estate.applyBundledAdvisories();
        estate.awaitAdvisory(
                "broadcom-317933",
                advisory -> Objects.equals(advisory.getStatus().affectedVMs(), 2L)
                        && Objects.equals(advisory.getStatus().affectedHosts(), 2L));
        assertDecided(ON_5_5, "old-1", "Full");
        assertDecided(ON_5_5, "old-2", "Incremental");
        for (String vm : List.of(ALWAYS, WHEN_AFFECTED)) {
            assertDecided(vm, vm + "-1", "Full");
            // there it ages badly from its first moment on
            estate.awaitVm(vm, ConditionTypes.FORCE_FULL, "True", "AffectedHostBuild");
            assertDecided(vm, vm + "-2", "Full");
        }

        rollingMigration("6.0.0", build, isOperatorUp);

        for (String vm : List.of(ALWAYS, WHEN_AFFECTED)) {
            awaitHost(vm, build);
            // the upgrade cannot kill again what died of the bulletin, whatever the policy
            estate.awaitVm(vm, ConditionTypes.FORCE_FULL, "True", "AffectedHostBuild");
            assertDecided(vm, vm + "-3", "Full");
            estate.awaitVm(vm, ConditionTypes.FORCE_FULL, "False", "NotNeeded");
            assertDecided(vm, vm + "-4", "Incremental");
            assertThat(estate.trust(vm, vm + "-1", vm + "-2", vm + "-3", vm + "-4"))
                    .as("fulls that read everything, and one incremental on the mended build")
                    .containsOnly(Trust.Good);
        }
        estate.awaitAdvisory(
                "broadcom-317933",
                advisory -> Objects.equals(advisory.getStatus().affectedVMs(), 0L)
                        && Objects.equals(advisory.getStatus().affectedHosts(), 0L));
        the55VmIsNotTouched();
    }

    @ParameterizedTest(name = "to {0}, operator up: {1}")
    @CsvSource({"3247720, true", "3247720, false", "3380124, true", "3380124, false"})
    void aBulletinThatComesAfterTheMigrationMarksWhatRestsOnTheOldBuildAndNothingElse(
            String build, boolean isOperatorUp) {
        for (String vm : List.of(ALWAYS, WHEN_AFFECTED)) {
            assertDecided(vm, vm + "-1", "Full");
            assertDecided(vm, vm + "-2", "Incremental");
        }
        assertDecided(ON_5_5, "old-1", "Full");
        assertDecided(ON_5_5, "old-2", "Incremental");

        rollingMigration("6.0.0", build, isOperatorUp);

        estate.awaitVm(ALWAYS, ConditionTypes.FORCE_FULL, "True", "HostUpgraded");
        assertDecided(ALWAYS, ALWAYS + "-3", "Full");
        // nobody knows yet that this build counts
        assertDecided(WHEN_AFFECTED, WHEN_AFFECTED + "-3", "Incremental");
        estate.applyBundledAdvisories();

        // its ID is minted on the mended build and good; the point that it belongs to rests on an ID from the old one
        estate.awaitVm(WHEN_AFFECTED, ConditionTypes.FORCE_FULL, "True", "NewestRestorePointSuspect");
        estate.awaitVm(WHEN_AFFECTED, ConditionTypes.AT_RISK, "True", "NewestRestorePointSuspect");
        assertThat(estate.trust(WHEN_AFFECTED, WHEN_AFFECTED + "-1", WHEN_AFFECTED + "-2", WHEN_AFFECTED + "-3"))
                .containsExactly(Trust.Good, Trust.Suspect, Trust.Suspect);
        estate.awaitVm(ALWAYS, "Suspect", vm -> Objects.equals(vm.getStatus().suspectRestorePoints(), 1L));
        assertThat(estate.trust(ALWAYS, ALWAYS + "-1", ALWAYS + "-2", ALWAYS + "-3"))
                .containsExactly(Trust.Good, Trust.Suspect, Trust.Good);
        assertDecided(ALWAYS, ALWAYS + "-4", "Incremental");
        assertDecided(WHEN_AFFECTED, WHEN_AFFECTED + "-4", "Full");
        assertDecided(WHEN_AFFECTED, WHEN_AFFECTED + "-5", "Incremental");
        assertThat(estate.trust(WHEN_AFFECTED, WHEN_AFFECTED + "-4", WHEN_AFFECTED + "-5"))
                .containsOnly(Trust.Good);
        estate.awaitVm(WHEN_AFFECTED, ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        the55VmIsNotTouched();
    }

    @Test
    void aVmThatMovesBetween55BuildsWhoseNumbersLieInTheRangeIsAMatterOfPolicyOnly() {
        estate.applyBundledAdvisories();
        assertDecided(ON_5_5, "old-1", "Full");
        // a host that goes away while the VM has a snapshot is a gap of its own
        estate.bed.awaitThat(
                VMRecord.class,
                estate.bed.own,
                estate.bed.record(ON_5_5).getMetadata().getName(),
                "the snapshot is gone",
                record ->
                        Objects.requireNonNull(record.getSighting()).snapshots().isEmpty());

        estate.simulator.hosts().setBuild(old, "5.5.0", "3116895");

        awaitHost(ON_5_5, "3116895");
        assertDecided(ON_5_5, "old-2", "Incremental");
        assertThat(estate.trust(ON_5_5, "old-1", "old-2")).containsOnly(Trust.Good);
        assertThat(estate.bed.record(ON_5_5).getFindings())
                .extracting(finding -> finding.reason())
                .doesNotContain("AffectedHostBuild");
    }

    @Test
    void aDowngradeTo55IsAFullForWhoeverComesFromAnAffectedBuildOrWantsOneAlways() {
        estate.applyBundledAdvisories();
        estate.backUp(WHEN_AFFECTED, "there");
        estate.awaitVm(WHEN_AFFECTED, ConditionTypes.FORCE_FULL, "True", "AffectedHostBuild");

        rollingMigration("5.5.0", "3116895");

        assertThat(decided(estate.backUp(WHEN_AFFECTED, "down-1"))).isEqualTo("Full");
        estate.awaitVm(WHEN_AFFECTED, ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        assertThat(decided(estate.backUp(ALWAYS, "always-1"))).isEqualTo("Full");
        rollingMigration("5.5.0", "3248547");
        estate.awaitVm(ALWAYS, ConditionTypes.FORCE_FULL, "True", "HostUpgraded");
        assertThat(decided(estate.backUp(WHEN_AFFECTED, "down-2"))).isEqualTo("Incremental");
        assertThat(estate.trust(WHEN_AFFECTED, "down-1", "down-2")).containsOnly(Trust.Good);
    }

    @Test
    void aConsolidationAfterTheCommitOnAnAffectedHostSpoilsTheNextIncrementalAndNotThePoint() {
        estate.applyBundledAdvisories();
        estate.simulator.hosts().setBuild(first, "6.0.0", "3247720");
        Taken full = estate.snapshotAndReport(WHEN_AFFECTED, "kept", Read.AsDecided);
        estate.awaitVm(WHEN_AFFECTED, ConditionTypes.FORCE_FULL, "False", "NotNeeded");

        estate.simulator.vms().migrate(WHEN_AFFECTED, second);
        estate.awaitVm(WHEN_AFFECTED, ConditionTypes.FORCE_FULL, "True", "AffectedHostBuild");
        estate.simulator.vms().removeSnapshot(WHEN_AFFECTED, full.snapshot());
        estate.simulator.vms().migrate(WHEN_AFFECTED, first);

        estate.backUp(WHEN_AFFECTED, "disobedient", Read.Changed);
        estate.awaitVm(
                WHEN_AFFECTED, "the point", vm -> vm.getStatus().restorePoints().size() == 2);
        assertThat(estate.trust(WHEN_AFFECTED, "kept", "disobedient")).containsExactly(Trust.Good, Trust.Suspect);
    }
}
