package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Trust;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMRestore;
import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.inventory.EsxBuild;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people declare about bulletins, restores, changes to come and age reaches the verdicts, at run time and for the past too. */
@Tag("cluster")
class AdvisoryIT {
    private static final FakeVcenter VCENTER = new FakeVcenter();
    private static final GuardBed BED = GuardBed.start();
    private static final EsxBuild BEFORE = new EsxBuild("6.0.0", 3029758);
    private static final EsxBuild FIXED = new EsxBuild("6.0.0", 3380124);
    private static final String NAME = BED.own + "-317933";

    @BeforeAll
    static void install() {
        VCENTER.build("host-1", BEFORE);
        BED.vcenters.put("lab.example", VCENTER);
        BED.vcenter("lab", "lab.example");
        BED.policy("gold", "{rpo: 24h}");
        BED.policy("lenient", "{rpo: 24h, rules: {hostUpgrade: WhenAffected}}");
    }

    @AfterEach
    void withdraw() {
        List.of(NAME, NAME + "-own")
                .forEach(name ->
                        BED.admin.resources(CBTAdvisory.class).withName(name).delete());
    }

    @AfterAll
    static void remove() {
        BED.close();
    }

    @Test
    void anAdvisoryThatIsAppliedLateMarksThePastAndDeletingItClearsNothing() {
        VCENTER.build("host-1", BEFORE);
        String moRef = protect("late", "lenient");
        String across = protect("across", "lenient");
        BED.backUp(VCENTER, "late", moRef, "late-1");
        BED.backUp(VCENTER, "late", moRef, "late-2");
        BED.backUp(VCENTER, "across", across, "across-1");
        VCENTER.build("host-1", FIXED);
        BED.backUp(VCENTER, "across", across, "across-2");
        BED.awaitVm("late", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        BED.awaitVm("across", ConditionTypes.FORCE_FULL, "False", "NotNeeded");

        advise(NAME, "", "");

        ProtectedVM vm = BED.awaitVm("late", ConditionTypes.FORCE_FULL, "True", "AffectedHostBuild");
        assertThat(trust(vm, "late-1")).as("a full that read everything").isEqualTo(Trust.Good);
        assertThat(trust(vm, "late-2")).isEqualTo(Trust.Suspect);
        vm = BED.awaitVm("across", ConditionTypes.FORCE_FULL, "True", "NewestRestorePointSuspect");
        assertThat(trust(vm, "across-2"))
                .as("on a base from before the upgrade")
                .isEqualTo(Trust.Suspect);
        CBTAdvisory shown =
                awaitAdvisory(NAME, a -> Objects.requireNonNull(a.getStatus().suspectRestorePoints()) >= 2);
        assertThat(shown.getStatus().affectedHosts()).isZero();
        assertThat(GuardBed.has(shown, ConditionTypes.READY, "True", "InForce")).isTrue();

        BED.admin.resources(CBTAdvisory.class).withName(NAME).delete();
        BED.touch("late");
        BED.ask("late-3", "late", "Incremental");

        BED.awaitBackup("late-3", ConditionTypes.COMPLETE, "True", "AffectedHostBuild");
        assertThat(trust(BED.protectedVm("late"), "late-2")).isEqualTo(Trust.Suspect);
        BED.backUp(VCENTER, "late", moRef, "late-4");
        BED.awaitVm("late", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }

    @Test
    void onAnAffectedHostEveryBackupIsFullUntilThePolicyOrTheHostSaysOtherwise() {
        VCENTER.build("host-1", BEFORE);
        String moRef = protect("here", "lenient");
        BED.backUp(VCENTER, "here", moRef, "here-1");
        BED.awaitVm("here", ConditionTypes.FORCE_FULL, "False", "NotNeeded");

        advise(NAME, "", "");

        BED.awaitVm("here", ConditionTypes.FORCE_FULL, "True", "AffectedHostBuild");
        VCenter vcenter = BED.awaitThat(
                VCenter.class,
                BED.own,
                "lab",
                "an affected host",
                v -> v.getStatus().affectedHosts() != null
                        && Objects.requireNonNull(v.getStatus().affectedHosts()).count() > 0);
        assertThat(Objects.requireNonNull(vcenter.getStatus().affectedHosts()).names())
                .isNotEmpty();
        awaitAdvisory(NAME, a -> Objects.requireNonNull(a.getStatus().affectedVMs()) > 0);

        VCENTER.build("host-1", FIXED);
        BED.backUp(VCENTER, "here", moRef, "here-2");

        BED.awaitVm("here", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }

    @Test
    void aBundledAdvisoryIsReplacedByOneOfOnesOwn() {
        VCENTER.build("host-1", BEFORE);
        String moRef = protect("own", "lenient");
        BED.backUp(VCENTER, "own", moRef, "own-1");
        advise(NAME + "-own", "overrides: " + NAME + ", enabled: false,", "");
        awaitAdvisory(NAME + "-own", a -> GuardBed.has(a, ConditionTypes.READY, "True", "Disabled"));

        advise(NAME, "", "labels: {cbtguard.io/bundled: \"true\"}");

        awaitAdvisory(NAME, a -> GuardBed.has(a, ConditionTypes.READY, "True", "Overridden"));
        BED.ask("own-2", "own", "Incremental");
        BED.awaitBackup("own-2", ConditionTypes.DECIDED, "True", "BaselineValid");
        BED.admin.resources(CBTAdvisory.class).withName(NAME + "-own").delete();
        BED.awaitVm("own", ConditionTypes.FORCE_FULL, "True", "AffectedHostBuild");
    }

    @Test
    void aHostUpgradeCostsNoFullWhereOnlyAffectedBuildsDo() {
        VCENTER.build("host-1", BEFORE);
        String strict = protect("strict", "gold");
        String lenient = protect("lenient", "lenient");
        BED.backUp(VCENTER, "strict", strict, "strict-1");
        BED.backUp(VCENTER, "lenient", lenient, "lenient-1");

        VCENTER.build("host-1", FIXED);

        BED.awaitVm("strict", ConditionTypes.FORCE_FULL, "True", "HostUpgraded");
        BED.ask("lenient-2", "lenient", "Incremental");
        BED.awaitBackup("lenient-2", ConditionTypes.DECIDED, "True", "BaselineValid");
    }

    @Test
    void aRestoreInPlaceForcesAFullThatAloneCuresNothing() {
        String moRef = protect("restored", "gold");
        BED.backUp(VCENTER, "restored", moRef, "restored-1");
        BED.awaitVm("restored", ConditionTypes.FORCE_FULL, "False", "NotNeeded");

        BED.apply(BED.shop, """
                apiVersion: cbtguard.io/v1alpha1
                kind: VMRestore
                metadata: {name: restored-0}
                spec: {protectedVMRef: {name: restored}, kind: InPlace, message: after the fire}
                """);

        BED.awaitThat(
                VMRestore.class,
                BED.shop,
                "restored-0",
                "recorded",
                r -> GuardBed.has(r, ConditionTypes.RECORDED, "True", "RestoredInPlace"));
        BED.awaitVm("restored", ConditionTypes.FORCE_FULL, "True", "RestoredInPlace");
        BED.backUp(VCENTER, "restored", moRef, "restored-2");
        BED.awaitVm("restored", ConditionTypes.FORCE_FULL, "True", "RestoredInPlace");
    }

    @Test
    void aPlannedChangeAsksForAFullBeforeItOnce() {
        String moRef = protect("planned", "gold");
        BED.backUp(VCENTER, "planned", moRef, "planned-1");
        BED.awaitVm("planned", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        Instant at = Instant.now().plus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

        plan(at);

        BED.awaitVm("planned", ConditionTypes.FORCE_FULL, "True", "PlannedChange");
        BED.backUp(VCENTER, "planned", moRef, "planned-2");
        BED.awaitVm("planned", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        BED.touch("planned");
        BED.ask("planned-3", "planned", "Incremental");
        BED.awaitBackup("planned-3", ConditionTypes.DECIDED, "True", "BaselineValid");
    }

    @Test
    void aPlannedChangeThatIsOverAsksForAFullAfterItOnce() {
        String moRef = protect("planned-past", "gold");
        BED.backUp(VCENTER, "planned-past", moRef, "planned-past-1");
        BED.awaitVm("planned-past", ConditionTypes.FORCE_FULL, "False", "NotNeeded");

        plan("planned-past", Instant.now().minus(1, ChronoUnit.HOURS));

        BED.awaitVm("planned-past", ConditionTypes.FORCE_FULL, "True", "PlannedChange");
        BED.backUp(VCENTER, "planned-past", moRef, "planned-past-2");
        BED.awaitVm("planned-past", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }

    @Test
    void thePolicyAsksForAFullAfterSoManyIncrementals() {
        BED.policy("short", "{full: {maxIncrementals: 2}}");
        String moRef = protect("counted", "short");
        for (String run : List.of("counted-1", "counted-2", "counted-3")) {
            BED.backUp(VCENTER, "counted", moRef, run);
        }

        BED.awaitVm("counted", ConditionTypes.FORCE_FULL, "True", "PolicyFullDue");
        BED.backUp(VCENTER, "counted", moRef, "counted-4");
        BED.awaitVm("counted", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }

    private static String protect(String name, String policy) {
        String moRef = VCENTER.add(name);
        BED.protect(name, "lab", "moRef: " + moRef, policy);
        BED.awaitVm(name, ConditionTypes.READY, "True", "Bound");
        return moRef;
    }

    private static void plan(Instant at) {
        plan("planned", at);
    }

    private static void plan(String name, Instant at) {
        BED.patch(
                BED.protectedVm(name),
                "spec: {plannedChanges: [{name: os-upgrade, at: \"%s\"}]}"
                        .formatted(at.truncatedTo(ChronoUnit.SECONDS)));
    }

    private static void advise(String name, String fields, String metadata) {
        BED.applyClusterWide("""
                apiVersion: cbtguard.io/v1alpha1
                kind: CBTAdvisory
                metadata: {name: %s, %s}
                spec: {%s title: a bug, remedy: upgrade the host, trigger: HostBuild,
                  affected: [{version: 6.0.0, minBuild: 2494585, fixedBuild: 3247720}]}
                """.formatted(name, metadata, fields));
    }

    private static CBTAdvisory awaitAdvisory(String name, Predicate<CBTAdvisory> condition) {
        var advisory = BED.admin.resources(CBTAdvisory.class).withName(name);
        await("status of " + name)
                .atMost(GuardBed.PATIENCE)
                .until(() ->
                        advisory.get() != null && advisory.get().getStatus() != null && condition.test(advisory.get()));
        return advisory.get();
    }

    private static Trust trust(ProtectedVM vm, String run) {
        return vm.getStatus().restorePoints().stream()
                .filter(point -> point.run().equals(run))
                .map(point -> Objects.requireNonNull(point.trust()))
                .findFirst()
                .orElseThrow();
    }
}
