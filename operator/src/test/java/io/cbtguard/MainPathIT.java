package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Trust;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecisionType;
import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.inventory.EsxBuild;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From a ProtectedVM to a full, an incremental, a revert, and a full again. */
@Tag("cluster")
class MainPathIT {
    private static final FakeVcenter VCENTER = new FakeVcenter();
    private static final GuardBed BED = GuardBed.start();

    @BeforeAll
    static void install() {
        BED.vcenters.put("lab.example", VCENTER);
        BED.vcenter("lab", "lab.example");
        BED.policy("gold", "{rpo: 24h}");
    }

    @AfterAll
    static void remove() {
        BED.close();
    }

    /** Plays a backup tool: asks, takes a snapshot, reports; returns the VMBackup at its end. */
    static VMBackup backUp(GuardBed bed, FakeVcenter vcenter, String vm, String moRef, String run) {
        bed.ask(run, vm, "Auto");
        VMBackup decided = bed.awaitThat(
                VMBackup.class, bed.shop, run, "decision", b -> GuardBed.condition(b, ConditionTypes.DECIDED)
                        .filter(c -> c.getStatus().equals("True"))
                        .isPresent());
        var decision = Objects.requireNonNull(decided.getStatus().decision());
        String snapshot = vcenter.snapshot(moRef, run);
        var disk = decision.disks().getFirst();
        boolean full = decision.type() == DecisionType.Full;
        bed.report(run, """
                decisionToken: %s
                outcome: Succeeded
                snapshot: {moRef: %s}
                disks:
                - {id: "%s", key: 2000, changeId: "%s", read: %s}
                """.formatted(
                decision.token(),
                snapshot,
                disk.id(),
                vcenter.changeId(moRef),
                full ? "All" : "Changed, baseRun: " + disk.baseRun() + ", baseChangeId: \"" + disk.changeId() + "\""));
        VMBackup done =
                bed.awaitThat(VMBackup.class, bed.shop, run, "end", b -> GuardBed.condition(b, ConditionTypes.COMPLETE)
                        .filter(c -> c.getStatus().equals("True"))
                        .isPresent());
        vcenter.removeSnapshot(moRef, snapshot);
        return done;
    }

    @Test
    void aVmIsBoundAndNeedsAFullUntilOneIsCommitted() {
        String moRef = VCENTER.add("fresh");
        BED.protect("fresh", "lab", "name: fresh");

        ProtectedVM vm = BED.awaitVm("fresh", ConditionTypes.FORCE_FULL, "True", "NoBaseline");

        assertThat(GuardBed.conditions(vm))
                .extracting(c -> c.getType())
                .containsExactlyElementsOf(ConditionTypes.OF_PROTECTED_VM);
        assertThat(GuardBed.has(vm, ConditionTypes.READY, "True", "Bound")).isTrue();
        assertThat(GuardBed.has(vm, ConditionTypes.FRESH, "True", "Current")).isTrue();
        assertThat(vm.getStatus().observedGeneration()).isEqualTo(1);
        assertThat(Objects.requireNonNull(vm.getStatus().vm()).moRef()).isEqualTo(moRef);

        VMBackup full = backUp(BED, VCENTER, "fresh", moRef, "fresh-1");

        assertThat(GuardBed.has(full, ConditionTypes.COMMITTED, "True", "Current"))
                .isTrue();
        assertThat(full.getStatus().trust()).isEqualTo(Trust.Good);
        vm = BED.awaitVm("fresh", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        assertThat(GuardBed.has(vm, ConditionTypes.BASELINE_VALID, "True", "Current"))
                .isTrue();
        assertThat(vm.getStatus().restorePoints()).extracting(p -> p.run()).containsExactly("fresh-1");

        VMBackup incremental = backUp(BED, VCENTER, "fresh", moRef, "fresh-2");

        assertThat(Objects.requireNonNull(incremental.getStatus().decision()).type())
                .isEqualTo(DecisionType.Incremental);
        assertThat(GuardBed.has(incremental, ConditionTypes.COMMITTED, "True", "Current"))
                .isTrue();
    }

    @Test
    void aRevertForcesAFullThatClearsIt() {
        String moRef = VCENTER.add("reverted");
        BED.protect("reverted", "lab", "moRef: " + moRef);
        BED.awaitVm("reverted", ConditionTypes.READY, "True", "Bound");
        backUp(BED, VCENTER, "reverted", moRef, "reverted-1");
        BED.awaitVm("reverted", ConditionTypes.FORCE_FULL, "False", "NotNeeded");

        long event = VCENTER.revert(moRef, "before-patch");

        ProtectedVM vm = BED.awaitVm("reverted", ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");
        var finding = vm.getStatus().findings().getFirst();
        assertThat(finding.reason()).isEqualTo("SnapshotReverted");
        var evidence = Objects.requireNonNull(finding.evidence());
        assertThat(evidence.eventKey()).isEqualTo(event);
        assertThat(evidence.user()).isEqualTo(FakeVcenter.WHO);

        BED.ask("reverted-2", "reverted", "Incremental");
        VMBackup refused = BED.awaitBackup("reverted-2", ConditionTypes.COMPLETE, "True", "SnapshotReverted");
        assertThat(Objects.requireNonNull(refused.getStatus().decision()).type())
                .isEqualTo(DecisionType.Refused);

        backUp(BED, VCENTER, "reverted", moRef, "reverted-3");
        BED.awaitVm("reverted", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }

    @Test
    void anotherBuildOfTheHostForcesAFull() {
        String moRef = VCENTER.add("upgraded");
        BED.protect("upgraded", "lab", "inventoryPath: /DC0/vm/shop/upgraded");
        BED.awaitVm("upgraded", ConditionTypes.READY, "True", "Bound");
        backUp(BED, VCENTER, "upgraded", moRef, "upgraded-1");

        VCENTER.build("host-1", new EsxBuild("8.0.3", 24414501));

        BED.awaitVm("upgraded", ConditionTypes.FORCE_FULL, "True", "HostUpgraded");
        VCENTER.build("host-1", FakeVcenter.BUILD);
    }

    @Test
    void anAnnotationAsksForAFullOnce() {
        String moRef = VCENTER.add("asked");
        BED.protect("asked", "lab", "name: asked");
        BED.awaitVm("asked", ConditionTypes.READY, "True", "Bound");
        backUp(BED, VCENTER, "asked", moRef, "asked-1");
        BED.awaitVm("asked", ConditionTypes.FORCE_FULL, "False", "NotNeeded");

        BED.admin.resource(BED.protectedVm("asked")).edit(vm -> {
            vm.getMetadata().getAnnotations().put("cbtguard.io/request-full", "because");
            return vm;
        });

        BED.awaitVm("asked", ConditionTypes.FORCE_FULL, "True", "FullRequested");
        backUp(BED, VCENTER, "asked", moRef, "asked-2");
        BED.awaitVm("asked", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }
}
