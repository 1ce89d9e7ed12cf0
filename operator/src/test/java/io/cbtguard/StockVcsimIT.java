package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.cbtguard.Estate.Taken;
import io.cbtguard.api.v1alpha1.DiskVerdict;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus.DiskStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

/**
 * The whole operator on a real API server and on a vCenter that is not ours: stock vcsim, with change IDs by emulation. No event
 * tells of a revert there: it is known from the tasks in history, and in order by their queue time.
 */
@Tag("cluster")
@Tag("vcsim")
class StockVcsimIT {
    private final StockEstate estate = StockEstate.up();

    @BeforeEach
    void aCommittedFull() {
        estate.bed.awaitVcenter(Estate.VCENTER, "Ready", "True", "Connected");
        estate.awaitForceFull("True", "NoBaseline");
        var full = estate.backup("Auto");
        assertThat(Estate.decided(full)).isEqualTo("Full");
        assertThat(Estate.phase(full)).isEqualTo("Committed");
        estate.awaitForceFull("False", "NotNeeded");
    }

    @AfterEach
    void down() {
        estate.close();
    }

    @Test
    void eachDisksBaselineIsTheIdInTheSnapshotThatWasRead() {
        assertBaselines("run-1", estate.lastTaken());

        var incremental = estate.backup("Auto");

        assertThat(Estate.decided(incremental)).isEqualTo("Incremental");
        assertThat(Estate.phase(incremental)).isEqualTo("Committed");
        assertBaselines("run-2", estate.lastTaken());
    }

    private void assertBaselines(String run, Taken snapshot) {
        assertThat(snapshot.changeIds()).hasSize(2);
        var disks = estate.bed
                .awaitThat(
                        ProtectedVM.class,
                        estate.bed.shop,
                        Estate.PROTECTED,
                        "baseline of " + run,
                        vm -> disks(vm).stream()
                                .allMatch(disk -> disk.baseline() != null
                                        && run.equals(disk.baseline().run())))
                .getStatus();
        assertThat(disks.chains().getFirst().disks()).hasSize(2).allSatisfy(disk -> {
            var baseline = Objects.requireNonNull(disk.baseline());
            assertThat(disk.verdict()).isEqualTo(DiskVerdict.Valid);
            assertThat(baseline.snapshot()).isEqualTo(snapshot.moRef());
            assertThat(baseline.mintedAt()).isNotNull();
            assertThat(snapshot.changeIds())
                    .contains(entry(Objects.requireNonNull(disk.key()).intValue(), baseline.changeId()));
        });
    }

    private static List<DiskStatus> disks(ProtectedVM vm) {
        return vm.getStatus().chains().getFirst().disks();
    }

    static Stream<Arguments> reverts() {
        return Stream.of(
                Arguments.of("RevertToSnapshot_Task", "VirtualMachine.revertToSnapshot", (Consumer<StockEstate>)
                        e -> e.vcenter.revert(e.vm, e.kept())),
                Arguments.of("RevertToCurrentSnapshot_Task", "VirtualMachine.revertSnapshot", (Consumer<StockEstate>)
                        e -> e.vcenter.revertToCurrent(e.vm)));
    }

    @ParameterizedTest(name = "{0} forces a full with user and time until a full is committed")
    @MethodSource("reverts")
    void aRevertForcesAFullUntilAFullIsCommitted(String call, String task, Consumer<StockEstate> revert) {
        estate.keepSnapshot();
        assertThat(Estate.decided(estate.backup("Auto"))).as(call).isEqualTo("Incremental");
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        revert.accept(estate);

        Instant after = Instant.now();
        estate.awaitForceFull("True", "SnapshotReverted");
        var findings = estate.vm().getStatus().findings();
        assertThat(findings).extracting(finding -> finding.reason()).containsExactly("SnapshotReverted");
        assertThat(Instant.parse(Objects.requireNonNull(findings.getFirst().at())))
                .isBetween(before, after);
        var evidence = Objects.requireNonNull(findings.getFirst().evidence());
        assertThat(evidence.user()).isEqualTo("vcsim");
        assertThat(evidence.task()).isEqualTo(task);
        assertThat(evidence.eventKey()).as("no event tells of it").isNull();
        assertThat(disks(estate.vm())).allSatisfy(disk -> {
            assertThat(disk.verdict()).isEqualTo(DiskVerdict.Invalid);
            assertThat(disk.reason()).isEqualTo("SnapshotReverted");
        });

        var refused = estate.ask("Incremental");
        assertThat(Estate.phase(refused)).isEqualTo("Refused");
        assertThat(Estate.decided(refused)).isEqualTo("Refused");

        var full = estate.backup("Auto");
        assertThat(Estate.decided(full)).isEqualTo("Full");
        assertThat(Estate.phase(full)).isEqualTo("Committed");
        estate.awaitForceFull("False", "NotNeeded");
        assertThat(Estate.decided(estate.backup("Auto"))).isEqualTo("Incremental");
    }

    @Test
    void anotherBuildOfTheHostForcesAFull() {
        estate.vcenter.upgradeHostOf(estate.vm, "8.0.3", "24414501");

        estate.awaitForceFull("True", "HostUpgraded");
        var evidence = Objects.requireNonNull(
                estate.vm().getStatus().findings().getFirst().evidence());
        assertThat(evidence.oldValue()).isEqualTo("8.0.2 build 21997540");
        assertThat(evidence.newValue()).isEqualTo("8.0.3 build 24414501");
        assertThat(Estate.decided(estate.backup("Auto"))).isEqualTo("Full");
        estate.awaitForceFull("False", "NotNeeded");
    }

    static Stream<Arguments> unseen() {
        return Stream.of(
                Arguments.of(
                        "a revert", "SnapshotReverted", (Consumer<StockEstate>) e -> e.vcenter.revert(e.vm, e.kept())),
                Arguments.of("a revert to the current snapshot", "SnapshotReverted", (Consumer<StockEstate>)
                        e -> e.vcenter.revertToCurrent(e.vm)),
                Arguments.of(
                        "a revert after which the lost ID is minted again", "SnapshotReverted", (Consumer<StockEstate>)
                                e -> {
                                    e.vcenter.revert(e.vm, e.kept());
                                    e.vcenter.snapshot(e.vm, "after");
                                    e.vcenter.snapshot(e.vm, "and again");
                                }),
                Arguments.of("a revert between two renames", "SnapshotReverted", (Consumer<StockEstate>) e -> {
                    e.vcenter.rename(e.vm, "hidden");
                    e.vcenter.revert(e.vm, e.kept());
                    e.vcenter.rename(e.vm, StockEstate.VM);
                }),
                Arguments.of("an upgrade of the host", "HostUpgraded", (Consumer<StockEstate>)
                        e -> e.vcenter.upgradeHostOf(e.vm, "8.0.3", "24414501")));
    }

    @ParameterizedTest(name = "{0} while the operator is down is found at its start")
    @MethodSource("unseen")
    void whatHappensWhileTheOperatorIsDownIsFound(String what, String reason, Consumer<StockEstate> happening) {
        estate.keepSnapshot();
        assertThat(Estate.phase(estate.backup("Auto"))).as(what).isEqualTo("Committed");
        estate.bed.stopOperator();

        happening.accept(estate);
        estate.bed.startOperator();

        estate.awaitForceFull("True", reason);
    }

    @Test
    void nothingHappeningWhileTheOperatorIsDownForcesNothing() {
        estate.bed.stopOperator();

        estate.bed.startOperator();

        assertThat(Estate.decided(estate.backup("Auto"))).isEqualTo("Incremental");
        assertThat(estate.vm().getStatus().findings()).isEmpty();
    }
}
