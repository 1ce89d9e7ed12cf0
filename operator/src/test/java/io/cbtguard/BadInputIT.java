package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecisionType;
import io.cbtguard.api.v1alpha1.VMBackupStatus.Phase;
import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.vsphere.Outage;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people get wrong is told with its own reason and what to do; nothing else is affected, and mending needs no restart. */
@Tag("cluster")
class BadInputIT {
    private static final FakeVcenter VCENTER = new FakeVcenter();
    private static final GuardBed BED = GuardBed.start();
    private static String bystander = "";

    @BeforeAll
    static void install() {
        BED.vcenters.put("good.example", VCENTER);
        BED.vcenter("good", "good.example");
        BED.policy("gold", "{}");
        BED.policy("hasty", "{reportTimeout: 1s}");
        bystander = VCENTER.add("bystander");
        BED.protect("bystander", "good", "moRef: " + bystander);
        BED.awaitVm("bystander", ConditionTypes.READY, "True", "Bound");
        BED.backUp(VCENTER, "bystander", bystander, "bystander-1");
        BED.awaitVm("bystander", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }

    @AfterEach
    void nothingElseIsAffected() {
        ProtectedVM vm = BED.protectedVm("bystander");
        assertThat(GuardBed.has(vm, ConditionTypes.READY, "True", "Bound")).isTrue();
        assertThat(GuardBed.has(vm, ConditionTypes.FRESH, "True", "Current")).isTrue();
        assertThat(GuardBed.has(vm, ConditionTypes.FORCE_FULL, "False", "NotNeeded"))
                .isTrue();
        assertThat(GuardBed.has(BED.get(VCenter.class, BED.own, "good"), ConditionTypes.READY, "True", "Connected"))
                .isTrue();
    }

    @AfterAll
    static void theBystanderGoesOnWithItsChain() {
        try {
            VMBackup next = BED.backUp(VCENTER, "bystander", bystander, "bystander-2");
            assertThat(GuardBed.has(next, ConditionTypes.COMMITTED, "True", "Current"))
                    .isTrue();
            assertThat(Objects.requireNonNull(next.getStatus().decision()).type())
                    .isEqualTo(DecisionType.Incremental);
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

    // ---- VCenters

    @Test
    void aServerThatCannotBeReachedIsUnreachableInAllItsConditions() {
        BED.vcenter("away", "away.example");

        VCenter away = BED.awaitVcenter("away", ConditionTypes.CONNECTED, "False", "Unreachable");

        assertThat(GuardBed.has(away, ConditionTypes.READY, "False", "Unreachable"))
                .isTrue();
        assertThat(GuardBed.conditions(away))
                .extracting(c -> c.getType())
                .containsExactlyElementsOf(ConditionTypes.OF_VCENTER);
    }

    @ParameterizedTest(name = "{0} is told as {1}")
    @CsvSource({
        "UNREACHABLE,Unreachable",
        "CERTIFICATE_REJECTED,CertificateRejected",
        "PRIVILEGES_MISSING,PrivilegesMissing"
    })
    void aVcenterThatRefusesIsToldAsThatAndConnectsOnceItDoesNot(Outage outage, String reason) {
        FakeVcenter vcenter = new FakeVcenter();
        vcenter.outage(outage);
        String name = reason.toLowerCase(java.util.Locale.ROOT);
        BED.vcenters.put(name + ".example", vcenter);
        BED.vcenter(name, name + ".example");
        BED.awaitVcenter(name, ConditionTypes.CONNECTED, "False", reason);

        vcenter.outage(null);

        BED.awaitVcenter(name, ConditionTypes.READY, "True", "Connected");
    }

    @Test
    void aWrongPasswordIsRejectedUntilTheSecretIsRotated() {
        FakeVcenter vcenter = new FakeVcenter();
        vcenter.password("another");
        BED.vcenters.put("rotated.example", vcenter);
        BED.vcenter("rotated", "rotated.example");
        BED.awaitVcenter("rotated", ConditionTypes.CONNECTED, "False", "CredentialsRejected");

        BED.secret("rotated", "rotated.example", "another");

        BED.awaitVcenter("rotated", ConditionTypes.READY, "True", "Connected");
    }

    @Test
    void aMissingSecretIsToldAndTakenUpWhenItComes() {
        BED.vcenters.put("secretless.example", new FakeVcenter());
        BED.vcenterWithoutSecret("secretless", "secretless.example");
        VCenter told = BED.awaitVcenter("secretless", ConditionTypes.READY, "False", "SecretNotFound");
        assertThat(message(told, ConditionTypes.READY)).contains("create it with the keys username and password");

        BED.secret("secretless", "secretless.example", FakeVcenter.PASSWORD);

        BED.awaitVcenter("secretless", ConditionTypes.READY, "True", "Connected");
    }

    @Test
    void aMissingKeyIsNamedAndTakenUpWhenItComes() {
        BED.vcenters.put("keyless.example", new FakeVcenter());
        BED.apply(BED.own, """
                apiVersion: v1
                kind: Secret
                metadata: {name: keyless, annotations: {cbtguard.io/server: keyless.example}}
                stringData: {user: someone}
                """);
        BED.vcenterWithoutSecret("keyless", "keyless.example");

        VCenter told = BED.awaitVcenter("keyless", ConditionTypes.READY, "False", "SecretKeyMissing");

        assertThat(message(told, ConditionTypes.READY)).contains("no key password", "put it there");

        BED.secret("keyless", "keyless.example", FakeVcenter.PASSWORD);

        BED.awaitVcenter("keyless", ConditionTypes.READY, "True", "Connected");
    }

    @Test
    void aSecretOfAnotherServerIsSentNowhereUntilItNamesThisOne() {
        FakeVcenter thief = new FakeVcenter();
        BED.vcenters.put("thief.example", thief);
        BED.vcenterWithoutSecret("thief", "thief.example");
        BED.secret("thief", "good.example", FakeVcenter.PASSWORD);

        VCenter told = BED.awaitVcenter("thief", ConditionTypes.READY, "False", "SecretServerMismatch");

        assertThat(message(told, ConditionTypes.READY)).contains("cbtguard.io/server: thief.example");
        assertThat(thief.openWatches()).isZero();

        BED.secret("thief", "thief.example", FakeVcenter.PASSWORD);

        BED.awaitVcenter("thief", ConditionTypes.READY, "True", "Connected");
    }

    @Test
    void theYoungerOfTwoVcentersWithOneInstanceUuidStandsBackUntilTheOlderIsGone() {
        FakeVcenter twice = new FakeVcenter();
        BED.vcenters.put("twice.example", twice);
        BED.vcenters.put("alias.example", twice);
        BED.vcenter("twice", "twice.example");
        BED.awaitVcenter("twice", ConditionTypes.READY, "True", "Connected");
        String older = BED.get(VCenter.class, BED.own, "twice").getMetadata().getCreationTimestamp();
        org.awaitility.Awaitility.await() // creation times are whole seconds
                .until(() -> java.time.Instant.now()
                        .isAfter(java.time.Instant.parse(older).plusSeconds(1)));
        BED.vcenter("alias", "alias.example");
        VCenter told = BED.awaitVcenter("alias", ConditionTypes.READY, "False", "DuplicateVCenter");
        assertThat(message(told, ConditionTypes.READY)).contains("delete one of the two");

        BED.admin
                .resources(VCenter.class)
                .inNamespace(BED.own)
                .withName("twice")
                .delete();

        BED.awaitVcenter("alias", ConditionTypes.READY, "True", "Connected");
    }

    @Test
    void aVcenterInANamespaceThatIsNotWatchedIsToldSo() {
        BED.apply(BED.shop, """
                apiVersion: cbtguard.io/v1alpha1
                kind: VCenter
                metadata: {name: stray}
                spec: {server: "https://stray.example", credentialsSecretRef: {name: stray}}
                """);

        VCenter told = BED.awaitThat(
                VCenter.class,
                BED.shop,
                "stray",
                "NamespaceNotWatched",
                v -> GuardBed.has(v, ConditionTypes.READY, "False", "NamespaceNotWatched"));
        assertThat(message(told, ConditionTypes.READY)).contains("create it in one of");
    }

    // ---- ProtectedVMs

    @Test
    void anUnknownVmIsNotFoundUntilItComes() {
        BED.protect("unborn", "good", "name: unborn");
        ProtectedVM told = BED.awaitVm("unborn", ConditionTypes.READY, "False", "VMNotFound");
        assertThat(GuardBed.conditions(told))
                .extracting(c -> c.getType())
                .containsExactlyElementsOf(ConditionTypes.OF_PROTECTED_VM);
        assertThat(message(told, ConditionTypes.READY)).contains("unborn", "check spec.vm");

        VCENTER.add("unborn");

        BED.awaitVm("unborn", ConditionTypes.READY, "True", "Bound");
    }

    @Test
    void anAmbiguousNameIsToldAndAnExactOneTaken() {
        VCENTER.add("twin", "/DC0/vm/shop/a/twin");
        VCENTER.add("twin", "/DC0/vm/shop/b/twin");
        VCENTER.add("twin", "/DC0/vm/other/twin");
        BED.protect("twin", "good", "name: twin");
        ProtectedVM told = BED.awaitVm("twin", ConditionTypes.READY, "False", "VMAmbiguous");
        assertThat(message(told, ConditionTypes.READY))
                .startsWith("2 VMs")
                .contains("spec.vm.instanceUuid, moRef or inventoryPath");
        assertThat(told.getStatus().record()).isNull();

        BED.admin.resource(BED.protectedVm("twin")).delete();
        BED.protect("twin", "good", "inventoryPath: /DC0/vm/shop/a/twin");

        BED.awaitVm("twin", ConditionTypes.READY, "True", "Bound");
    }

    @Test
    void aVmThatIsProtectedAlreadyIsSoWithoutTellingWhoseAndPassesOnWhenTheOlderGoes() {
        VCENTER.add("wanted");
        BED.protect("first-come", "good", "name: wanted");
        BED.awaitVm("first-come", ConditionTypes.READY, "True", "Bound");
        BED.protect("second", "good", "name: wanted");
        ProtectedVM told = BED.awaitVm("second", ConditionTypes.READY, "False", "AlreadyProtected");
        assertThat(message(told, ConditionTypes.READY))
                .contains("delete one of the two")
                .doesNotContain("first-come");

        BED.admin.resource(BED.protectedVm("first-come")).delete();

        BED.awaitVm("second", ConditionTypes.READY, "True", "Bound");
    }

    @Test
    void aVmOutsideTheFoldersIsNotAllowedUntilItMoves() {
        String moRef = VCENTER.add("foreign", "/DC0/vm/treasury/foreign");
        BED.protect("foreign", "good", "name: foreign");
        ProtectedVM told = BED.awaitVm("foreign", ConditionTypes.READY, "False", "NotAllowed");
        assertThat(message(told, ConditionTypes.READY)).contains("spec.access").doesNotContain("treasury");
        assertThat(told.getStatus().vm()).isNull();

        VCENTER.change(
                moRef,
                vm -> new io.cbtguard.inventory.VirtualMachine(
                        vm.moRef(),
                        vm.instanceUuid(),
                        vm.name(),
                        "/DC0/vm/shop/foreign",
                        vm.host(),
                        true,
                        vm.powerState(),
                        false,
                        "2",
                        true,
                        true,
                        vm.disks(),
                        vm.snapshots(),
                        null));

        BED.awaitVm("foreign", ConditionTypes.READY, "True", "Bound");
    }

    @Test
    void aNamespaceThatTheVcenterDoesNotAdmitMayNotUseIt() {
        String stranger = BED.own + "-stranger";
        BED.namespace(stranger, java.util.Map.of());
        BED.apply(stranger, """
                apiVersion: cbtguard.io/v1alpha1
                kind: ProtectedVM
                metadata: {name: mine}
                spec: {vcenterRef: {name: good, namespace: %s}, vm: {name: any}, policyRef: {name: gold}}
                """.formatted(BED.own));

        ProtectedVM told = BED.awaitThat(
                ProtectedVM.class,
                stranger,
                "mine",
                "NotAllowed",
                vm -> GuardBed.has(vm, ConditionTypes.READY, "False", "NotAllowed"));
        assertThat(message(told, ConditionTypes.READY)).contains("spec.access has to admit the namespace");
    }

    @Test
    void aMissingPolicyIsToldAndTakenUpWhenItComes() {
        VCENTER.add("lawless");
        BED.protect("lawless", "good", "name: lawless", "silver");
        ProtectedVM told = BED.awaitVm("lawless", ConditionTypes.READY, "False", "PolicyNotFound");
        assertThat(message(told, ConditionTypes.READY)).contains("BackupPolicy silver", "create it");
        BED.ask("of-the-lawless", "lawless", "Auto");
        BED.awaitBackup("of-the-lawless", ConditionTypes.COMPLETE, "True", "PolicyNotFound");

        BED.policy("silver", "{}");

        BED.awaitVm("lawless", ConditionTypes.READY, "True", "Bound");
    }

    @Test
    void aMissingVcenterIsToldAndTakenUpWhenItComes() {
        FakeVcenter late = new FakeVcenter();
        late.add("early");
        BED.vcenters.put("late.example", late);
        BED.protect("early", "late", "name: early");
        ProtectedVM told = BED.awaitVm("early", ConditionTypes.READY, "False", "VCenterNotFound");
        assertThat(message(told, ConditionTypes.READY)).contains("no VCenter late", "create it");

        BED.vcenter("late", "late.example");

        BED.awaitVm("early", ConditionTypes.READY, "True", "Bound");
    }

    @Test
    void aVcenterThatHasComeAndCannotBeReachedIsNotCalledMissingAnyLonger() {
        BED.protect("waiting", "far", "name: waiting");
        BED.awaitVm("waiting", ConditionTypes.READY, "False", "VCenterNotFound");

        BED.vcenter("far", "far.example");

        BED.awaitThat(ProtectedVM.class, BED.shop, "waiting", "VCenterUnreachable", vm -> GuardBed.condition(
                        vm, ConditionTypes.READY)
                .filter(c -> c.getReason().equals("VCenterUnreachable"))
                .isPresent());
    }

    @Test
    void twoWaysToNameAVmAreRefusedAtAdmission() {
        assertThatThrownBy(() -> BED.protect("both", "good", "name: a, moRef: vm-1"))
                .hasMessageContaining("name the VM in exactly one way");
    }

    // ---- VMBackups

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
        assertThatThrownBy(() -> BED.admin.resource(BED.backup("reported-1")).edit(backup -> {
                    var s = backup.getSpec();
                    backup.setSpec(new io.cbtguard.api.v1alpha1.VMBackupSpec(
                            s.protectedVMRef(), s.chain(), s.type(), s.deadline(), s.ttlAfterFinished(), null));
                    return backup;
                }))
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
