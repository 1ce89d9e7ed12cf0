package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.BackupType;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecisionType;
import io.cbtguard.api.v1alpha1.VMBackupStatus.Phase;
import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.vsphere.Outage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** While a vCenter is away nothing is known, nothing is guessed, and nobody waits longer than was promised. */
@Tag("cluster")
class OutageIT {
    private final FakeVcenter vcenter = new FakeVcenter();
    private final GuardBed bed = GuardBed.start();
    private String moRef = "";

    @BeforeEach
    void install() {
        bed.vcenters.put("lab.example", vcenter);
        bed.vcenter("lab", "lab.example");
        bed.policy("gold", "{decisionTimeout: 2s}");
        moRef = vcenter.add("web");
        bed.protect("web", "lab", "name: web");
        bed.awaitVm("web", ConditionTypes.READY, "True", "Bound");
    }

    @AfterEach
    void remove() {
        bed.close();
    }

    @Test
    void anOutageShowsOnTheVcenterAtOnceAndOnTheVmAfterItsGrace() {
        bed.backUp(vcenter, "web", moRef, "web-1");
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "False", "NotNeeded");

        vcenter.outage(Outage.UNREACHABLE);

        bed.awaitVcenter("lab", ConditionTypes.CONNECTED, "False", "Unreachable");
        assertThat(GuardBed.has(bed.protectedVm("web"), ConditionTypes.FRESH, "True", "Current"))
                .isTrue();

        bed.clock.forward(Duration.ofMinutes(6));
        bed.touch("web");

        ProtectedVM vm = bed.awaitVm("web", ConditionTypes.FRESH, "Unknown", "VCenterUnreachable");
        assertThat(GuardBed.condition(vm, ConditionTypes.BASELINE_VALID)
                        .orElseThrow()
                        .getStatus())
                .isEqualTo("Unknown");
        assertThat(GuardBed.condition(vm, ConditionTypes.FORCE_FULL)
                        .orElseThrow()
                        .getStatus())
                .isEqualTo("Unknown");
        assertThat(Objects.requireNonNull(vm.getStatus().nextBackup()).type()).isEqualTo(BackupType.Unknown);
        assertThat(GuardBed.has(vm, ConditionTypes.READY, "True", "Bound")).isTrue();

        vcenter.outage(null);

        bed.awaitVm("web", ConditionTypes.FRESH, "True", "Current");
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }

    @Test
    void aWatchOpenedAnewDuringAnOutageDoesNotMakeTheOutageYounger() {
        bed.backUp(vcenter, "web", moRef, "web-1");
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        vcenter.outage(Outage.UNREACHABLE);
        bed.awaitVcenter("lab", ConditionTypes.CONNECTED, "False", "Unreachable");
        bed.clock.forward(Duration.ofMinutes(4));
        int before = vcenter.watchesSoFar();

        vcenter.password("changed");
        bed.secret("lab", "lab.example", "changed"); // has the watch reopened
        Awaitility.await().atMost(GuardBed.PATIENCE).until(() -> vcenter.watchesSoFar() > before);
        bed.clock.forward(Duration.ofMinutes(2));
        bed.touch("web");

        bed.awaitVm("web", ConditionTypes.FRESH, "Unknown", "VCenterUnreachable");
    }

    @Test
    void whatIsDeadStaysDeadThroughAnOutage() {
        bed.backUp(vcenter, "web", moRef, "web-1");
        vcenter.revert(moRef, "before");
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");

        vcenter.outage(Outage.UNREACHABLE);
        bed.awaitVcenter("lab", ConditionTypes.CONNECTED, "False", "Unreachable");
        bed.clock.forward(Duration.ofMinutes(6));
        bed.touch("web");

        ProtectedVM vm = bed.awaitVm("web", ConditionTypes.FRESH, "Unknown", "VCenterUnreachable");
        assertThat(GuardBed.has(vm, ConditionTypes.FORCE_FULL, "True", "SnapshotReverted"))
                .isTrue();
    }

    @Test
    void aDecisionWaitsForVcenterAndIsMadeWhenItIsBack() {
        vcenter.outage(Outage.UNREACHABLE);
        bed.awaitVcenter("lab", ConditionTypes.CONNECTED, "False", "Unreachable");
        bed.policy("gold", "{decisionTimeout: 10m}");
        bed.ask("patient", "web", "Auto");
        VMBackup waiting = bed.awaitBackup("patient", ConditionTypes.DECIDED, "False", "WaitingForVCenter");
        assertThat(waiting.getStatus().phase()).isEqualTo(Phase.Pending);

        vcenter.outage(null);

        bed.awaitBackup("patient", ConditionTypes.DECIDED, "True", "NoBaseline");
    }

    @Test
    void aDecisionThatCannotBeMadeInTimeIsAsThePolicySays() {
        bed.backUp(vcenter, "web", moRef, "web-1");
        vcenter.outage(Outage.UNREACHABLE);
        bed.awaitVcenter("lab", ConditionTypes.CONNECTED, "False", "Unreachable");

        bed.ask("refused", "web", "Auto");
        VMBackup refused = bed.awaitBackup("refused", ConditionTypes.COMPLETE, "True", "VCenterUnreachable");
        assertThat(Objects.requireNonNull(refused.getStatus().decision()).type())
                .isEqualTo(DecisionType.Refused);

        bed.policy("gold", "{decisionTimeout: 2s, onUnknown: Full}");
        bed.ask("full", "web", "Auto");
        VMBackup full = bed.awaitBackup("full", ConditionTypes.DECIDED, "True", "VCenterUnreachable");
        assertThat(Objects.requireNonNull(full.getStatus().decision()).type()).isEqualTo(DecisionType.Full);
    }

    @Test
    void aPendingRunIsRefusedAfterItsDeadline() {
        bed.policy("gold", "{decisionTimeout: 10m}");
        vcenter.outage(Outage.UNREACHABLE);
        bed.awaitVcenter("lab", ConditionTypes.CONNECTED, "False", "Unreachable");
        bed.apply(bed.shop, """
                apiVersion: cbtguard.io/v1alpha1
                kind: VMBackup
                metadata: {name: hurried}
                spec: {protectedVMRef: {name: web}, deadline: 1s}
                """);

        bed.awaitBackup("hurried", ConditionTypes.COMPLETE, "True", "DecisionDeadline");
    }

    @Test
    void aCommitThatCannotReachVcenterIsShownAsPendingAndFinishedLater() {
        bed.ask("web-1", "web", "Auto");
        VMBackup decided = bed.awaitBackup("web-1", ConditionTypes.DECIDED, "True", "NoBaseline");
        String snapshot = vcenter.snapshot(moRef, "backup");
        vcenter.outage(Outage.UNREACHABLE);
        bed.awaitVcenter("lab", ConditionTypes.CONNECTED, "False", "Unreachable");
        bed.report("web-1", """
                decisionToken: %s
                outcome: Succeeded
                snapshot: {moRef: %s}
                disks: [{key: 2000, changeId: "%s", read: All}]
                """.formatted(
                Objects.requireNonNull(decided.getStatus().decision()).token(), snapshot, vcenter.changeId(moRef)));
        bed.awaitBackup("web-1", ConditionTypes.COMPLETE, "True", "CommitPending");

        vcenter.outage(null);

        bed.awaitBackup("web-1", ConditionTypes.COMMITTED, "True", "Current");
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }

    @Test
    void anotherVcenterAtTheSameAddressIsNotTakenForTheFirst() {
        bed.backUp(vcenter, "web", moRef, "web-1");
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        FakeVcenter other = new FakeVcenter();
        other.add("web");
        bed.vcenters.put("lab.example", other);
        other.password("changed");
        bed.secret("lab", "lab.example", "changed"); // has the watch reopened

        bed.awaitVcenter("lab", ConditionTypes.CONNECTED, "False", "VCenterReplaced");
        bed.clock.forward(Duration.ofMinutes(6));
        bed.touch("web");

        ProtectedVM vm = bed.awaitVm("web", ConditionTypes.FRESH, "Unknown", "VCenterUnreachable");
        assertThat(GuardBed.condition(vm, ConditionTypes.BASELINE_VALID)
                        .orElseThrow()
                        .getStatus())
                .isEqualTo("Unknown");
    }

    @Test
    void aRestartDuringAnOutageKeepsTheMetricsOfWhatIsShown() {
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "True", "NoBaseline");
        bed.stopOperator();
        vcenter.outage(Outage.UNREACHABLE);

        bed.startOperator();

        Awaitility.await().atMost(GuardBed.PATIENCE).ignoreExceptions().until(() -> http("/metrics")
                .body()
                .contains("cbtguard_vm_force_full{policy=\"gold\",reason=\"NoBaseline\""));
    }

    @Test
    void anOutageFailsNeitherProbeAndIsSeenInTheMetrics() throws Exception {
        vcenter.revert(moRef, "before");
        bed.awaitThat(ProtectedVM.class, bed.shop, "web", "anything", vm -> true);
        vcenter.outage(Outage.UNREACHABLE);
        bed.awaitVcenter("lab", ConditionTypes.CONNECTED, "False", "Unreachable");

        assertThat(http("/healthz").statusCode()).isEqualTo(200);
        assertThat(http("/readyz").statusCode()).isEqualTo(200);
        String metrics = http("/metrics").body();
        assertThat(metrics)
                .contains("cbtguard_vcenter_up{vcenter=\"" + bed.own + "/lab\"} 0.0")
                .contains("cbtguard_vm_force_full{policy=\"gold\",reason=\"NoBaseline\",vcenter=\"" + bed.own
                        + "/lab\",vm_name=\"web\",vm_namespace=\"" + bed.shop + "\"} 1.0")
                .contains("cbtguard_vms{state=\"force_full\",vcenter=\"" + bed.own + "/lab\",vm_namespace=\"" + bed.shop
                        + "\"} 1.0");

        bed.admin.resource(bed.protectedVm("web")).delete();
        bed.admin.resource(bed.get(VCenter.class, bed.own, "lab")).delete();

        Awaitility.await().atMost(GuardBed.PATIENCE).untilAsserted(() -> assertThat(
                        http("/metrics").body())
                .doesNotContain("cbtguard_vcenter_up{", "cbtguard_vm_force_full{", "cbtguard_vms{"));
    }

    private HttpResponse<String> http(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bed.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
