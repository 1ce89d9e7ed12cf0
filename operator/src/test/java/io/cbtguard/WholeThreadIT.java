package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMRecord;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From a revert in vCenter to ForceFull on a real API server, with the operator up, down, and deceived. */
@Tag("cluster")
@Tag("simulator")
class WholeThreadIT {
    private final GuardedEstate estate = GuardedEstate.up();

    @BeforeEach
    void aCommittedFull() {
        estate.awaitForceFull("True", "NoBaseline");
        assertThat(GuardedEstate.phase(estate.backup("Auto"))).isEqualTo("Committed");
        estate.awaitForceFull("False", "NotNeeded");
    }

    @AfterEach
    void down() {
        estate.close();
    }

    @Test
    void aRevertForcesAFullWithEvidenceUntilAFullIsCommittedAndAHostUpgradeForcesTheNext() {
        String before = estate.simulator.vms().snapshot(GuardedEstate.VM, "before-patch");
        assertThat(GuardedEstate.decided(estate.backup("Auto"))).isEqualTo("Incremental");

        estate.simulator.vms().as("alice@vsphere.local").revert(GuardedEstate.VM, before);

        estate.awaitForceFull("True", "SnapshotReverted");
        var finding = estate.vm().getStatus().findings().getFirst();
        assertThat(finding.reason()).isEqualTo("SnapshotReverted");
        var evidence = Objects.requireNonNull(finding.evidence());
        assertThat(evidence.user()).isEqualTo("alice@vsphere.local");
        assertThat(Objects.requireNonNull(evidence.eventKey())).isPositive();
        assertThat(estate.vm().getStatus().conditions())
                .extracting(c -> c.getType())
                .containsExactlyInAnyOrder("Ready", "Fresh", "CBTEnabled", "BaselineValid", "ForceFull", "AtRisk");
        assertThat(GuardedEstate.phase(estate.ask("Incremental"))).isEqualTo("Refused");

        assertThat(GuardedEstate.decided(estate.backup("Auto"))).isEqualTo("Full");
        estate.awaitForceFull("False", "NotNeeded");

        String host = estate.simulator.vms().get(GuardedEstate.VM).host();
        estate.simulator.hosts().setBuild(host, "8.0.3", "24414501");
        estate.awaitForceFull("True", "HostUpgraded");
    }

    static Stream<Arguments> unseen() {
        return Stream.of(
                Arguments.of("a revert", (Consumer<GuardedEstate>)
                        e -> e.simulator.vms().revert(GuardedEstate.VM, "kept")),
                Arguments.of("a revert to the current snapshot", (Consumer<GuardedEstate>)
                        e -> e.simulator.vms().revertToCurrent(GuardedEstate.VM)),
                Arguments.of("a revert followed by a new snapshot", (Consumer<GuardedEstate>) e -> {
                    e.simulator.vms().revert(GuardedEstate.VM, "kept");
                    e.simulator.vms().snapshot(GuardedEstate.VM, "after");
                }),
                Arguments.of("a revert between two renames", (Consumer<GuardedEstate>) e -> {
                    e.simulator.vms().rename(GuardedEstate.VM, "hidden");
                    e.simulator.vms().revert("hidden", "kept");
                    e.simulator.vms().rename("hidden", GuardedEstate.VM);
                }));
    }

    @ParameterizedTest(name = "{0} while the operator is down is found at its start")
    @MethodSource("unseen")
    void whatHappensWhileTheOperatorIsDownIsFound(String what, Consumer<GuardedEstate> happening) throws Exception {
        estate.simulator.vms().snapshot(GuardedEstate.VM, "kept");
        assertThat(GuardedEstate.phase(estate.backup("Auto"))).as(what).isEqualTo("Committed");
        estate.bed.stopOperator();

        happening.accept(estate);
        estate.bed.startOperator();

        estate.awaitForceFull("True", "SnapshotReverted");
    }

    @Test
    void historyThatIsGoneIsAGapNotAGuess() throws Exception {
        estate.simulator.vms().snapshot(GuardedEstate.VM, "kept");
        assertThat(GuardedEstate.phase(estate.backup("Auto"))).isEqualTo("Committed");
        estate.bed.stopOperator();

        estate.simulator.vms().revertToCurrent(GuardedEstate.VM);
        estate.simulator.expireHistory(null);
        estate.bed.startOperator();

        estate.awaitForceFull("True", "EventGap");
        VCenter shown = estate.bed.awaitVcenter("lab", ConditionTypes.EVENTS_COMPLETE, "False", "EventGap");
        assertThat(shown.getStatus().gaps()).hasSize(1);
    }

    @Test
    void aVcenterThatIsDeletedAndMadeAgainBringsNothingBack() {
        estate.simulator.vms().snapshot(GuardedEstate.VM, "kept");
        assertThat(GuardedEstate.phase(estate.backup("Auto"))).isEqualTo("Committed");
        estate.deleteVcenter();

        estate.simulator.vms().revert(GuardedEstate.VM, "kept");
        estate.declareVcenter();

        estate.awaitForceFull("True", "SnapshotReverted");
    }

    static List<Boolean> waysToPutBack() {
        return List.of(false, true);
    }

    @ParameterizedTest(name = "an older copy of the record put back (deleted first: {0}) revives no baseline")
    @MethodSource("waysToPutBack")
    void anOlderCopyOfTheRecordRevivesNoBaseline(boolean deletedFirst) throws Exception {
        VMRecord copy = estate.bed.record();
        estate.simulator.vms().snapshot(GuardedEstate.VM, "kept");
        estate.simulator.vms().revertToCurrent(GuardedEstate.VM);
        estate.awaitForceFull("True", "SnapshotReverted");
        estate.bed.stopOperator();

        VMRecord present = estate.bed.record();
        if (deletedFirst) {
            estate.bed.admin.resource(present).delete();
            copy.getMetadata().setResourceVersion(null);
            copy.getMetadata().setUid(null);
            estate.bed.admin.resource(copy).create();
        } else {
            copy.getMetadata().setResourceVersion(present.getMetadata().getResourceVersion());
            estate.bed.admin.resource(copy).update();
        }
        estate.bed.startOperator();

        estate.awaitRecord(
                "written by the operator again",
                record -> !Objects.equals(
                        record.getMetadata().getGeneration(), copy.getMetadata().getGeneration()));
        assertThat(GuardedEstate.phase(estate.ask("Incremental"))).isEqualTo("Refused");
    }
}
