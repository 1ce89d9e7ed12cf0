package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.inventory.VirtualMachine;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Restarts, restored records, a VCenter created anew, a VM out of sight: nothing turns Valid that was not, nothing is missed. */
@Tag("cluster")
class StoresThatGoBackIT {
    private final FakeVcenter vcenter = new FakeVcenter();
    private final GuardBed bed = GuardBed.start();
    private String moRef = "";

    @BeforeEach
    void aVmWithAValidBaseline() {
        bed.vcenters.put("lab.example", vcenter);
        bed.vcenter("lab", "lab.example");
        bed.policy("gold", "{}");
        moRef = vcenter.add("web");
        bed.protect("web", "lab", "name: web");
        bed.awaitVm("web", ConditionTypes.READY, "True", "Bound");
        bed.backUp(vcenter, "web", moRef, "web-1");
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }

    @AfterEach
    void remove() {
        bed.close();
    }

    private void cursorIsWritten() {
        bed.awaitThat(
                VCenter.class, bed.own, "lab", "cursor", v -> v.getStatus().eventCursor() != null);
    }

    private void reverted() {
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");
    }

    @Test
    void aRevertWhileTheOperatorIsDownIsFoundAtItsStart() {
        cursorIsWritten();
        bed.stopOperator();
        vcenter.revert(moRef, "before");

        bed.startOperator();

        reverted();
    }

    @Test
    void aRestartAloneChangesNoStatus() {
        ProtectedVM before = bed.protectedVm("web");
        bed.stopOperator();

        bed.startOperator();

        bed.awaitVcenter("lab", ConditionTypes.CONNECTED, "True", "Connected");
        String moRef2 = vcenter.add("other");
        bed.protect("other", "lab", "moRef: " + moRef2);
        bed.awaitVm("other", ConditionTypes.READY, "True", "Bound");
        assertThat(bed.protectedVm("web").getStatus()).isEqualTo(before.getStatus());
        assertThat(bed.record("web")).isNotNull();
    }

    @Test
    void aVmThatWasRenamedRevertedAndRenamedBackMeanwhileIsStillTheSame() {
        cursorIsWritten();
        bed.stopOperator();
        vcenter.change(moRef, vm -> renamed(vm, "elsewhere"));
        vcenter.revert(moRef, "before");
        vcenter.add("web"); // another VM of that name

        bed.startOperator();

        reverted();
        assertThat(Objects.requireNonNull(bed.protectedVm("web").getStatus().vm())
                        .moRef())
                .isEqualTo(moRef);
    }

    private static VirtualMachine renamed(VirtualMachine vm, String name) {
        return new VirtualMachine(
                vm.moRef(),
                vm.instanceUuid(),
                name,
                "/DC0/vm/shop/" + name,
                vm.host(),
                true,
                vm.powerState(),
                false,
                "r",
                true,
                true,
                vm.disks(),
                vm.snapshots(),
                vm.currentSnapshot());
    }

    @Test
    void historyThatIsGoneMeanwhileIsAGap() {
        cursorIsWritten();
        bed.stopOperator();
        vcenter.expireHistory();

        bed.startOperator();

        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "True", "EventGap");
        VCenter shown = bed.awaitVcenter("lab", ConditionTypes.EVENTS_COMPLETE, "False", "EventGap");
        assertThat(shown.getStatus().gaps()).hasSize(1);
    }

    @Test
    void aVcenterCreatedAnewTakesUpItsRecordsAndTheirHistory() {
        bed.admin.resource(bed.get(VCenter.class, bed.own, "lab")).delete();
        bed.awaitVm("web", ConditionTypes.READY, "False", "VCenterNotFound");
        vcenter.revert(moRef, "before");

        bed.vcenterWithoutSecret("lab", "lab.example");

        reverted();
        assertThat(bed.protectedVm("web").getStatus().restorePoints()).hasSize(1);
    }

    @Test
    void aRecordPutBackFromAnOlderCopyVouchesForNothing() {
        VMRecord old = bed.record("web");
        vcenter.revert(moRef, "before");
        reverted();

        old.getMetadata().setResourceVersion(null);
        bed.admin.resource(old).update();

        ProtectedVM vm = bed.awaitThat(ProtectedVM.class, bed.shop, "web", "own record again", v -> Long.valueOf(
                        Objects.requireNonNull(bed.record("web").getMetadata().getGeneration()))
                .equals(bed.record("web").getGeneration()));
        Awaitility.await().atMost(GuardBed.PATIENCE).until(() -> GuardBed.condition(
                        bed.protectedVm("web"), ConditionTypes.FORCE_FULL)
                .orElseThrow()
                .getStatus()
                .equals("True"));
        assertThat(GuardBed.condition(vm, ConditionTypes.BASELINE_VALID)
                        .orElseThrow()
                        .getStatus())
                .isNotEqualTo("True");
    }

    @Test
    void aRecordDeletedAndCreatedAnewFromACopyVouchesForNothing() {
        VMRecord old = bed.record("web");
        bed.stopOperator();
        bed.admin.resource(old).delete();
        old.getMetadata().setResourceVersion(null);
        old.getMetadata().setUid(null);
        bed.admin.resource(old).create();

        bed.startOperator();

        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "True", "EventGap");
    }

    @Test
    void aRecordThatCannotBeReadIsToldAsThatAndDecidesNothing() {
        bed.patch(bed.record("web"), "evidenceThrough: {key: null}");

        bed.awaitVm("web", ConditionTypes.READY, "False", "RecordUnreadable");
        bed.ask("web-2", "web", "Auto");

        bed.awaitBackup("web-2", ConditionTypes.COMPLETE, "True", "RecordUnreadable");
    }

    @Test
    void aRecordThatIsLostBeginsAnewWithoutABaseline() {
        bed.admin.resource(bed.record("web")).delete();

        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "True", "NoBaseline");
    }

    @Test
    void aVmOutOfSightIsReadAgainOnItsReturn() {
        VirtualMachine gone = vcenter.remove(moRef);
        bed.awaitThat(
                VMRecord.class,
                bed.own,
                bed.record("web").getMetadata().getName(),
                "loss",
                r -> Objects.requireNonNull(r.getSighting()).lostSince() != null);
        vcenter.revert(moRef, "before"); // seen by nobody now

        vcenter.put(gone);

        reverted();
    }

    @Test
    void aVmDeletedInVcenterIsNotFoundAfterItsGraceAndItsRecordKept() {
        vcenter.remove(moRef);
        bed.awaitVm("web", ConditionTypes.FRESH, "Unknown", "VMNotFound");
        assertThat(GuardBed.has(bed.protectedVm("web"), ConditionTypes.READY, "True", "Bound"))
                .isTrue();

        bed.clock.forward(Duration.ofMinutes(6));
        bed.touch("web");

        bed.awaitVm("web", ConditionTypes.READY, "False", "VMNotFound");
        assertThat(bed.record("web")).isNotNull();
    }

    @Test
    void aVmRegisteredAnewIsTakenUpWithItsRecordButNotItsBaseline() {
        VirtualMachine gone = vcenter.remove(moRef);
        bed.awaitVm("web", ConditionTypes.FRESH, "Unknown", "VMNotFound");
        vcenter.put(new VirtualMachine(
                "vm-4711",
                gone.instanceUuid(),
                gone.name(),
                gone.inventoryPath(),
                gone.host(),
                true,
                gone.powerState(),
                false,
                "n",
                true,
                true,
                gone.disks(),
                gone.snapshots(),
                gone.currentSnapshot()));
        bed.clock.forward(Duration.ofMinutes(6));
        bed.touch("web");

        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "True", "EventGap");
        assertThat(bed.record("web").getBinding()).isNotNull();
        assertThat(Objects.requireNonNull(bed.record("web").getBinding()).moRef())
                .isEqualTo("vm-4711");
        assertThat(bed.protectedVm("web").getStatus().restorePoints()).hasSize(1);
    }
}
