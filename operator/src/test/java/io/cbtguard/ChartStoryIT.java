package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cbtguard.chart.ReleaseBed;
import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.testkit.process.ChildProcess;
import io.cbtguard.testkit.process.FreePorts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chart is installed by Helm under Pod Security {@code restricted}; the pod that the Deployment made stays pending, as no
 * kubelet is there, and what it would start is started in its place: its arguments, its variables, its ServiceAccount. Then the
 * story is played.
 */
@Tag("cluster")
@Tag("simulator")
class ChartStoryIT {
    @TempDir
    Path folder = Path.of("");

    @Test
    void theOperatorAsItsPodWouldStartItPlaysTheWholeStory() throws Exception {
        int port = FreePorts.pick(1)[0];
        try (ReleaseBed release = new ReleaseBed()) {
            release.install(
                    "ports.http=" + port,
                    "extraArgs={--http-bind=127.0.0.1,--page-port=0}",
                    "log.format=text",
                    "advisories.bundled=false");
            Pod pod = await().until(() -> release.pods().stream().findFirst().orElse(null), Objects::nonNull);
            try (ChildProcess operator = start(release, pod);
                    Simulator simulator =
                            Simulator.start(SimulatorOptions.defaults().withVms(1));
                    GuardBed bed = GuardBed.elsewhere(ReleaseBed.NAMESPACE, release.cluster)) {
                assertThat(operator.isAlive()).isTrue();
                play(new GuardedEstate(bed, simulator, GuardedEstate.VM, "", ""));
            }
        }
    }

    private static void play(GuardedEstate estate) {
        estate.declare();
        estate.awaitForceFull("True", "NoBaseline");
        assertThat(GuardedEstate.decided(estate.backup("Auto"))).isEqualTo("Full");
        estate.awaitForceFull("False", "NotNeeded");
        String before = estate.simulator.vms().snapshot(GuardedEstate.VM, "before-patch");
        assertThat(GuardedEstate.decided(estate.backup("Auto"))).isEqualTo("Incremental");

        estate.simulator.vms().as("alice@vsphere.local").revert(GuardedEstate.VM, before);
        estate.awaitForceFull("True", "SnapshotReverted");
        assertThat(GuardedEstate.phase(estate.ask("Incremental"))).isEqualTo("Refused");
        assertThat(GuardedEstate.decided(estate.backup("Auto"))).isEqualTo("Full");
        estate.awaitForceFull("False", "NotNeeded");

        estate.simulator
                .hosts()
                .setBuild(estate.simulator.vms().get(GuardedEstate.VM).host(), "8.0.3", "24414501");
        estate.awaitForceFull("True", "HostUpgraded");
        assertThat(GuardedEstate.decided(estate.backup("Auto"))).isEqualTo("Full");
        estate.awaitForceFull("False", "NotNeeded");
    }

    private ChildProcess start(ReleaseBed release, Pod pod) throws Exception {
        Container container = pod.getSpec().getContainers().getFirst();
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : container.getEnv()) {
            environment.put(
                    variable.getName(),
                    Objects.requireNonNullElseGet(
                            variable.getValue(),
                            () -> switch (variable.getValueFrom().getFieldRef().getFieldPath()) {
                                case "metadata.namespace" -> pod.getMetadata().getNamespace();
                                case "metadata.name" -> pod.getMetadata().getName();
                                default -> throw new AssertionError(variable);
                            }));
        }
        Path kubeconfig = Files.writeString(
                folder.resolve("kubeconfig"),
                release.cluster.kubeconfigFor(
                        pod.getMetadata().getNamespace(), pod.getSpec().getServiceAccountName(), null, null));
        environment.put("KUBECONFIG", kubeconfig.toString());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path").replaceAll("[^" + File.pathSeparator + "]*test-classes/?", ""),
                "io.cbtguard.Main"));
        command.addAll(container.getArgs());
        return ChildProcess.start("operator", command, environment, folder.resolve("operator.log"));
    }
}
