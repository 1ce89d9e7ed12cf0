package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Trust;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecisionType;
import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.inventory.EsxBuild;
import java.util.Comparator;
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

        VMBackup full = BED.backUp(VCENTER, "fresh", moRef, "fresh-1");

        assertThat(GuardBed.has(full, ConditionTypes.COMMITTED, "True", "Current"))
                .isTrue();
        assertThat(full.getStatus().trust()).isEqualTo(Trust.Good);
        vm = BED.awaitVm("fresh", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        assertThat(GuardBed.has(vm, ConditionTypes.BASELINE_VALID, "True", "Current"))
                .isTrue();
        assertThat(vm.getStatus().restorePoints()).extracting(p -> p.run()).containsExactly("fresh-1");

        VMBackup incremental = BED.backUp(VCENTER, "fresh", moRef, "fresh-2");

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
        BED.backUp(VCENTER, "reverted", moRef, "reverted-1");
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

        BED.backUp(VCENTER, "reverted", moRef, "reverted-3");
        BED.awaitVm("reverted", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        theEventsOfTheVmTellTheStory(event);
    }

    private static void theEventsOfTheVmTellTheStory(long event) {
        await().atMost(GuardBed.PATIENCE).untilAsserted(() -> assertThat(
                        BED.admin.events().v1().events().inNamespace(BED.shop).list().getItems().stream()
                                .filter(e -> "reverted".equals(e.getRegarding().getName()))
                                .filter(e -> ConditionTypes.FORCE_FULL.equals(e.getAction()))
                                .sorted(Comparator.comparing(
                                        e -> e.getEventTime().getTime()))
                                .map(e -> e.getType() + " " + e.getReason() + " " + e.getNote()))
                .satisfiesExactly(
                        cleared -> assertThat(cleared).startsWith("Normal NotNeeded"),
                        raised -> assertThat(raised)
                                .startsWith("Warning SnapshotReverted")
                                .contains(FakeVcenter.WHO, "event " + event, "Take a full backup"),
                        clearedAgain -> assertThat(clearedAgain).startsWith("Normal NotNeeded")));
    }

    @Test
    void anotherBuildOfTheHostForcesAFull() {
        String moRef = VCENTER.add("upgraded");
        BED.protect("upgraded", "lab", "inventoryPath: /DC0/vm/shop/upgraded");
        BED.awaitVm("upgraded", ConditionTypes.READY, "True", "Bound");
        BED.backUp(VCENTER, "upgraded", moRef, "upgraded-1");

        VCENTER.build("host-1", new EsxBuild("8.0.3", 24414501));

        BED.awaitVm("upgraded", ConditionTypes.FORCE_FULL, "True", "HostUpgraded");
        VCENTER.build("host-1", FakeVcenter.BUILD);
    }

    @Test
    void anAnnotationAsksForAFullOnce() {
        String moRef = VCENTER.add("asked");
        BED.protect("asked", "lab", "name: asked");
        BED.awaitVm("asked", ConditionTypes.READY, "True", "Bound");
        BED.backUp(VCENTER, "asked", moRef, "asked-1");
        BED.awaitVm("asked", ConditionTypes.FORCE_FULL, "False", "NotNeeded");

        BED.annotate("asked", "cbtguard.io/request-full", "because");

        BED.awaitVm("asked", ConditionTypes.FORCE_FULL, "True", "FullRequested");
        BED.backUp(VCENTER, "asked", moRef, "asked-2");
        BED.awaitVm("asked", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }
}
