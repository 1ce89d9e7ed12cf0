package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.Kinds;
import io.cbtguard.chart.Helm;
import io.cbtguard.chart.Tool;
import io.cbtguard.testkit.cluster.LocalControlPlane;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pod of {@code helm test}, as a process with the arguments and variables that the chart gives it, on an API server of its
 * own: CRDs hold for the whole cluster. No kubelet runs the pod.
 */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PreflightCrdsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final LocalControlPlane CLUSTER = LocalControlPlane.start();
    private static final KubernetesClient ADMIN = CLUSTER.adminClient();
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("tests")
            .withForce(true)
            .build();

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void theChartWithoutItsCrds() throws IOException {
        System.out.println("cluster: " + CLUSTER.name());
        Pod pod = Helm.testPod();
        String namespace = pod.getMetadata().getNamespace();
        ADMIN.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        Helm.objects("advisories.bundled=false").stream()
                .filter(object -> !object.getKind().equals("Deployment"))
                .forEach(object -> ADMIN.resource(object).patch(APPLY));
        Files.writeString(
                folder.resolve("kubeconfig"),
                CLUSTER.kubeconfigFor(namespace, pod.getSpec().getServiceAccountName(), null, null));
    }

    @AfterAll
    static void stop() {
        ADMIN.close();
        CLUSTER.close();
    }

    /** What the pod's container would run; the kubeconfig is in place of the mounted token. */
    private static Tool.Result testPod() {
        Container container = Helm.testPod().getSpec().getContainers().getFirst();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        container.getEnv().stream()
                .filter(variable -> variable.getName().equals("JAVA_TOOL_OPTIONS"))
                .forEach(variable ->
                        command.addAll(1, List.of(variable.getValue().split(" "))));
        command.add("io.cbtguard.Main");
        command.addAll(container.getArgs());
        command.add("--kubeconfig=" + folder.resolve("kubeconfig"));
        return Tool.run(command);
    }

    @Test
    @Order(1)
    void crdsThatAreNotThereAreMissing() {
        Tool.Result said = testPod();

        assertThat(said.exit()).as(said.output()).isEqualTo(1);
        for (var kind : Kinds.ALL) {
            assertThat(said.output())
                    .containsPattern("CRD " + HasMetadata.getFullResourceName(kind)
                            + " +missing +is not installed: helm show crds .*");
        }
    }

    @Test
    @Order(2)
    void onceTheyAreInstalledNothingIsMissing() throws IOException {
        for (var kind : Kinds.ALL) {
            ADMIN.resource(crd(HasMetadata.getFullResourceName(kind))).patch(APPLY);
        }

        Tool.Result said =
                await("all is there").atMost(PATIENCE).until(PreflightCrdsIT::testPod, result -> result.exit() == 0);

        assertThat(said.output()).contains("there is none in cbtguard-system").endsWith("Nothing is missing.\n");
    }

    @Test
    @Order(3)
    void anOldCrdIsMissingWithTheFieldsThatItLacksAndTheCommandThatMendsIt() throws IOException {
        CustomResourceDefinition crd = crd("backuppolicies.cbtguard.io");
        var schema = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
        var spec = Objects.requireNonNull(schema.getProperties().get("spec"));
        assertThat(spec.getProperties().remove("rpo")).isNotNull();
        ADMIN.resource(crd).patch(APPLY);

        Tool.Result said =
                await("it is old").atMost(PATIENCE).until(PreflightCrdsIT::testPod, result -> result.exit() == 1);

        assertThat(said.output())
                .containsPattern("CRD backuppolicies.cbtguard.io +missing +is older than this operator"
                        + " \\(lacks spec.rpo\\): helm show crds helm/cbtguard \\| kubectl apply --server-side")
                .containsPattern("CRD protectedvms.cbtguard.io +ok")
                .contains("1 of ");
    }

    @Test
    void anOptionThatIsWrongIsToldApart() {
        Tool.Result said = Tool.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.cbtguard.Main",
                "--check",
                "--http-port=many"));

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.output()).contains("--http-port");
    }

    private static CustomResourceDefinition crd(String name) throws IOException {
        try (InputStream yaml = PreflightCrdsIT.class.getResourceAsStream("/META-INF/fabric8/" + name + "-v1.yml")) {
            return Serialization.unmarshal(Objects.requireNonNull(yaml), CustomResourceDefinition.class);
        }
    }
}
