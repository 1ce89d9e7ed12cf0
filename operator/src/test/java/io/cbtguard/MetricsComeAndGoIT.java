package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.vsphere.Outage;
import java.util.List;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is measured follows what happens: outages, gaps, refusals, findings at birth, objects that go. */
@Tag("cluster")
class MetricsComeAndGoIT {
    private final FakeVcenter vcenter = new FakeVcenter();
    private final GuardBed bed = GuardBed.start();

    @BeforeEach
    void install() {
        bed.vcenters.put("lab.example", vcenter);
        bed.vcenter("lab", "lab.example");
        bed.policy("gold", "{decisionTimeout: 2s}");
    }

    @AfterEach
    void remove() {
        bed.close();
    }

    private String protect(String name) {
        String moRef = vcenter.add(name);
        bed.protect(name, "lab", "name: " + name);
        bed.awaitVm(name, ConditionTypes.READY, "True", "Bound");
        return moRef;
    }

    private void eventually(ThrowingConsumer<Scraped> assertion) {
        await().atMost(GuardBed.PATIENCE).untilAsserted(() -> assertion.acceptThrows(Scraped.of(bed.port())));
    }

    @Test
    void anOutageStopsTheContactAndLetsTheLagGrow() {
        protect("web");
        eventually(s -> assertThat(s.values("cbtguard_vcenter_up")).containsExactly(1.0));

        vcenter.outage(Outage.UNREACHABLE);
        bed.awaitVcenter("lab", ConditionTypes.CONNECTED, "False", "Unreachable");
        bed.clock.forward(java.time.Duration.ofMinutes(3));

        eventually(s -> {
            assertThat(s.values("cbtguard_vcenter_up")).containsExactly(0.0);
            assertThat(s.values("cbtguard_vcenter_lag_seconds")).hasSize(2).allSatisfy(lag -> assertThat(lag)
                    .isBetween(175.0, 240.0));
            assertThat(s.values("cbtguard_vcenter_last_contact_timestamp_seconds"))
                    .hasSize(1)
                    .allSatisfy(contact -> assertThat(contact).isLessThanOrEqualTo(System.currentTimeMillis() / 1e3));
        });
    }

    @Test
    void lostHistoryIsCountedOnce() {
        bed.backUp(vcenter, "web", protect("web"), "web-1");
        eventually(s -> assertThat(s.values("cbtguard_vcenter_event_gaps_total", "reason", "EventRetentionExceeded"))
                .containsExactly(0.0));
        bed.stopOperator();
        vcenter.expireHistory();

        bed.startOperator();

        bed.awaitVcenter("lab", ConditionTypes.EVENTS_COMPLETE, "False", "EventGap");
        eventually(s -> assertThat(s.values("cbtguard_vcenter_event_gaps_total", "reason", "EventRetentionExceeded"))
                .containsExactly(1.0));
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "True", "EventGap");
        protect("another"); // has the VCenter looked at again
        eventually(s -> assertThat(s.values("cbtguard_findings_total", "reason", "EventGap"))
                .containsExactly(1.0));
        assertThat(Scraped.of(bed.port()).values("cbtguard_vcenter_event_gaps_total"))
                .as("one of either reason, and the other is shown as none")
                .containsExactlyInAnyOrder(1.0, 0.0);
    }

    @Test
    void whatIsFoundInTheWriteThatCreatesARecordIsCounted() {
        bed.awaitVcenter("lab", ConditionTypes.CONNECTED, "True", "Connected");
        String moRef = vcenter.add("kept");
        vcenter.revert(moRef, vcenter.snapshot(moRef, "before-patch"));

        bed.protect("kept", "lab", "name: kept");
        bed.awaitVm("kept", ConditionTypes.READY, "True", "Bound");

        List<String> found = bed.record("kept").getFindings().stream()
                .map(finding -> String.valueOf(finding.reason()))
                .toList();
        assertThat(found).isNotEmpty();
        eventually(s -> assertThat(s.samples("cbtguard_findings_total"))
                .extracting(sample -> sample.labels().get("reason"))
                .containsExactlyInAnyOrderElementsOf(found.stream().distinct().toList()));
    }

    @Test
    void aRefusalIsADecisionToo() {
        bed.ask("early", "nobody", "Auto");
        bed.awaitBackup("early", ConditionTypes.COMPLETE, "True", "VMNotFound");
        protect("web");
        vcenter.outage(Outage.UNREACHABLE);
        bed.awaitVcenter("lab", ConditionTypes.CONNECTED, "False", "Unreachable");
        bed.ask("refused", "web", "Auto");
        bed.awaitBackup("refused", ConditionTypes.COMPLETE, "True", "VCenterUnreachable");

        eventually(s -> {
            assertThat(s.values("cbtguard_decisions_total", "type", "Refused", "reason", "VMNotFound", "vcenter", ""))
                    .containsExactly(1.0);
            assertThat(s.values("cbtguard_decisions_total", "type", "Refused", "reason", "VCenterUnreachable"))
                    .containsExactly(1.0);
        });
        assertThat(Scraped.of(bed.port()).values("cbtguard_decision_seconds_sum", "vcenter", bed.own + "/lab"))
                .as("it was waited for as long as the policy says")
                .allSatisfy(seconds -> assertThat(seconds).isBetween(1.0, 15.0));
    }

    @Test
    void oneThatTheAccessRulesRefuseIsNotCountedAsProtected() {
        protect("web");
        String moRef = vcenter.add("secret", "/DC0/vm/bank/secret");
        bed.protect("secret", "lab", "moRef: " + moRef);
        bed.namespace(bed.own + "-other", java.util.Map.of());
        bed.apply(bed.own + "-other", """
                apiVersion: cbtguard.io/v1alpha1
                kind: BackupPolicy
                metadata: {name: gold}
                spec: {}
                """);
        bed.apply(bed.own + "-other", """
                apiVersion: cbtguard.io/v1alpha1
                kind: ProtectedVM
                metadata: {name: stranger}
                spec: {vcenterRef: {name: lab, namespace: %s}, vm: {name: web}, policyRef: {name: gold}}
                """.formatted(bed.own));
        bed.awaitThat(
                io.cbtguard.api.v1alpha1.ProtectedVM.class,
                bed.own + "-other",
                "stranger",
                "refusal",
                vm -> GuardBed.has(vm, ConditionTypes.READY, "False", "NotAllowed"));

        bed.awaitVm("secret", ConditionTypes.READY, "False", "NotAllowed");

        protect("another");

        bed.awaitThat(VCenter.class, bed.own, "lab", "the two that are bound", v -> Long.valueOf(2)
                .equals(v.getStatus().protectedVMs()));
    }

    @Test
    void aRecordOfALaterReleaseIsToldOfThoughNobodyProtectsItsVm() {
        protect("web");
        VMRecord record = bed.record("web");
        bed.admin.resource(bed.protectedVm("web")).delete();
        await().atMost(GuardBed.PATIENCE)
                .until(() -> bed.record().getMetadata().getAnnotations().containsKey("cbtguard.io/unprotected-since"));

        bed.patch(record, "schema: %d".formatted(record.getSchema() + 1));

        eventually(s -> assertThat(s.values("cbtguard_records_blocked", "reason", "RecordTooNew"))
                .containsExactly(1.0));
    }

    @Test
    void gaugesGoWithTheirObjects() {
        protect("web");
        eventually(s -> assertThat(s.values("cbtguard_vcenter_up")).hasSize(1));
        assertThat(Scraped.of(bed.port()).values("cbtguard_vm_last_good_timestamp_seconds", "vm_namespace", bed.shop))
                .hasSize(1);

        bed.admin.resource(bed.protectedVm("web")).delete();
        bed.admin.resource(bed.get(VCenter.class, bed.own, "lab")).delete();

        eventually(s -> assertThat(s.types().entrySet())
                .filteredOn(type -> type.getKey().startsWith("cbtguard_")
                        && type.getValue().equals("gauge")
                        && !type.getKey().endsWith("_max"))
                .isEmpty());
    }
}
