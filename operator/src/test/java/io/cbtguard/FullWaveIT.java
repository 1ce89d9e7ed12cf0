package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VCenterStatus.FullWave;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus.Decision;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecisionType;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.inventory.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fulls wait for their turn, those that may go are woken and no others, and what is decided does not depend on it. */
@Tag("cluster")
class FullWaveIT {
    private static final GuardBed BED = GuardBed.start();
    private static int labs;

    /** A vCenter of its own, so that no test waits for what another left open. */
    private static final class Lab {
        final FakeVcenter vcenter = new FakeVcenter();
        final String name = "lab-" + ++labs;
        final Map<String, String> moRefs = new TreeMap<>();

        Lab(String budget, String... vms) {
            BED.vcenters.put(name + ".example", vcenter);
            BED.vcenter(name, name + ".example");
            BED.budget(name, budget);
            for (String vm : vms) {
                protect(vm, "gold");
            }
        }

        void protect(String vm, String policy) {
            String moRef = vcenter.add(vm);
            moRefs.put(vm, moRef);
            BED.protect(vm, name, "moRef: " + moRef, policy);
            BED.awaitVm(vm, ConditionTypes.READY, "True", "Bound");
        }

        String moRef(String vm) {
            return Objects.requireNonNull(moRefs.get(vm));
        }
    }

    @BeforeAll
    static void policies() {
        BED.policy("gold", "{rpo: 24h}");
        BED.policy("impatient", "{budgetTimeout: 1s}");
    }

    @AfterAll
    static void remove() {
        BED.close();
    }

    private static void decided(String run, DecisionType type) {
        BED.awaitThat(
                VMBackup.class,
                BED.shop,
                run,
                type.name(),
                backup -> backup.getStatus() != null
                        && backup.getStatus().decision() != null
                        && backup.getStatus().decision().type() == type);
    }

    private static String waits(String run) {
        VMBackup backup = BED.awaitBackup(run, ConditionTypes.DECIDED, "False", "WaitingForBudget");
        return GuardBed.condition(backup, ConditionTypes.DECIDED).orElseThrow().getMessage();
    }

    private static boolean isWaiting(String run) {
        return GuardBed.has(BED.backup(run), ConditionTypes.DECIDED, "False", "WaitingForBudget");
    }

    private static Decision decision(VMBackup backup) {
        return Objects.requireNonNull(backup.getStatus().decision());
    }

    private static void fails(String run) {
        BED.report(
                run,
                "decisionToken: %s\noutcome: Failed\n"
                        .formatted(decision(BED.backup(run)).token()));
    }

    @Test
    void aFullWaitsAndSaysWhyAndIsDecidedWhenTheSnapshotOfAnotherIsGone() {
        Lab lab = new Lab("{total: 1}", "snap-a", "snap-b");
        BED.ask("snap-a-1", "snap-a", "Auto");
        decided("snap-a-1", DecisionType.Full);
        BED.ask("snap-b-1", "snap-b", "Auto");

        assertThat(waits("snap-b-1")).contains("fullBudget.total: 1", "Place 1 of 1");
        String snapshot = lab.vcenter.snapshot(lab.moRef("snap-a"), "backup");
        BED.awaitThat(
                VMRecord.class,
                BED.own,
                BED.record("snap-a").getMetadata().getName(),
                "the snapshot",
                record -> record.getSnapshots().stream().anyMatch(seen -> seen.goneAt() == null));
        assertThat(isWaiting("snap-b-1")).isTrue();

        lab.vcenter.removeSnapshot(lab.moRef("snap-a"), snapshot);

        decided("snap-b-1", DecisionType.Full);
        assertThat(decision(BED.backup("snap-b-1")).reason()).isEqualTo("NoBaseline");
        assertThat(GuardBed.has(BED.backup("snap-a-1"), ConditionTypes.COMPLETE, "False", "AwaitingReport"))
                .isTrue();
    }

    @Test
    void whateverEndsARunGivesItsPlaceBack() {
        Lab lab = new Lab("{total: 1}", "end-a", "end-b", "end-c", "end-d");
        BED.ask("end-a-1", "end-a", "Auto");
        decided("end-a-1", DecisionType.Full);
        for (String vm : List.of("end-b", "end-c", "end-d")) {
            BED.ask(vm + "-1", vm, "Auto");
            waits(vm + "-1");
        }

        fails("end-a-1");
        decided("end-b-1", DecisionType.Full);
        BED.admin.resource(BED.backup("end-b-1")).delete();
        decided("end-c-1", DecisionType.Full);
        assertThat(isWaiting("end-d-1")).isTrue();
        lab.vcenter.remove(lab.moRef("end-c"));
        BED.admin.resource(BED.protectedVm("end-c")).delete();
        decided("end-d-1", DecisionType.Full);
    }

    @Test
    void anIncrementalNeverWaits() {
        Lab lab = new Lab("{total: 1}", "inc-a", "inc-b");
        BED.backUp(lab.vcenter, "inc-a", lab.moRef("inc-a"), "inc-a-1");
        BED.ask("inc-b-1", "inc-b", "Auto");
        decided("inc-b-1", DecisionType.Full);

        BED.ask("inc-a-2", "inc-a", "Auto");

        decided("inc-a-2", DecisionType.Incremental);
    }

    @Test
    void afterARestartNothingIsGivenTwiceAndTheOrderIsKept() {
        Lab lab = new Lab("{total: 1}", "again-a", "again-b", "again-c");
        BED.ask("again-a-1", "again-a", "Auto");
        decided("again-a-1", DecisionType.Full);
        BED.ask("again-b-1", "again-b", "Auto");
        waits("again-b-1");
        BED.stopOperator();
        BED.startOperator();

        BED.ask("again-c-1", "again-c", "Auto");

        assertThat(waits("again-c-1")).contains("1 full backups of this vCenter run", "Place 2 of 2");
        assertThat(isWaiting("again-b-1")).isTrue();
        fails("again-a-1");
        decided("again-b-1", DecisionType.Full);
        assertThat(isWaiting("again-c-1")).isTrue();
        assertThat(lab.vcenter.openWatches()).isEqualTo(1);
    }

    @Test
    void theOneThatWasNeverBackedUpGoesFirst() {
        Lab lab = new Lab("{total: 1}", "order-a", "order-b", "order-c");
        BED.backUp(lab.vcenter, "order-b", lab.moRef("order-b"), "order-b-1");
        BED.ask("order-a-1", "order-a", "Auto");
        decided("order-a-1", DecisionType.Full);
        BED.ask("order-b-2", "order-b", "Full");
        waits("order-b-2");
        BED.ask("order-c-1", "order-c", "Auto");
        assertThat(waits("order-c-1")).contains("Place 1 of 2");

        fails("order-a-1");

        decided("order-c-1", DecisionType.Full);
        assertThat(isWaiting("order-b-2")).isTrue();
    }

    @Test
    void aRunWhoseTurnDoesNotComeInTimeIsRefusedAndLeavesTheQueue() {
        Lab lab = new Lab("{total: 1}", "late-a", "late-c");
        lab.protect("late-b", "impatient");
        BED.ask("late-a-1", "late-a", "Auto");
        decided("late-a-1", DecisionType.Full);

        BED.ask("late-b-1", "late-b", "Auto");

        VMBackup refused = BED.awaitBackup("late-b-1", ConditionTypes.COMPLETE, "True", "WaitingForBudget");
        assertThat(decision(refused).type()).isEqualTo(DecisionType.Refused);
        assertThat(decision(refused).message()).contains("budgetTimeout of 1s");
        BED.ask("late-c-1", "late-c", "Auto");
        assertThat(waits("late-c-1")).contains("Place 1 of 1");
    }

    @Test
    void theWaveIsShownInTheStatusAndMeasured() {
        Lab lab = new Lab("{total: 1}", "show-a", "show-b", "show-c");
        BED.ask("show-a-1", "show-a", "Auto");
        decided("show-a-1", DecisionType.Full);
        BED.ask("show-c-1", "show-c", "Auto");
        waits("show-c-1");
        BED.ask("show-b-1", "show-b", "Auto");
        waits("show-b-1");

        BED.awaitThat(VCenter.class, BED.own, lab.name, "wave", vcenter -> new FullWave(
                        1, 2, List.of(BED.shop + "/show-b", BED.shop + "/show-c"))
                .equals(vcenter.getStatus().fullWave()));
        await().atMost(GuardBed.PATIENCE).untilAsserted(() -> {
            Scraped scraped = Scraped.of(BED.port());
            assertThat(scraped.values("cbtguard_full_wave_running", "vcenter", BED.own + "/" + lab.name))
                    .containsExactly(1.0);
            assertThat(scraped.values("cbtguard_full_wave_waiting", "vcenter", BED.own + "/" + lab.name))
                    .containsExactly(2.0);
        });
    }

    @Test
    void aLargerBudgetLetsThoseGoThatFit() {
        Lab lab = new Lab("{perHost: 1}", "more-a", "more-b", "more-c");
        lab.vcenter.change(lab.moRef("more-c"), vm -> on("host-2", vm));
        for (String vm : List.of("more-a", "more-b", "more-c")) {
            BED.ask(vm + "-1", vm, "Auto");
        }
        decided("more-c-1", DecisionType.Full);
        await().atMost(GuardBed.PATIENCE)
                .until(() -> List.of("more-a-1", "more-b-1").stream()
                                .filter(FullWaveIT::isWaiting)
                                .count()
                        == 1);

        BED.budget(lab.name, "{perHost: 2}");

        decided("more-a-1", DecisionType.Full);
        decided("more-b-1", DecisionType.Full);
    }

    @Test
    void aPlaceThatComesBackTouchesOnlyTheOneWhoseTurnItIs() {
        List<String> vms = new ArrayList<>(List.of("one-00"));
        for (int i = 1; i <= 12; i++) {
            vms.add("one-%02d".formatted(i));
        }
        new Lab("{total: 1}", vms.toArray(String[]::new));
        BED.ask("one-00-1", "one-00", "Auto");
        decided("one-00-1", DecisionType.Full);
        vms.removeFirst();
        vms.forEach(vm -> BED.ask(vm + "-1", vm, "Auto"));
        vms.forEach(vm -> waits(vm + "-1"));
        Map<String, String> before = versions(vms);

        fails("one-00-1");

        decided("one-01-1", DecisionType.Full);
        fails("one-01-1");
        decided("one-02-1", DecisionType.Full);
        vms.removeAll(List.of("one-01", "one-02"));
        before.keySet().retainAll(vms);
        assertThat(versions(vms)).isEqualTo(before);
    }

    private static Map<String, String> versions(List<String> vms) {
        Map<String, String> versions = new TreeMap<>();
        vms.forEach(vm -> versions.put(vm, BED.backup(vm + "-1").getMetadata().getResourceVersion()));
        return versions;
    }

    private static VirtualMachine on(String host, VirtualMachine vm) {
        return new VirtualMachine(
                vm.moRef(),
                vm.instanceUuid(),
                vm.name(),
                vm.inventoryPath(),
                host,
                vm.connected(),
                vm.powerState(),
                vm.consolidationNeeded(),
                vm.changeVersion(),
                vm.changeTrackingEnabled(),
                vm.configRead(),
                vm.disks(),
                vm.snapshots(),
                vm.currentSnapshot());
    }
}
