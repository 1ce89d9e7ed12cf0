package io.cbtguard;

import static io.cbtguard.BulletinEstate.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cbtguard.BulletinEstate.Read;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Trust;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.simulator.core.FaultException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * KB 1021607 (Symantec TECH136138) on a real API server: tracking, a snapshot by hand, its revert and an incremental after it on an
 * ID from before make a Suspect point; with one of them left out there is none. The tool reads as it likes, whatever it is told.
 */
@Tag("cluster")
@Tag("simulator")
class Kb1021607IT {
    private static final BulletinEstate ESTATE =
            new BulletinEstate(SimulatorOptions.defaults().withVms(5));

    @BeforeAll
    static void install() {
        ESTATE.applyBundledAdvisories();
        ESTATE.bed.policy("gold", "{rpo: 24h}");
    }

    @AfterAll
    static void close() {
        ESTATE.close();
    }

    /** With a snapshot by hand and a full after it. */
    private static void aSnapshotByHandAndAFull(String vm) {
        ESTATE.simulator.vms().as("alice@vsphere.local").snapshot(vm, "by hand");
        ESTATE.protect(vm, "gold");
        ESTATE.backUp(vm, vm + "-1", Read.All);
        assertThat(ESTATE.trust(vm, vm + "-1")).containsExactly(Trust.Good);
    }

    private static void revert(String vm) {
        ESTATE.simulator.vms().as("alice@vsphere.local").revert(vm, "by hand");
        ESTATE.awaitVm(vm, ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");
    }

    private static ProtectedVM points(String vm, int count) {
        return ESTATE.awaitVm(
                vm, count + " points", now -> now.getStatus().restorePoints().size() == count);
    }

    @Test
    void allFourTogetherMakeTheIncrementalSuspectAndSayWhoReverted() {
        String vm = "web-01";
        aSnapshotByHandAndAFull(vm);
        revert(vm);

        assertThat(decided(ESTATE.backUp(vm, vm + "-2", Read.Changed))).isEqualTo("Full");

        ProtectedVM shown = points(vm, 2);
        assertThat(ESTATE.trust(vm, vm + "-1", vm + "-2")).containsExactly(Trust.Good, Trust.Suspect);
        assertThat(shown.getStatus().findings()).anySatisfy(finding -> {
            assertThat(finding.reason()).isEqualTo("SnapshotReverted");
            assertThat(finding.evidence()).isNotNull().satisfies(evidence -> assertThat(evidence.user())
                    .isEqualTo("alice@vsphere.local"));
        });
        ESTATE.awaitVm(vm, ConditionTypes.AT_RISK, "True", "NewestRestorePointSuspect");
        ESTATE.awaitAdvisory("vmware-kb-1021607", advisory -> advisory.getStatus().conditions().stream()
                .anyMatch(c -> c.getReason().equals("InForce")));
    }

    @Test
    void withoutChangeTrackingNoPointIsSuspect() {
        String vm = "app-01";
        ESTATE.simulator.vms().setChangeTracking(vm, false);
        ESTATE.simulator.vms().snapshot(vm, "by hand");
        ESTATE.protect(vm, "gold");
        ESTATE.backUp(vm, vm + "-1", Read.All);
        ESTATE.simulator.vms().revert(vm, "by hand");

        ESTATE.backUp(vm, vm + "-2", Read.All);

        points(vm, 2);
        assertThat(ESTATE.trust(vm, vm + "-1", vm + "-2")).doesNotContain(Trust.Suspect);
    }

    @Test
    void withoutASnapshotByHandThereIsNothingToRevertToAndTheIncrementalIsGood() {
        String vm = "db-01";
        ESTATE.protect(vm, "gold");
        ESTATE.backUp(vm, vm + "-1", Read.All);
        assertThatThrownBy(() -> ESTATE.simulator.vms().revertToCurrent(vm)).isInstanceOf(FaultException.class);

        assertThat(decided(ESTATE.backUp(vm, vm + "-2"))).isEqualTo("Incremental");

        points(vm, 2);
        assertThat(ESTATE.trust(vm, vm + "-1", vm + "-2")).containsOnly(Trust.Good);
    }

    @Test
    void withoutItsRevertTheIncrementalIsGoodWhileTheSnapshotIsThereAndWhenItIsGone() {
        String vm = "mail-01";
        aSnapshotByHandAndAFull(vm);

        assertThat(decided(ESTATE.backUp(vm, vm + "-2"))).isEqualTo("Incremental");
        ESTATE.simulator.vms().removeSnapshot(vm, "by hand");
        assertThat(decided(ESTATE.backUp(vm, vm + "-3"))).isEqualTo("Incremental");

        points(vm, 3);
        assertThat(ESTATE.trust(vm, vm + "-1", vm + "-2", vm + "-3")).containsOnly(Trust.Good);
    }

    @Test
    void withoutAnIncrementalOnAnIdFromBeforeItEveryPointIsGood() {
        String vm = "file-01";
        aSnapshotByHandAndAFull(vm);
        ESTATE.backUp(vm, vm + "-2");
        revert(vm);

        assertThat(decided(ESTATE.backUp(vm, vm + "-3"))).isEqualTo("Full");
        assertThat(decided(ESTATE.backUp(vm, vm + "-4"))).isEqualTo("Incremental");

        points(vm, 4);
        assertThat(ESTATE.trust(vm, vm + "-1", vm + "-2", vm + "-3", vm + "-4")).containsOnly(Trust.Good);
    }
}
