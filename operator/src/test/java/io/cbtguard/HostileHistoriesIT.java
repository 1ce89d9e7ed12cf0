package io.cbtguard;

import static io.cbtguard.BulletinEstate.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cbtguard.BulletinEstate.Read;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Trust;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VCenterStatus.EventCursor;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.simulator.VcenterBackup;
import io.cbtguard.simulator.host.HostView;
import io.cbtguard.simulator.vm.VirtualMachines;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Histories that fool backup tools, from vCenter to the API server, each under the name by which people tell it. What the judge alone
 * decides is in {@code HostileHistoriesTest}.
 */
@Tag("cluster")
@Tag("simulator")
class HostileHistoriesIT {
    private static final String VM = "web-01";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BulletinEstate estate =
            new BulletinEstate(SimulatorOptions.defaults().withVms(3).withHosts(2));
    private final VirtualMachines vms = estate.simulator.vms().as("alice@vsphere.local");
    private String moRef = "";
    private String record = "";

    @BeforeEach
    void aSnapshotByHandAndAFull() {
        moRef = vms.get(VM).moRef();
        vms.snapshot(VM, "by hand");
        estate.bed.policy("gold", "{rpo: 24h, rules: {hostUpgrade: WhenAffected}}");
        estate.protect(VM, "gold");
        estate.backUp(VM, "monday", Read.All);
        estate.awaitVm(VM, ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        record = estate.bed.record(VM).getMetadata().getName();
    }

    @AfterEach
    void close() {
        estate.close();
    }

    private void revert() {
        vms.revert(moRef, "by hand");
    }

    private VMRecord awaitFinding(String reason) {
        return estate.bed.awaitThat(
                PATIENCE, VMRecord.class, estate.bed.own, record, reason, now -> now.getFindings().stream()
                        .anyMatch(f -> f.reason().equals(reason)));
    }

    /** One full is enough, and what follows is good. */
    private void recoversWithOneFull() {
        assertThat(decided(estate.backUp(VM, "full"))).isEqualTo("Full");
        estate.awaitVm(VM, ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        assertThat(decided(estate.backUp(VM, "next"))).isEqualTo("Incremental");
        assertThat(estate.trust(VM, "full", "next")).containsOnly(Trust.Good);
    }

    private static void patch(BulletinEstate estate, Class<VCenter> kind, String name, String spec) {
        estate.bed
                .admin
                .resources(kind)
                .inNamespace(estate.bed.own)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": " + spec + "}");
    }

    private static void suspend(BulletinEstate estate, boolean is) {
        estate.bed
                .admin
                .resources(ProtectedVM.class)
                .inNamespace(estate.bed.shop)
                .withName(VM)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"suspend\": " + is + "}}");
    }

    private static void admit(BulletinEstate estate, String folder) {
        patch(
                estate,
                VCenter.class,
                "lab",
                "{\"access\": [{\"namespaces\": {\"from\": \"All\"}, \"folders\": [\"" + folder + "\"]}]}");
    }

    static Stream<Arguments> whatHidesAVm() {
        return Stream.of(
                Arguments.of("renamed", step(e -> e.simulator.vms().rename(VM, "hidden")), step(e -> e.simulator
                        .vms()
                        .rename("hidden", VM))),
                Arguments.of("suspended in vCenter", step(e -> e.simulator.vms().suspend(VM)), step(e -> e.simulator
                        .vms()
                        .powerOn(VM))),
                Arguments.of(
                        "suspended here",
                        step(e -> {
                            suspend(e, true);
                            e.awaitVm(VM, ConditionTypes.READY, "False", "Suspended");
                        }),
                        step(e -> suspend(e, false))),
                Arguments.of(
                        "not allowed",
                        step(e -> {
                            admit(e, "/DC0/vm/elsewhere");
                            e.awaitVm(VM, ConditionTypes.READY, "False", "NotAllowed");
                        }),
                        step(e -> admit(e, "/DC0/vm"))));
    }

    private static Consumer<BulletinEstate> step(Consumer<BulletinEstate> step) {
        return step;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatHidesAVm")
    void aRevertWhileTheVmIsRenamedSuspendedOrNotAllowedCounts(
            String how, Consumer<BulletinEstate> begin, Consumer<BulletinEstate> end) {
        begin.accept(estate);
        revert();
        assertThat(awaitFinding("SnapshotReverted").getFindings()).as(how).hasSize(1);
        end.accept(estate);

        estate.awaitVm(VM, ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");
        recoversWithOneFull();
    }

    @Test
    void aFindingThatAStaleWriterOverwritesIsFoundAgain() {
        VMRecord stale = estate.bed.record(VM);
        revert();
        estate.awaitVm(VM, ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");

        stale.getMetadata().setResourceVersion(null);
        estate.bed.admin.resource(stale).update();

        estate.bed.awaitThat(
                PATIENCE,
                VMRecord.class,
                estate.bed.own,
                record,
                "own writing",
                now -> Objects.equals(now.getGeneration(), now.getMetadata().getGeneration()));
        VMRecord mended = awaitFinding("SnapshotReverted");
        assertThat(mended.getChains())
                .flatExtracting(chain -> chain.baselines())
                .isNotEmpty()
                .allSatisfy(baseline -> assertThat(baseline.dead()).isNotNull());
        recoversWithOneFull();
    }

    @Test
    void aVmOnAnAffectedHostOnlyWhileTheOperatorWasDownIsFound() {
        String home = vms.get(VM).host();
        String affected = estate.simulator.hosts().list().stream()
                .map(HostView::moRef)
                .filter(host -> !host.equals(home))
                .findFirst()
                .orElseThrow();
        estate.applyBundledAdvisories();
        estate.simulator.hosts().setBuild(affected, "6.0.0", "3073146");
        estate.awaitAdvisory("broadcom-317933", advisory -> advisory.getStatus().affectedHosts() != null);
        estate.bed.stopOperator();

        vms.migrate(VM, affected);
        vms.migrate(VM, home);
        estate.bed.startOperator();

        estate.awaitVm(VM, ConditionTypes.FORCE_FULL, "True", "AffectedHostBuild");
        estate.backUp(VM, "disobedient", Read.Changed);
        assertThat(estate.trust(VM, "monday", "disobedient"))
                .as("what the host ran at that time was not seen")
                .containsExactly(Trust.Good, Trust.Unknown);
        recoversWithOneFull();
    }

    @Test
    void sightOfTheVmLostAndRegainedAroundARevertHidesNothing() {
        estate.simulator.setHidden(estate.simulator.userName(), VM, true);
        estate.awaitVm(VM, ConditionTypes.FRESH, "Unknown", "VMNotFound");
        revert();
        estate.simulator.setHidden(estate.simulator.userName(), VM, false);

        estate.awaitVm(VM, ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");
        recoversWithOneFull();
    }

    @Test
    void sightOfTheHostLostForATimeIsAGapForAVmWithASnapshot() {
        String host = vms.get(VM).host();
        estate.simulator.hosts().loseConnection(host);
        estate.awaitVm(VM, ConditionTypes.BASELINE_VALID, "Unknown", "VCenterUnreachable");
        estate.simulator.hosts().answerAgain(host);

        estate.awaitVm(VM, ConditionTypes.FORCE_FULL, "True", "EventGap");
        recoversWithOneFull();
    }

    @Test
    void aRecordTakenUpByAnotherNamespacePassesOnNoBaselineAndGoesOnCollecting() {
        String other = estate.bed.own + "-other";
        estate.bed.namespace(other, Map.of());
        estate.bed.admin.resource(estate.bed.protectedVm(VM)).delete();
        estate.bed.apply(other, """
                apiVersion: cbtguard.io/v1alpha1
                kind: BackupPolicy
                metadata: {name: gold}
                spec: {rpo: 24h}
                """);
        estate.bed.apply(other, """
                apiVersion: cbtguard.io/v1alpha1
                kind: ProtectedVM
                metadata: {name: %s}
                spec: {vcenterRef: {name: lab, namespace: %s}, vm: {name: %1$s}, policyRef: {name: gold}}
                """.formatted(VM, estate.bed.own));

        ProtectedVM taken = estate.bed.awaitThat(
                PATIENCE,
                ProtectedVM.class,
                other,
                VM,
                "NoBaseline",
                now -> GuardBed.has(now, ConditionTypes.FORCE_FULL, "True", "NoBaseline"));
        assertThat(Objects.requireNonNull(taken.getStatus().record()).name()).isEqualTo(record);
        assertThat(taken.getStatus().restorePoints())
                .as("another tenant's points are nobody's business")
                .isEmpty();

        revert();
        awaitFinding("SnapshotReverted");
        estate.bed.admin.resource(taken).delete();
        estate.protect(VM, "gold");

        estate.awaitVm(VM, ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");
        assertThat(estate.trust(VM, "monday")).containsOnly(Trust.Good);
        recoversWithOneFull();
    }

    private EventCursor cursor() {
        return Objects.requireNonNull(estate.bed
                .awaitThat(
                        PATIENCE,
                        VCenter.class,
                        estate.bed.own,
                        "lab",
                        "cursor",
                        vcenter -> vcenter.getStatus().eventCursor() != null)
                .getStatus()
                .eventCursor());
    }

    private void putCursorBack(EventCursor old) {
        estate.bed
                .admin
                .resources(VCenter.class)
                .inNamespace(estate.bed.own)
                .withName("lab")
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"eventCursor\": {\"epoch\": %d, \"key\": %d, \"createdTime\": \"%s\"}}}"
                                .formatted(old.epoch(), old.key(), old.createdTime()));
    }

    private long newestKey() {
        return estate.simulator.newestEvents(1).getFirst().key();
    }

    /** Of others, so many that vCenter's keys are higher than this one. */
    private void eventsUntil(long key) {
        for (int i = 0; newestKey() <= key; i++) {
            estate.simulator.vms().rename("app-01", "app-01-" + i);
            estate.simulator.vms().rename("app-01-" + i, "app-01");
        }
    }

    /** The cursor is written every few seconds, records at once: the backup of vCenter may lie between the two. */
    @ParameterizedTest(name = "from before the cursor: {0}")
    @ValueSource(booleans = {true, false})
    void aVcenterRestoredWhileTheOperatorWasDownWhoseKeysGrewPastTheCursorIsAGap(boolean fromBeforeTheCursor) {
        EventCursor cursor = cursor();
        VcenterBackup backup = estate.simulator.backUp();
        assertThat(decided(estate.backUp(VM, "tuesday"))).isEqualTo("Incremental");
        long known = newestKey();
        if (fromBeforeTheCursor) {
            eventsUntil(known);
            estate.bed.awaitThat(
                    PATIENCE,
                    VCenter.class,
                    estate.bed.own,
                    "lab",
                    "later cursor",
                    vcenter -> Objects.requireNonNull(vcenter.getStatus().eventCursor())
                                    .key()
                            > known);
        }
        estate.bed.stopOperator();
        if (!fromBeforeTheCursor) {
            putCursorBack(cursor);
        }
        vms.revertToCurrent(VM);
        long highest = newestKey();

        estate.simulator.restore(backup, Duration.ZERO);
        eventsUntil(highest);
        estate.bed.startOperator();

        awaitFinding("EventGap");
        assertThat(decided(estate.backUp(VM, "full"))).isEqualTo("Full");
        assertThat(decided(estate.backUp(VM, "next"))).isEqualTo("Incremental");
    }

    @Test
    void snapshotAndRevertTasksThatOverlapLeaveNoBaselineBetweenThem() {
        var decision = estate.ask(VM, "tuesday");
        assertThat(String.valueOf(decision.type())).isEqualTo("Incremental");
        estate.simulator.setTaskDuration(Duration.ofSeconds(2));
        var reverted = CompletableFuture.runAsync(this::revert);
        await("the revert is queued")
                .atMost(PATIENCE)
                .until(() -> !estate.bed.record(VM).getPending().isEmpty());

        estate.snapshotAndReport(VM, "tuesday", decision, Read.AsDecided);
        reverted.join();
        estate.simulator.setTaskDuration(Duration.ZERO);

        estate.awaitVm(VM, ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");
        VMBackup tuesday = estate.bed.backup("tuesday");
        assertThat(GuardBed.has(tuesday, ConditionTypes.COMMITTED, "False", "CauseDuringRun"))
                .isTrue();
        recoversWithOneFull();
    }

    @Test
    void twoProtectedVmsOnOneVmShareNothingAndTheSecondTakesOverWithAllEvidence() {
        estate.bed.protect("second", "lab", "name: " + VM, "gold");
        estate.awaitVm("second", ConditionTypes.READY, "False", "AlreadyProtected");
        revert();
        estate.awaitVm(VM, ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");
        assertThat(estate.bed.record(VM).getFindings()).hasSize(1);

        estate.bed.admin.resource(estate.bed.protectedVm(VM)).delete();

        estate.awaitVm("second", ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");
        assertThat(estate.trust("second", "monday")).containsOnly(Trust.Good);
    }

    static List<String> clocks() {
        return List.of("2001-01-01T00:00:00Z", "2099-01-01T00:00:00Z");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clocks")
    void aToolHostsClockThatIsWrongChangesNoVerdict(String clock) {
        estate.toolTime = clock;
        assertThat(decided(estate.backUp(VM, "tuesday"))).isEqualTo("Incremental");
        assertThat(estate.trust(VM, "tuesday")).containsOnly(Trust.Good);
        var decision = estate.ask(VM, "wednesday");
        String snapshot = vms.snapshot(VM, "wednesday");
        revert();

        estate.report(VM, "wednesday", decision, snapshot, Read.AsDecided);
        estate.awaitBackup("wednesday", ConditionTypes.COMPLETE);

        assertThat(GuardBed.has(estate.bed.backup("wednesday"), ConditionTypes.COMMITTED, "False", "CauseDuringRun"))
                .isTrue();
        estate.awaitVm(VM, ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");
        recoversWithOneFull();
    }
}
