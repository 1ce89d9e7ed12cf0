package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.vsphere.Outage;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people get wrong in what they declare is told with its own reason and what to do; nothing else is affected, and mending needs no restart. */
@Tag("cluster")
class BadInputIT {
    private static final FakeVcenter VCENTER = new FakeVcenter();
    private static final GuardBed BED = GuardBed.start();
    private static Bystander bystander;

    @BeforeAll
    static void install() {
        BED.vcenters.put("good.example", VCENTER);
        BED.vcenter("good", "good.example");
        BED.policy("gold", "{}");
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
    void aRecordThatCannotBeMadeIsToldUntilItCan() {
        String moRef = VCENTER.add("unrecorded");
        mayCreateRecords(false);
        try {
            BED.protect("unrecorded", "good", "moRef: " + moRef);

            ProtectedVM told = BED.awaitVm("unrecorded", ConditionTypes.READY, "False", "RecordNotWritable");

            assertThat(message(told, ConditionTypes.READY)).contains("cannot be written");
            assertThat(GuardBed.has(told, ConditionTypes.FORCE_FULL, "Unknown", "RecordNotWritable"))
                    .isTrue();
        } finally {
            mayCreateRecords(true);
        }
        Awaitility.await()
                .atMost(GuardBed.PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    BED.touch("unrecorded");
                    return GuardBed.has(BED.protectedVm("unrecorded"), ConditionTypes.READY, "True", "Bound");
                });
    }

    private static void mayCreateRecords(boolean may) {
        var role = BED.admin.rbac().roles().inNamespace(BED.own).list().getItems().stream()
                .filter(r -> r.getRules().stream()
                        .anyMatch(rule -> rule.getResources().contains("vmrecords")))
                .findFirst()
                .orElseThrow();
        BED.admin.rbac().roles().resource(role).edit(r -> {
            r.getRules().stream()
                    .filter(rule -> rule.getResources().contains("vmrecords"))
                    .forEach(rule -> {
                        rule.getVerbs().remove("create");
                        if (may) {
                            rule.getVerbs().add("create");
                        }
                    });
            return r;
        });
    }

    @Test
    void twoWaysToNameAVmAreRefusedAtAdmission() {
        assertThatThrownBy(() -> BED.protect("both", "good", "name: a, moRef: vm-1"))
                .hasMessageContaining("name the VM in exactly one way");
    }
}
