package io.cbtguard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code kubectl get} shows of each kind. */
@Tag("cluster")
class ColumnsIT {
    private static final String ADVISORY = "columns-" + java.util.UUID.randomUUID();
    private static String namespace = "";

    @BeforeAll
    static void objectsWithStatuses() {
        namespace = ApiServer.freshNamespace();
        with("VCenter", "lab", Specs.vcenter(""), """
                about: {version: 8.0.3}
                protectedVMs: 120
                conditions:
                - {type: Ready, status: "True", reason: Connected, message: "", lastTransitionTime: "2026-11-22T01:00:00Z"}
                - {type: Connected, status: "False", reason: Unreachable, message: "", lastTransitionTime: "2026-11-22T01:00:00Z"}
                """);
        with("BackupPolicy", "gold", Specs.policy("rpo: 24h"), """
                protectedVMs: 120
                forceFull: 4
                atRisk: 1
                suspectRestorePoints: 9
                """);
        with("ProtectedVM", "web-01", Specs.protectedVm("name: web-01"), """
                vm: {name: web-01, host: esx-3, esxVersion: 8.0.3, esxBuild: 24322831}
                nextBackup: {type: Full, reason: SnapshotReverted}
                suspectRestorePoints: 3
                lastGood: "2020-11-22T01:00:00.123456Z"
                conditions:
                - {type: AtRisk, status: "True", reason: NeverBackedUp, message: "", lastTransitionTime: "2026-11-22T01:00:00Z"}
                """);
        with("VMBackup", "web-01-20261123", Specs.backup(""), """
                phase: Committed
                reason: BaselineValid
                trust: Good
                decision: {type: Incremental, reason: BaselineValid}
                """);
        with("VMRestore", "web-01-tested", Specs.test("restorePoint: web-01-20261122, outcome: Passed"), """
                conditions:
                - {type: Recorded, status: "True", reason: RestoreTestPassed, message: "", lastTransitionTime: "2026-11-22T01:00:00Z"}
                """);
        with("CBTAdvisory", ADVISORY, Specs.advisory("trigger: Note"), """
                affectedHosts: 2
                affectedVMs: 31
                suspectRestorePoints: 240
                conditions:
                - {type: Ready, status: "True", reason: InForce, message: "", lastTransitionTime: "2026-11-22T01:00:00Z"}
                """);
        ApiServer.create(namespace, ApiServer.object("VMRecord", "lab-1", """
                schema: 1
                generation: 1
                binding: {vcenter: lab, moRef: vm-42}
                evidenceThrough: {epoch: 0, key: 991234, time: "2026-11-22T01:00:00.123456Z"}
                sighting: {at: {epoch: 0, time: "2026-11-22T01:00:00Z"}, name: web-01}
                """));
    }

    @AfterAll
    static void dropNamespaces() {
        ApiServer.dropNamespaces();
    }

    @Test
    void ofAVCenter() {
        assertThat(table("vc").get(0)).containsExactly("NAME", "SERVER", "VERSION", "READY", "CONNECTED", "VMS", "AGE");
        assertThat(table("vc").get(1))
                .startsWith("lab", "https://vcenter.example.com", "8.0.3", "True", "False", "120");
    }

    @Test
    void ofABackupPolicy() {
        assertThat(table("bp").get(0)).containsExactly("NAME", "RPO", "VMS", "FORCE FULL", "AT RISK", "AGE");
        assertThat(table("bp").get(1)).startsWith("gold", "24h", "120", "4", "1");
    }

    @Test
    void ofAProtectedVm() {
        assertThat(table("pvm").get(0))
                .containsExactly("NAME", "VM", "NEXT", "REASON", "AT RISK", "SUSPECT", "LAST GOOD", "AGE");
        assertThat(table("pvm").get(1)).startsWith("web-01", "web-01", "Full", "SnapshotReverted", "True", "3");
        assertThat(table("pvm").get(1).get(6)).as("an age, not a time").matches("\\d+y(\\d+d)?");
    }

    @Test
    void ofAProtectedVmInWideOutput() {
        var wide = table("pvm", "-o", "wide");

        assertThat(wide.get(0)).endsWith("AGE", "VCENTER", "HOST", "BUILD", "POLICY");
        assertThat(wide.get(1)).endsWith("lab", "esx-3", "24322831", "gold");
    }

    @Test
    void ofAVmBackup() {
        assertThat(table("vmb").get(0))
                .containsExactly("NAME", "VM", "CHAIN", "TYPE", "PHASE", "TRUST", "REASON", "AGE");
        assertThat(table("vmb").get(1))
                .startsWith(
                        "web-01-20261123", "web-01", "default", "Incremental", "Committed", "Good", "BaselineValid");
    }

    @Test
    void ofAVmRestore() {
        assertThat(table("vmr").get(0)).containsExactly("NAME", "VM", "KIND", "OUTCOME", "RECORDED", "AGE");
        assertThat(table("vmr").get(1)).startsWith("web-01-tested", "web-01", "Test", "Passed", "True");
    }

    @Test
    void ofAnAdvisory() {
        assertThat(Kubectl.run("get", "cbta", ADVISORY)
                        .lines()
                        .map(line -> List.of(line.strip().split(" {2,}"))))
                .satisfiesExactly(
                        names -> assertThat(names)
                                .containsExactly("NAME", "TRIGGER", "STATE", "HOSTS", "VMS", "SUSPECT", "AGE"),
                        values -> assertThat(values).startsWith(ADVISORY, "Note", "InForce", "2", "31", "240"));
    }

    @Test
    void ofAVmRecord() {
        assertThat(table("vmrec").get(0)).containsExactly("NAME", "VM", "VCENTER", "MOREF", "THROUGH", "AGE");
        assertThat(table("vmrec").get(1)).startsWith("lab-1", "web-01", "lab", "vm-42", "2026-11-22T01:00:00.123456Z");
    }

    @Test
    void theCategoryHasEveryKind() {
        assertThat(Kubectl.run("get", "cbtguard", "-n", namespace, "-o", "name").lines())
                .contains("cbtadvisory.cbtguard.io/" + ADVISORY)
                .filteredOn(name -> !name.startsWith("cbtadvisory."))
                .containsExactlyInAnyOrder(
                        "vmrestore.cbtguard.io/web-01-tested",
                        "vcenter.cbtguard.io/lab",
                        "backuppolicy.cbtguard.io/gold",
                        "protectedvm.cbtguard.io/web-01",
                        "vmbackup.cbtguard.io/web-01-20261123",
                        "vmrecord.cbtguard.io/lab-1");
    }

    @Test
    void everyFieldThatPeopleWriteIsExplained() {
        for (String field : List.of(
                "vc.spec",
                "bp.spec",
                "bp.spec.rules",
                "pvm.spec",
                "vmb.spec",
                "vmb.spec.report.disks",
                "vmr.spec",
                "cbta.spec",
                "cbta.spec.effect")) {
            assertThat(Kubectl.run("explain", field))
                    .as(field)
                    .contains("DESCRIPTION:")
                    .doesNotContain("<no description>");
        }
    }

    private static List<List<String>> table(String kind, String... more) {
        var arguments = new java.util.ArrayList<>(List.of("get", kind, "-n", namespace));
        arguments.addAll(List.of(more));
        return Kubectl.run(arguments.toArray(String[]::new))
                .lines()
                .map(line -> List.of(line.strip().split(" {2,}")))
                .toList();
    }

    private static void with(String kind, String name, String spec, String status) {
        GenericKubernetesResource object = ApiServer.create(namespace, ApiServer.object(kind, name, spec));
        object.setAdditionalProperty(
                "status", ApiServer.object(kind, name, status).getAdditionalProperties());
        if (kind.equals("CBTAdvisory")) {
            ApiServer.admin().resource(object).updateStatus();
        } else {
            ApiServer.admin().resource(object).inNamespace(namespace).updateStatus();
        }
    }
}
