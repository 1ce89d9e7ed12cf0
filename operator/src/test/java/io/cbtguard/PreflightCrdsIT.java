package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.Kinds;
import io.cbtguard.chart.Helm;
import io.cbtguard.chart.InstalledChart;
import io.cbtguard.chart.Tool;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
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
    private static final InstalledChart CHART = InstalledChart.start();

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void theAccountOfThePod() throws IOException {
        String account = Helm.testPod().getSpec().getServiceAccountName();
        Files.writeString(
                folder.resolve("kubeconfig"),
                CHART.cluster().kubeconfigFor(InstalledChart.NAMESPACE, account, null, null));
    }

    @AfterAll
    static void stop() {
        CHART.close();
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
        CHART.applyCrds();

        Tool.Result said =
                await("all is there").atMost(PATIENCE).until(PreflightCrdsIT::testPod, result -> result.exit() == 0);

        assertThat(said.output()).contains("there is none in cbtguard-system").endsWith("Nothing is missing.\n");
    }

    @Test
    @Order(3)
    void anOldCrdIsMissingWithTheFieldsThatItLacksAndTheCommandThatMendsIt() throws IOException {
        CustomResourceDefinition crd = InstalledChart.crd("backuppolicies.cbtguard.io");
        var schema = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
        var spec = Objects.requireNonNull(schema.getProperties().get("spec"));
        assertThat(spec.getProperties().remove("rpo")).isNotNull();
        CHART.apply(crd);

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
}
