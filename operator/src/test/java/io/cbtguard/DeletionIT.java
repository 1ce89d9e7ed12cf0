package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.BackupPolicy;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus.Phase;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.fake.FakeVcenter;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What deletion and suspension of each object mean; nothing blocks them. */
@Tag("cluster")
class DeletionIT {
    private final FakeVcenter vcenter = new FakeVcenter();
    private final GuardBed bed = GuardBed.start();
    private String moRef = "";

    @BeforeEach
    void install() {
        bed.vcenters.put("lab.example", vcenter);
        bed.vcenter("lab", "lab.example");
        bed.policy("gold", "{}");
        moRef = vcenter.add("web");
        bed.protect("web", "lab", "name: web");
        bed.awaitVm("web", ConditionTypes.READY, "True", "Bound");
    }

    @AfterEach
    void remove() {
        bed.close();
    }

    private void suspend(
            Class<? extends io.fabric8.kubernetes.api.model.HasMetadata> kind,
            String namespace,
            String name,
            boolean is) {
        bed.patch(bed.get(kind, namespace, name), "spec: {suspend: %s}".formatted(is));
    }

    @Test
    void theRunsOfADeletedVmAreCancelledAndItsRecordIsTakenUpByTheNext() {
        bed.backUp(vcenter, "web", moRef, "web-1");
        bed.ask("web-2", "web", "Auto");
        bed.awaitBackup("web-2", ConditionTypes.DECIDED, "True", "BaselineValid");

        bed.admin.resource(bed.protectedVm("web")).delete();

        VMBackup told = bed.awaitBackup("web-2", ConditionTypes.COMPLETE, "True", "Cancelled");
        assertThat(told.getStatus().phase()).isEqualTo(Phase.Cancelled);
        bed.protect("again", "lab", "name: web");
        bed.awaitVm("again", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        assertThat(bed.protectedVm("again").getStatus().restorePoints()).hasSize(1);
    }

    @Test
    void evidenceReachesARecordThatNoProtectedVmHas() {
        bed.backUp(vcenter, "web", moRef, "web-1");
        bed.admin.resource(bed.protectedVm("web")).delete();
        Awaitility.await()
                .atMost(GuardBed.PATIENCE)
                .until(() -> bed.record().getMetadata().getAnnotations().containsKey("cbtguard.io/unprotected-since"));

        vcenter.revert(moRef, "before");

        Awaitility.await().atMost(GuardBed.PATIENCE).until(() -> bed.record().getFindings().stream()
                .anyMatch(f -> f.reason().equals("SnapshotReverted")));
        bed.protect("again", "lab", "name: web");
        bed.awaitVm("again", ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");
    }

    @Test
    void aProtectedVmThatNamesAnotherVcenterHasItsVmThereAndLetsGoOfTheRecordHere() {
        FakeVcenter other = new FakeVcenter();
        bed.vcenters.put("other.example", other);
        bed.vcenter("other", "other.example");
        List<String> names = List.of("web", "app", "mail", "db");
        for (String name : names) {
            other.add(name);
            if (!name.equals("web")) {
                vcenter.add(name);
                bed.protect(name, "lab", "name: " + name);
                bed.awaitVm(name, ConditionTypes.READY, "True", "Bound");
            }
        }
        List<String> before = names.stream().map(this::recordName).toList();

        names.forEach(name -> bed.protect(name, "other", "name: " + name));

        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String here = before.get(i);
            Awaitility.await(name).atMost(GuardBed.PATIENCE).until(() -> !recordName(name)
                    .equals(here));
            bed.ask(name + "-1", name, "Auto");
            bed.awaitBackup(name + "-1", ConditionTypes.DECIDED, "True", "NoBaseline");
            Awaitility.await(name).atMost(GuardBed.PATIENCE).until(() -> bed.get(VMRecord.class, bed.own, here)
                    .getMetadata()
                    .getAnnotations()
                    .containsKey("cbtguard.io/unprotected-since"));
        }
    }

    /** Empty while it has none. */
    private String recordName(String protectedVm) {
        var ref = bed.protectedVm(protectedVm).getStatus().record();
        return ref == null ? "" : ref.name();
    }

    @Test
    void aRecordIsDeletedAfterTheRetentionOfItsVcenter() {
        bed.admin.resource(bed.protectedVm("web")).delete();
        Awaitility.await()
                .atMost(GuardBed.PATIENCE)
                .until(() -> bed.record().getMetadata().getAnnotations().containsKey("cbtguard.io/unprotected-since"));

        bed.clock.forward(Duration.ofHours(2161));
        vcenter.snapshot(moRef, "any event at all");

        Awaitility.await().atMost(GuardBed.PATIENCE).until(() -> bed.records().isEmpty());
    }

    @Test
    void deletingAnOpenRunFreesItsSlot() {
        bed.ask("first", "web", "Auto");
        bed.awaitBackup("first", ConditionTypes.DECIDED, "True", "NoBaseline");
        bed.ask("second", "web", "Auto");
        bed.awaitBackup("second", ConditionTypes.DECIDED, "False", "OtherRunOpen");

        bed.admin.resource(bed.backup("first")).delete();

        bed.awaitBackup("second", ConditionTypes.DECIDED, "True", "NoBaseline");
        assertThat(bed.record().getRuns()).extracting(r -> r.name()).containsExactly("second");
    }

    @Test
    void namesOfRunsAreForOneUse() {
        bed.backUp(vcenter, "web", moRef, "web-1");
        bed.admin.resource(bed.backup("web-1")).delete();
        Awaitility.await().atMost(GuardBed.PATIENCE).until(() -> bed.find(VMBackup.class, bed.shop, "web-1")
                .isEmpty());

        bed.ask("web-1", "web", "Auto");

        bed.awaitBackup("web-1", ConditionTypes.COMPLETE, "True", "NameReused");
    }

    @Test
    void aFinishedRunIsDeletedAfterItsTime() {
        bed.apply(bed.shop, """
                apiVersion: cbtguard.io/v1alpha1
                kind: VMBackup
                metadata: {name: brief}
                spec: {protectedVMRef: {name: nobody}, ttlAfterFinished: 1s}
                """);

        Awaitility.await().atMost(GuardBed.PATIENCE).until(() -> bed.find(VMBackup.class, bed.shop, "brief")
                .isEmpty());
    }

    @Test
    void aRunRestoredFromAClusterBackupStartsNothing() {
        bed.apply(bed.shop, """
                apiVersion: cbtguard.io/v1alpha1
                kind: VMBackup
                metadata: {name: restored, labels: {velero.io/restore-name: night}}
                spec: {protectedVMRef: {name: web}}
                """);

        bed.awaitBackup("restored", ConditionTypes.COMPLETE, "True", "Cancelled");
        assertThat(bed.record().getRuns()).isEmpty();
    }

    @Test
    void aReportWithoutADecisionIsJudgedByTheSameRules() {
        String snapshot = vcenter.snapshot(moRef, "backup");
        bed.apply(bed.shop, """
                apiVersion: cbtguard.io/v1alpha1
                kind: VMBackup
                metadata: {name: told}
                spec:
                  protectedVMRef: {name: web}
                  report:
                    outcome: Succeeded
                    snapshot: {moRef: %s}
                    disks: [{key: 2000, changeId: "%s", read: All}]
                """.formatted(snapshot, vcenter.changeId(moRef)));

        VMBackup told = bed.awaitBackup("told", ConditionTypes.COMMITTED, "True", "Current");

        assertThat(GuardBed.has(told, ConditionTypes.DECIDED, "False", "NotNeeded"))
                .isTrue();
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }

    @Test
    void aSuspendedVmIsRefusedBackupsAndGoesOnCollectingEvidence() {
        bed.backUp(vcenter, "web", moRef, "web-1");
        suspend(ProtectedVM.class, bed.shop, "web", true);
        bed.awaitVm("web", ConditionTypes.READY, "False", "Suspended");

        bed.ask("web-2", "web", "Auto");
        bed.awaitBackup("web-2", ConditionTypes.COMPLETE, "True", "Suspended");
        vcenter.revert(moRef, "before");
        suspend(ProtectedVM.class, bed.shop, "web", false);

        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");
    }

    @Test
    void aSuspendedVcenterIsNotWatchedAndItsVerdictsAreUnknown() {
        bed.backUp(vcenter, "web", moRef, "web-1");
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "False", "NotNeeded");

        suspend(VCenter.class, bed.own, "lab", true);

        bed.awaitVcenter("lab", ConditionTypes.CONNECTED, "False", "Suspended");
        ProtectedVM vm = bed.awaitVm("web", ConditionTypes.FRESH, "Unknown", "Suspended");
        assertThat(GuardBed.condition(vm, ConditionTypes.BASELINE_VALID)
                        .orElseThrow()
                        .getStatus())
                .isEqualTo("Unknown");
        assertThat(vcenter.openWatches()).isZero();
        vcenter.revert(moRef, "before");

        suspend(VCenter.class, bed.own, "lab", false);

        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");
    }

    @Test
    void withoutItsPolicyAVmIsRefusedBackups() {
        bed.admin
                .resources(BackupPolicy.class)
                .inNamespace(bed.shop)
                .withName("gold")
                .delete();

        bed.awaitVm("web", ConditionTypes.READY, "False", "PolicyNotFound");
        bed.ask("lawless", "web", "Auto");
        bed.awaitBackup("lawless", ConditionTypes.COMPLETE, "True", "PolicyNotFound");
    }

    @Test
    void aPolicySumsUpItsVms() {
        bed.awaitThat(
                BackupPolicy.class,
                bed.shop,
                "gold",
                "sums",
                p -> p.getStatus() != null
                        && Long.valueOf(1).equals(p.getStatus().protectedVMs())
                        && Long.valueOf(1).equals(p.getStatus().forceFull()));
        bed.awaitThat(
                VCenter.class,
                bed.own,
                "lab",
                "count",
                v -> v.getStatus() != null
                        && Long.valueOf(1).equals(v.getStatus().protectedVMs()));
    }

    @Test
    void nothingBlocksTheEndOfANamespace() {
        bed.ask("open", "web", "Auto");
        bed.awaitBackup("open", ConditionTypes.DECIDED, "True", "NoBaseline");

        bed.admin.namespaces().withName(bed.shop).delete();

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> bed.admin.namespaces().withName(bed.shop).get() == null);
    }
}
