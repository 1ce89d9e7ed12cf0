package io.cbtguard.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.BackupPolicy;
import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.Kinds;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One life of a release: whether CRDs and admission policies are there at the beginning is part of the story. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChartInstallIT {
    private static final String NAMESPACE = ReleaseBed.NAMESPACE;
    private static final String RECORD = """
            schema: 1
            generation: 1
            binding: {moRef: vm-42}
            evidenceThrough: {epoch: 0, key: 1, time: "2026-11-22T01:00:00Z"}
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ReleaseBed BED = new ReleaseBed();
    private static final KubernetesClient ADMIN = BED.admin;

    @AfterAll
    static void stop() {
        BED.close();
    }

    @Test
    @Order(1)
    void installBringsTheCrdsAndAllObjectsAreAccepted() {
        String notes = BED.helm("install", Helm.RELEASE, Helm.chart(), "--set", "dashboard.enabled=true")
                .orFail();

        assertThat(notes).contains("rollout status deployment/cbtguard-operator", "in one of: " + NAMESPACE);
        for (var kind : Kinds.ALL) {
            assertThatCode(() -> ADMIN.resources(kind).inAnyNamespace().list()).doesNotThrowAnyException();
        }
        assertThat(advisories()).contains("broadcom-310751", "broadcom-317933", "vmware-kb-1021607");
    }

    @Test
    @Order(2)
    void thePodIsAcceptedUnderPodSecurityRestricted() {
        Pod pod = await().atMost(PATIENCE)
                .until(() -> BED.pods().stream().findFirst().orElse(null), p -> p != null);

        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("cbtguard-operator");
        assertThat(BED.deployment().getStatus().getConditions())
                .noneMatch(condition -> condition.getType().equals("ReplicaFailure"));
    }

    @Test
    @Order(3)
    void aPodThatIsNotRestrictedWouldHaveBeenRefused() {
        Pod pod = BED.pods().get(0);
        pod.getMetadata().setName("loose");
        pod.getMetadata().setResourceVersion(null);
        pod.getMetadata().setOwnerReferences(List.of());
        pod.getSpec().getContainers().get(0).getSecurityContext().setAllowPrivilegeEscalation(true);

        assertThatCode(() -> ADMIN.resource(pod).create()).hasMessageContaining("violates PodSecurity");
    }

    @Test
    @Order(4)
    void theAdmissionPoliciesAndTheRolesAreInForce() {
        try (var operator = BED.cluster.clientAs(NAMESPACE, "cbtguard-operator")) {
            var record = object("VMRecord", "of-the-operator", RECORD);
            operator.resource(record).create();
            assertThat(ADMIN.resources(VMRecord.class)
                            .inNamespace(NAMESPACE)
                            .withName("of-the-operator")
                            .get())
                    .isNotNull();
        }
        ADMIN.resource(object("BackupPolicy", "gold", "spec: {rpo: 24h}")).create();
        await().atMost(PATIENCE).untilAsserted(() -> assertThatCode(ChartInstallIT::writeStatusAsAPerson)
                .hasMessageContaining("status is written by the operator only"
                        + " (system:serviceaccount:cbtguard-system:cbtguard-operator)"));
    }

    @Test
    @Order(5)
    void upgradeKeepsWhatPeopleAndTheOperatorWrote() {
        BED.helm("upgrade", Helm.RELEASE, Helm.chart(), "--set", "replicas=2").orFail();

        assertThat(BED.deployment().getSpec().getReplicas()).isEqualTo(2);
        assertThat(ADMIN.configMaps()
                        .inNamespace(NAMESPACE)
                        .withName("cbtguard-operator-dashboard")
                        .get())
                .as("what a value no longer asks for goes")
                .isNull();
        assertObjectsAreKept();
    }

    @Test
    @Order(6)
    void theSameUpgradeAgainChangesNothing() {
        long before = BED.deployment().getMetadata().getGeneration();

        BED.helm("upgrade", Helm.RELEASE, Helm.chart(), "--set", "replicas=2").orFail();

        assertThat(BED.deployment().getMetadata().getGeneration()).isEqualTo(before);
    }

    @Test
    @Order(7)
    void oldCrdsStopAnUpgradeUntilTheCommandItNamesWasRun() throws IOException {
        ADMIN.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("backuppolicies.cbtguard.io")
                .edit(ChartInstallIT::older);

        var refused = BED.helm("upgrade", Helm.RELEASE, Helm.chart());
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.output())
                .contains("another version are installed (backuppolicies.cbtguard.io)")
                .contains("kubectl apply --server-side --force-conflicts");
        BED.helm("upgrade", Helm.RELEASE, Helm.chart(), "--set", "crds.check=false")
                .orFail();

        BED.applyCrdsOf(Helm.chart());
        BED.helm("upgrade", Helm.RELEASE, Helm.chart()).orFail();
        assertObjectsAreKept();
    }

    @Test
    @Order(8)
    void uninstallKeepsCrdsAndRecordsAndSaysSoBefore() {
        assertThat(BED.helm("get", "notes", Helm.RELEASE).orFail()).contains("helm uninstall keeps the CRDs");

        BED.helm("uninstall", Helm.RELEASE, "--wait=legacy").orFail();

        assertObjectsAreKept();
        assertThat(advisories()).isEmpty();
        assertThat(ADMIN.rbac().clusterRoles().withName("cbtguard-operator").get())
                .isNull();
        await().atMost(PATIENCE).until(() -> BED.pods().isEmpty());
    }

    @Test
    @Order(9)
    void installAgainFindsThemThere() {
        BED.helm("install", Helm.RELEASE, Helm.chart()).orFail();

        assertObjectsAreKept();
        assertThat(advisories()).hasSize(3);
    }

    @Test
    @Order(10)
    void thePlainManifestsAreAcceptedAndAppliedAgainChangeNothing() {
        BED.helm("uninstall", Helm.RELEASE, "--wait=legacy").orFail();
        List<String> folders = List.of("crds", "deploy/base", "deploy/advisories");
        folders.forEach(ChartInstallIT::apply);
        String role = ADMIN.rbac()
                .clusterRoles()
                .withName("cbtguard-operator")
                .require()
                .getMetadata()
                .getResourceVersion();

        folders.forEach(ChartInstallIT::apply);

        assertThat(advisories()).hasSize(3);
        assertThat(ADMIN.rbac()
                        .clusterRoles()
                        .withName("cbtguard-operator")
                        .require()
                        .getMetadata()
                        .getResourceVersion())
                .isEqualTo(role);
        assertThat(BED.deployment().getMetadata().getGeneration()).isEqualTo(1);
        assertObjectsAreKept();
        await().atMost(PATIENCE).until(() -> !BED.pods().isEmpty());
    }

    private static void apply(String folder) {
        BED.kubectl(
                "apply",
                "--server-side",
                "--force-conflicts",
                "-k",
                Checkout.root().resolve(folder).toString());
    }

    /** As a version before would have been: a field less. */
    private static CustomResourceDefinition older(CustomResourceDefinition crd) {
        var schema = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
        var spec = Objects.requireNonNull(schema.getProperties().get("spec"));
        assertThat(spec.getProperties().remove("rpo")).isNotNull();
        return crd;
    }

    private static void assertObjectsAreKept() {
        assertThat(ADMIN.resources(BackupPolicy.class)
                        .inNamespace(NAMESPACE)
                        .withName("gold")
                        .get())
                .isNotNull();
        assertThat(ADMIN.resources(VMRecord.class)
                        .inNamespace(NAMESPACE)
                        .withName("of-the-operator")
                        .get())
                .isNotNull();
    }

    private static List<String> advisories() {
        return ADMIN.resources(CBTAdvisory.class).list().getItems().stream()
                .map(advisory -> advisory.getMetadata().getName())
                .toList();
    }

    /** Reads it again each time: until the admission policies are compiled a write still succeeds. */
    private static void writeStatusAsAPerson() {
        var policy = ADMIN.genericKubernetesResources("cbtguard.io/v1alpha1", "BackupPolicy")
                .inNamespace(NAMESPACE)
                .withName("gold")
                .require();
        policy.setAdditionalProperty(
                "status", Map.of("protectedVMs", ThreadLocalRandom.current().nextInt(1000)));
        ADMIN.resource(policy).updateStatus();
    }

    private static GenericKubernetesResource object(String kind, String name, String body) {
        return Serialization.unmarshal("""
                apiVersion: cbtguard.io/v1alpha1
                kind: %s
                metadata: {name: %s, namespace: %s}
                %s
                """.formatted(kind, name, NAMESPACE, body), GenericKubernetesResource.class);
    }
}
