package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VMRestore;
import io.cbtguard.fake.FakeVcenter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Test restores are declared, kept in the record, asked for by a policy, and touch no verdict on change IDs. */
@Tag("cluster")
class RestoreTestIT {
    private static final String TIMESTAMP = "cbtguard_restore_test_timestamp_seconds";
    private static final FakeVcenter VCENTER = new FakeVcenter();
    private static final GuardBed BED = GuardBed.start();

    @BeforeAll
    static void install() {
        BED.vcenters.put("lab.example", VCENTER);
        BED.vcenter("lab", "lab.example");
        BED.policy("gold", "{rpo: 24h}");
        BED.policy("tested", "{restoreTest: {maxAge: 1h}}");
        BED.policy("impatient", "{restoreTest: {maxAge: 0s}}");
    }

    @AfterAll
    static void remove() {
        BED.close();
    }

    @Test
    void aPassedTestIsKeptInTheRecordThatOutlivesItsObject() {
        String moRef = protect("kept", "tested");
        BED.backUp(VCENTER, "kept", moRef, "kept-1");
        Instant at = Instant.now().minus(30, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);

        declare("kept-test", "kept", "kept-1", "Passed", at);

        awaitRecorded("kept-test", "True", "RestoreTestPassed");
        ProtectedVM vm = BED.awaitThat(
                ProtectedVM.class, BED.shop, "kept", "test", v -> v.getStatus().lastRestoreTest() != null);
        assertThat(Instant.parse(vm.getStatus().lastRestoreTest())).isEqualTo(at);
        BED.awaitVm("kept", ConditionTypes.AT_RISK, "False", "Safe");
        BED.awaitVm("kept", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        assertMetric("kept", at);

        BED.admin.resource(BED.get(VMRestore.class, BED.shop, "kept-test")).delete();
        BED.stopOperator();
        BED.startOperator();

        await().atMost(GuardBed.PATIENCE).untilAsserted(() -> assertMetric("kept", at));
        assertThat(BED.record("kept").getChains().getFirst().tests())
                .singleElement()
                .satisfies(test -> {
                    assertThat(test.run()).isEqualTo("kept-1");
                    assertThat(test.by()).isEqualTo("VMRestore " + BED.shop + "/kept-test");
                });
    }

    @Test
    void aTestThatIsTooOldPutsTheVmAtRiskAndOneOfTodayEndsThat() {
        String moRef = protect("old", "tested");
        BED.backUp(VCENTER, "old", moRef, "old-1");
        declare("old-test", "old", "old-1", "Passed", Instant.now().minus(2, ChronoUnit.HOURS));

        BED.awaitVm("old", ConditionTypes.AT_RISK, "True", "RestoreTestOverdue");

        declare("old-test-2", "old", "old-1", "Failed", Instant.now());
        awaitRecorded("old-test-2", "True", "RestoreTestFailed");
        BED.awaitVm("old", ConditionTypes.AT_RISK, "True", "RestoreTestOverdue");
        declare("old-test-3", "old", "old-1", "Passed", Instant.now());
        BED.awaitVm("old", ConditionTypes.AT_RISK, "False", "Safe");
    }

    @Test
    void aVmThatWasNeverTestedIsAtRiskWithoutASeriesOfItsOwn() {
        String moRef = protect("never", "impatient");
        BED.awaitVm("never", ConditionTypes.AT_RISK, "False", "Safe");
        BED.backUp(VCENTER, "never", moRef, "never-1");

        BED.awaitVm("never", ConditionTypes.AT_RISK, "True", "RestoreTestOverdue");

        await().atMost(GuardBed.PATIENCE).untilAsserted(() -> assertThat(Scraped.of(BED.port())
                        .values("cbtguard_vm_at_risk", "vm_name", "never", "reason", "RestoreTestOverdue"))
                .containsExactly(1.0));
        assertThat(Scraped.of(BED.port()).values(TIMESTAMP, "vm_name", "never")).isEmpty();
    }

    @Test
    void aTestOfWhatIsNoRestorePointOfTheVmCountsForNothingUntilItIsOne() {
        String moRef = protect("early", "gold");
        String other = protect("other", "gold");
        BED.backUp(VCENTER, "other", other, "other-1");
        declare("early-test", "early", "early-1", "Passed", Instant.now());
        declare("others-test", "early", "other-1", "Passed", Instant.now());

        awaitRecorded("early-test", "False", "RestorePointNotFound");
        awaitRecorded("others-test", "False", "RestorePointNotFound");
        assertThat(BED.record("early").getChains()).isEmpty();

        BED.backUp(VCENTER, "early", moRef, "early-1");
        awaitRecorded("early-test", "True", "RestoreTestPassed");
        awaitRecorded("others-test", "False", "RestorePointNotFound");
    }

    @Test
    void aTestIsNoRestoreOverTheVm() {
        String moRef = protect("apart", "gold");
        BED.backUp(VCENTER, "apart", moRef, "apart-1");
        declare("apart-test", "apart", "apart-1", "Failed", Instant.now());
        awaitRecorded("apart-test", "True", "RestoreTestFailed");

        BED.ask("apart-2", "apart", "Incremental");

        BED.awaitBackup("apart-2", ConditionTypes.DECIDED, "True", "BaselineValid");
        assertThat(BED.record("apart").getFindings()).isEmpty();
    }

    private static void assertMetric(String vm, Instant at) {
        assertThat(Scraped.of(BED.port()).values(TIMESTAMP, "vm_name", vm, "vm_namespace", BED.shop))
                .containsExactly((double) at.getEpochSecond());
    }

    private static String protect(String name, String policy) {
        String moRef = VCENTER.add(name);
        BED.protect(name, "lab", "moRef: " + moRef, policy);
        BED.awaitVm(name, ConditionTypes.READY, "True", "Bound");
        return moRef;
    }

    private static void declare(String name, String vm, String run, String outcome, Instant at) {
        BED.apply(BED.shop, """
                apiVersion: cbtguard.io/v1alpha1
                kind: VMRestore
                metadata: {name: %s}
                spec: {protectedVMRef: {name: %s}, kind: Test, restorePoint: %s, outcome: %s, at: "%s"}
                """.formatted(name, vm, run, outcome, at.truncatedTo(ChronoUnit.SECONDS)));
    }

    private static void awaitRecorded(String name, String status, String reason) {
        BED.awaitThat(
                VMRestore.class,
                BED.shop,
                name,
                status + " " + reason,
                restore -> GuardBed.has(restore, ConditionTypes.RECORDED, status, reason));
    }
}
