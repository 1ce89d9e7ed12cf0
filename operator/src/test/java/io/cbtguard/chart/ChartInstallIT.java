package io.cbtguard.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.BackupPolicy;
import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.Kinds;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.testkit.cluster.LocalControlPlane;
import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One life of a release on an API server of its own: CRDs and admission policies hold for the whole cluster, and whether they are
 * there at the beginning is part of the story. Deployments and their pods are made by the controllers; no pod ever runs.
 */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChartInstallIT {
    private static final String NAMESPACE = Helm.NAMESPACE;
    private static final String RECORD = """
            schema: 1
            generation: 1
            binding: {moRef: vm-42}
            evidenceThrough: {epoch: 0, key: 1, time: "2026-11-22T01:00:00Z"}
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static LocalControlPlane cluster = LocalControlPlane.start();
    private static KubernetesClient admin = cluster.adminClient();

    @BeforeAll
    static void aNamespaceWithTheStrictestPodSecurity() {
        System.out.println("cluster: " + cluster.name());
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    static void stop() {
        admin.close();
        cluster.close();
    }

    @Test
    @Order(1)
    void installBringsTheCrdsAndAllObjectsAreAccepted() {
        String notes = helm("install", Helm.RELEASE, Helm.chart(), "--set", "dashboard.enabled=true")
                .orFail();

        assertThat(notes).contains("rollout status deployment/cbtguard-operator", "in one of: " + NAMESPACE);
        for (var kind : Kinds.ALL) {
            assertThatCode(() -> admin.resources(kind).inAnyNamespace().list()).doesNotThrowAnyException();
        }
        assertThat(advisories()).contains("broadcom-310751", "broadcom-317933", "vmware-kb-1021607");
    }

    @Test
    @Order(2)
    void thePodIsAcceptedUnderPodSecurityRestricted() {
        Pod pod =
                await().atMost(PATIENCE).until(() -> pods().stream().findFirst().orElse(null), p -> p != null);

        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("cbtguard-operator");
        assertThat(deployment().getStatus().getConditions())
                .noneMatch(condition -> condition.getType().equals("ReplicaFailure"));
    }

    @Test
    @Order(3)
    void aPodThatIsNotRestrictedWouldHaveBeenRefused() {
        Pod pod = pods().get(0);
        pod.getMetadata().setName("loose");
        pod.getMetadata().setResourceVersion(null);
        pod.getMetadata().setOwnerReferences(List.of());
        pod.getSpec().getContainers().get(0).getSecurityContext().setAllowPrivilegeEscalation(true);

        assertThatCode(() -> admin.resource(pod).create()).hasMessageContaining("violates PodSecurity");
    }

    @Test
    @Order(4)
    void theAdmissionPoliciesAndTheRolesAreInForce() {
        try (var operator = cluster.clientAs(NAMESPACE, "cbtguard-operator")) {
            var record = object("VMRecord", "of-the-operator", RECORD);
            operator.resource(record).create();
            assertThat(admin.resources(VMRecord.class)
                            .inNamespace(NAMESPACE)
                            .withName("of-the-operator")
                            .get())
                    .isNotNull();
        }
        var policy = admin.resource(object("BackupPolicy", "gold", "spec: {rpo: 24h}"))
                .create();
        policy.setAdditionalProperty("status", Map.of("protectedVMs", 7));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThatCode(() -> admin.resource(policy).updateStatus())
                        .hasMessageContaining("status is written by the operator only"
                                + " (system:serviceaccount:cbtguard-system:cbtguard-operator)"));
    }

    @Test
    @Order(5)
    void upgradeKeepsWhatPeopleAndTheOperatorWrote() {
        helm("upgrade", Helm.RELEASE, Helm.chart(), "--set", "replicas=2").orFail();

        assertThat(deployment().getSpec().getReplicas()).isEqualTo(2);
        assertThat(admin.configMaps()
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
        long before = deployment().getMetadata().getGeneration();

        helm("upgrade", Helm.RELEASE, Helm.chart(), "--set", "replicas=2").orFail();

        assertThat(deployment().getMetadata().getGeneration()).isEqualTo(before);
    }

    @Test
    @Order(7)
    void oldCrdsStopAnUpgradeUntilTheCommandItNamesWasRun() throws IOException {
        admin.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("backuppolicies.cbtguard.io")
                .edit(ChartInstallIT::older);

        var refused = helm("upgrade", Helm.RELEASE, Helm.chart());
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.output())
                .contains("another version are installed (backuppolicies.cbtguard.io)")
                .contains("kubectl apply --server-side --force-conflicts");
        helm("upgrade", Helm.RELEASE, Helm.chart(), "--set", "crds.check=false").orFail();

        applyCrdsAsTheMessageTells();
        helm("upgrade", Helm.RELEASE, Helm.chart()).orFail();
        assertObjectsAreKept();
    }

    @Test
    @Order(8)
    void uninstallKeepsCrdsAndRecordsAndSaysSoBefore() {
        assertThat(helm("get", "notes", Helm.RELEASE).orFail()).contains("helm uninstall keeps the CRDs");

        helm("uninstall", Helm.RELEASE, "--wait=legacy").orFail();

        assertObjectsAreKept();
        assertThat(advisories()).isEmpty();
        assertThat(admin.rbac().clusterRoles().withName("cbtguard-operator").get())
                .isNull();
        await().atMost(PATIENCE).until(() -> pods().isEmpty());
    }

    @Test
    @Order(9)
    void installAgainFindsThemThere() {
        helm("install", Helm.RELEASE, Helm.chart()).orFail();

        assertObjectsAreKept();
        assertThat(advisories()).hasSize(3);
    }

    @Test
    @Order(10)
    void thePlainManifestsAreAcceptedAndAppliedAgainChangeNothing() {
        helm("uninstall", Helm.RELEASE, "--wait=legacy").orFail();
        List<String> folders = List.of("crds", "deploy/base", "deploy/advisories");
        folders.forEach(ChartInstallIT::apply);
        String role = admin.rbac()
                .clusterRoles()
                .withName("cbtguard-operator")
                .require()
                .getMetadata()
                .getResourceVersion();

        folders.forEach(ChartInstallIT::apply);

        assertThat(advisories()).hasSize(3);
        assertThat(admin.rbac()
                        .clusterRoles()
                        .withName("cbtguard-operator")
                        .require()
                        .getMetadata()
                        .getResourceVersion())
                .isEqualTo(role);
        assertThat(deployment().getMetadata().getGeneration()).isEqualTo(1);
        assertObjectsAreKept();
        await().atMost(PATIENCE).until(() -> !pods().isEmpty());
    }

    private static void apply(String folder) {
        kubectl(
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

    private static void applyCrdsAsTheMessageTells() throws IOException {
        Path crds = Files.createTempFile("crds", ".yaml");
        Files.writeString(crds, Helm.run("show", "crds", Helm.chart()).orFail());
        try {
            kubectl("apply", "--server-side", "--force-conflicts", "-f", crds.toString());
        } finally {
            Files.delete(crds);
        }
    }

    private static void kubectl(String... arguments) {
        var command = new ArrayList<>(List.of(
                cluster.kubectl().toString(),
                "--kubeconfig",
                cluster.kubeconfigFile().toString()));
        command.addAll(List.of(arguments));
        Tool.run(command).orFail();
    }

    private static void assertObjectsAreKept() {
        assertThat(admin.resources(BackupPolicy.class)
                        .inNamespace(NAMESPACE)
                        .withName("gold")
                        .get())
                .isNotNull();
        assertThat(admin.resources(VMRecord.class)
                        .inNamespace(NAMESPACE)
                        .withName("of-the-operator")
                        .get())
                .isNotNull();
    }

    private static Tool.Result helm(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--namespace",
                NAMESPACE,
                "--kubeconfig",
                cluster.kubeconfigFile().toString()));
        return Helm.run(all.toArray(String[]::new));
    }

    private static List<String> advisories() {
        return admin.resources(CBTAdvisory.class).list().getItems().stream()
                .map(advisory -> advisory.getMetadata().getName())
                .toList();
    }

    private static List<Pod> pods() {
        return admin.pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/name", "cbtguard")
                .list()
                .getItems();
    }

    private static Deployment deployment() {
        return admin.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("cbtguard-operator")
                .require();
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
