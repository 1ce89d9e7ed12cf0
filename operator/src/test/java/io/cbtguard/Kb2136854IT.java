package io.cbtguard;

import static io.cbtguard.BulletinEstate.decided;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.BulletinEstate.Read;
import io.cbtguard.BulletinEstate.Taken;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.Trust;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.simulator.host.HostView;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
