package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecisionType;
import io.cbtguard.api.v1alpha1.VMBackupStatus.Phase;
import io.cbtguard.fake.FakeVcenter;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What backup tools get wrong is told with its own reason and what to do; nothing else is affected, and the next run is good. */
@Tag("cluster")
class BadReportIT {
    private static final FakeVcenter VCENTER = new FakeVcenter();
    private static final GuardBed BED = GuardBed.start();
    private static Bystander bystander;

    @BeforeAll
    static void install() {
        BED.vcenters.put("good.example", VCENTER);
        BED.vcenter("good", "good.example");
        BED.policy("gold", "{}");
        BED.policy("hasty", "{reportTimeout: 1s}");
        bystander = new Bystander(BED, VCENTER, "good");
    }

    @AfterEach
    void nothingElseIsAffected() {
        bystander.isUnaffected();
    }

    @AfterAll
    static void remove() {
        try {
            bystander.goesOnWithItsChain();
        } finally {
            BED.close();
        }
    }

    /** The next run of the VM is asked for, reported as decided, and committed; the operator was not restarted. */
    private static void recovers(String vm) {
        VMBackup next = BED.backUp(VCENTER, vm, moRef(vm), vm + "-again");
        assertThat(GuardBed.has(next, ConditionTypes.COMMITTED, "True", "Current"))
                .isTrue();
        BED.awaitVm(vm, ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }

    private static String message(CustomResource<?, ?> object, String type) {
        return GuardBed.condition(object, type).orElseThrow().getMessage();
    }

    private static VMBackup decided(String vm, String run, String policy) {
        String moRef = VCENTER.add(vm);
        BED.protect(vm, "good", "moRef: " + moRef, policy);
        BED.awaitVm(vm, ConditionTypes.READY, "True", "Bound");
        BED.ask(run, vm, "Auto");
        return BED.awaitBackup(run, ConditionTypes.DECIDED, "True", "NoBaseline");
    }

    private static String moRef(String vm) {
        return Objects.requireNonNull(
                Objects.requireNonNull(BED.protectedVm(vm).getStatus().vm()).moRef());
    }

    private static void report(VMBackup run, String token, String snapshot, String disk) {
        BED.report(run.getMetadata().getName(), """
                decisionToken: "%s"
                outcome: Succeeded
                snapshot: {moRef: %s}
                disks: [{key: 2000, %s}]
                """.formatted(token, snapshot, disk));
    }

    private static String token(VMBackup run) {
        return Objects.requireNonNull(
                Objects.requireNonNull(run.getStatus().decision()).token());
    }

    @Test
    void aBackupOfNoProtectedVmIsRefusedAtOnce() {
        BED.ask("of-nothing", "nobody", "Auto");

        VMBackup refused = BED.awaitBackup("of-nothing", ConditionTypes.COMPLETE, "True", "VMNotFound");

        assertThat(GuardBed.has(refused, ConditionTypes.DECIDED, "True", "VMNotFound"))
                .isTrue();
        assertThat(Objects.requireNonNull(refused.getStatus().decision()).type())
                .isEqualTo(DecisionType.Refused);
        assertThat(message(refused, ConditionTypes.COMPLETE)).contains("no ProtectedVM nobody", "create it");
    }

    @Test
    void aBackupOfAVmThatIsNotReadyIsRefusedWithThatReason() {
        BED.protect("ghost", "good", "name: no-such-vm");
        BED.awaitVm("ghost", ConditionTypes.READY, "False", "VMNotFound");
        BED.ask("of-a-ghost", "ghost", "Auto");

        BED.awaitBackup("of-a-ghost", ConditionTypes.COMPLETE, "True", "VMNotFound");
    }

    @Test
    void aSecondReportAndARemovedOneAreRefusedAtAdmission() {
        VMBackup run = decided("reported", "reported-1", "gold");
        String snapshot = VCENTER.snapshot(moRef("reported"), "backup");
        report(run, token(run), snapshot, "changeId: \"" + VCENTER.changeId(moRef("reported")) + "\", read: All");
        BED.awaitBackup("reported-1", ConditionTypes.COMPLETE, "True", "Current");

        assertThatThrownBy(() -> BED.report("reported-1", "{outcome: Failed}"))
                .hasMessageContaining("report cannot be changed");
        assertThatThrownBy(() -> BED.patch(BED.backup("reported-1"), "spec: {report: null}"))
                .hasMessageContaining("report cannot be removed");
        assertThat(GuardBed.has(BED.backup("reported-1"), ConditionTypes.COMMITTED, "True", "Current"))
                .isTrue();
        VCENTER.removeSnapshot(moRef("reported"), snapshot);
        recovers("reported");
    }

    @Test
    void aWrongTokenIsNotCommitted() {
        VMBackup run = decided("misread", "misread-1", "gold");
        String snapshot = VCENTER.snapshot(moRef("misread"), "backup");

        report(run, "wrong", snapshot, "changeId: \"" + VCENTER.changeId(moRef("misread")) + "\", read: All");

        VMBackup told = BED.awaitBackup("misread-1", ConditionTypes.COMPLETE, "True", "TokenMismatch");
        assertThat(GuardBed.has(told, ConditionTypes.COMMITTED, "False", "TokenMismatch"))
                .isTrue();
        assertThat(message(told, ConditionTypes.COMMITTED)).contains("status.decision.token");
        BED.awaitVm("misread", ConditionTypes.FORCE_FULL, "True", "NoBaseline");
        recovers("misread");
    }

    @Test
    void aReportForAnExpiredRunBringsNoBaseline() {
        VMBackup run = decided("tardy", "tardy-1", "hasty");
        String snapshot = VCENTER.snapshot(moRef("tardy"), "backup");
        BED.awaitThat(
                VMBackup.class,
                BED.shop,
                "tardy-1",
                "expiry",
                b -> b.getStatus().phase() == Phase.Expired);

        report(run, token(run), snapshot, "changeId: \"" + VCENTER.changeId(moRef("tardy")) + "\", read: All");

        VMBackup told = BED.awaitThat(VMBackup.class, BED.shop, "tardy-1", "status of the report", b -> Long.valueOf(2)
                .equals(b.getStatus().observedGeneration()));
        assertThat(GuardBed.has(told, ConditionTypes.COMPLETE, "True", "RunExpired"))
                .isTrue();
        assertThat(GuardBed.has(told, ConditionTypes.COMMITTED, "False", "RunExpired"))
                .isTrue();
        assertThat(message(told, ConditionTypes.COMMITTED)).containsIgnoringCase("ask anew");
        ProtectedVM vm = BED.awaitThat(ProtectedVM.class, BED.shop, "tardy", "point", p -> !p.getStatus()
                .restorePoints()
                .isEmpty());
        assertThat(vm.getStatus().restorePoints().getFirst().trust()).isEqualTo(io.cbtguard.api.v1alpha1.Trust.Unknown);
        assertThat(GuardBed.has(vm, ConditionTypes.FORCE_FULL, "True", "NoBaseline"))
                .isTrue();

        BED.policy("hasty", "{reportTimeout: 1h}");

        recovers("tardy");
    }

    @Test
    void aReportForARefusedRunLeavesAPointAndNoBaseline() {
        String moRef = VCENTER.add("wilful");
        BED.protect("wilful", "good", "moRef: " + moRef);
        BED.awaitVm("wilful", ConditionTypes.READY, "True", "Bound");
        BED.ask("wilful-1", "wilful", "Incremental");
        VMBackup refused = BED.awaitBackup("wilful-1", ConditionTypes.COMPLETE, "True", "NoBaseline");
        String snapshot = VCENTER.snapshot(moRef, "backup");

        report(refused, "none", snapshot, "changeId: \"" + VCENTER.changeId(moRef) + "\", read: All");

        ProtectedVM vm = BED.awaitThat(ProtectedVM.class, BED.shop, "wilful", "point", p -> !p.getStatus()
                .restorePoints()
                .isEmpty());
        assertThat(vm.getStatus().restorePoints().getFirst().trust()).isEqualTo(io.cbtguard.api.v1alpha1.Trust.Unknown);
        staysRefused("wilful-1", "NoBaseline");
        BED.awaitVm("wilful", ConditionTypes.FORCE_FULL, "True", "NoBaseline");
        recovers("wilful");
    }

    @Test
    void aReportForARunRefusedBeforeItsRecordHeardOfItChangesNothing() {
        BED.ask("of-a-late-comer", "late-comer", "Auto");
        VMBackup refused = BED.awaitBackup("of-a-late-comer", ConditionTypes.COMPLETE, "True", "VMNotFound");
        String moRef = VCENTER.add("late-comer");
        BED.protect("late-comer", "good", "moRef: " + moRef);
        BED.awaitVm("late-comer", ConditionTypes.READY, "True", "Bound");
        String snapshot = VCENTER.snapshot(moRef, "backup");

        report(refused, "none", snapshot, "changeId: \"" + VCENTER.changeId(moRef) + "\", read: All");

        staysRefused("of-a-late-comer", "VMNotFound");
        BED.awaitVm("late-comer", ConditionTypes.FORCE_FULL, "True", "NoBaseline");
    }

    private static void staysRefused(String run, String reason) {
        VMBackup told = BED.awaitThat(VMBackup.class, BED.shop, run, "status of the report", b -> Long.valueOf(2)
                .equals(b.getStatus().observedGeneration()));
        assertThat(told.getStatus().phase()).isEqualTo(Phase.Refused);
        assertThat(Objects.requireNonNull(told.getStatus().decision()).type()).isEqualTo(DecisionType.Refused);
        assertThat(GuardBed.has(told, ConditionTypes.COMMITTED, "False", reason))
                .isTrue();
    }

    @Test
    void anIncrementalReportWithoutItsBaseIsBaseUnknown() {
        VMBackup run = decided("baseless", "baseless-1", "gold");
        String snapshot = VCENTER.snapshot(moRef("baseless"), "backup");

        report(run, token(run), snapshot, "changeId: \"" + VCENTER.changeId(moRef("baseless")) + "\", read: Changed");

        VMBackup told = BED.awaitBackup("baseless-1", ConditionTypes.COMMITTED, "False", "BaseUnknown");
        assertThat(message(told, ConditionTypes.COMMITTED)).contains("the next backup of this chain must be full");
        ProtectedVM vm = BED.awaitThat(ProtectedVM.class, BED.shop, "baseless", "point", p -> !p.getStatus()
                .restorePoints()
                .isEmpty());
        assertThat(vm.getStatus().restorePoints().getFirst().trust()).isEqualTo(io.cbtguard.api.v1alpha1.Trust.Suspect);
        recovers("baseless");
    }

    @Test
    void anIncrementalReportOnABaseThatIsNotThisChainsEndsTheBaseline() {
        String moRef = VCENTER.add("astray");
        BED.protect("astray", "good", "moRef: " + moRef);
        BED.awaitVm("astray", ConditionTypes.READY, "True", "Bound");
        BED.backUp(VCENTER, "astray", moRef, "astray-1");
        BED.ask("astray-2", "astray", "Auto");
        VMBackup run = BED.awaitBackup("astray-2", ConditionTypes.DECIDED, "True", "BaselineValid");
        String snapshot = VCENTER.snapshot(moRef, "backup");

        report(
                run,
                token(run),
                snapshot,
                "changeId: \"" + VCENTER.changeId(moRef)
                        + "\", read: Changed, baseRun: other, baseChangeId: \"52 00/1\"");

        BED.awaitBackup("astray-2", ConditionTypes.COMMITTED, "False", "BaseUnknown");
        BED.awaitVm("astray", ConditionTypes.FORCE_FULL, "True", "BaseUnknown");
        recovers("astray");
    }

    @Test
    void aReportWithAnIdThatTheSnapshotNeverHadIsAMismatch() {
        VMBackup run = decided("liar", "liar-1", "gold");
        String snapshot = VCENTER.snapshot(moRef("liar"), "backup");

        report(run, token(run), snapshot, "changeId: \"52 00 00/77\", read: All");

        VMBackup told = BED.awaitBackup("liar-1", ConditionTypes.COMMITTED, "False", "ReportMismatch");
        assertThat(message(told, ConditionTypes.COMMITTED))
                .contains("report the change ID of the snapshot's own configuration");
        BED.awaitVm("liar", ConditionTypes.FORCE_FULL, "True", "NoBaseline");
        recovers("liar");
    }

    @Test
    void aReportOfASnapshotThatNobodySawIsNotCommitted() {
        VMBackup run = decided("unseen", "unseen-1", "gold");

        report(run, token(run), "snapshot-4711", "changeId: \"52 00 00/77\", read: All");

        VMBackup told = BED.awaitBackup("unseen-1", ConditionTypes.COMMITTED, "False", "SnapshotNotSeen");
        assertThat(message(told, ConditionTypes.COMMITTED)).contains("report snapshot.moRef");
        recovers("unseen");
    }

    @Test
    void aFailedRunIsFailed() {
        decided("failing", "failing-1", "gold");
        VMBackup run = BED.backup("failing-1");
        BED.report("failing-1", "{decisionToken: \"" + token(run) + "\", outcome: Failed, message: disk full}");

        VMBackup told = BED.awaitBackup("failing-1", ConditionTypes.COMPLETE, "True", "ReportedFailed");

        assertThat(told.getStatus().phase()).isEqualTo(Phase.Failed);
    }
}
