package io.cbtguard.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people without Helm apply is what the chart makes. */
class ManifestsIT {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base/install.yaml",
                "advisories/advisories.yaml",
                "monitoring/monitoring.yaml",
                "prometheus/rules.yaml"
            })
    void areUpToDate(String file) {
        Tool.run(List.of(Checkout.root().resolve("tools/manifests.sh").toString(), folder.toString()))
                .orFail();

        assertThat(Checkout.root().resolve("deploy").resolve(file))
                .as("run tools/manifests.sh")
                .hasSameTextualContentAs(folder.resolve(file));
    }

    @Test
    void theBaseInstallsAllThatTheChartDoesButAdvisories() {
        assertThat(kustomize("deploy/base"))
                .contains("Namespace/cbtguard-system")
                .containsAll(names(Helm.objects("advisories.bundled=false")));
        assertThat(kustomize("deploy/advisories")).hasSize(3);
        assertThat(kustomize("deploy/monitoring"))
                .containsExactlyInAnyOrder(
                        "ConfigMap/cbtguard-operator-dashboard",
                        "PodMonitor/cbtguard-operator",
                        "PrometheusRule/cbtguard-operator");
    }

    @Test
    void theCrdsAreAKustomizationOfTheirOwn() {
        assertThat(kustomize("crds"))
                .containsExactlyInAnyOrderElementsOf(
                        names(Helm.parse(Helm.run("show", "crds", Helm.chart()).orFail())));
    }

    private static List<String> kustomize(String path) {
        String yaml = Tool.run(List.of(
                        Checkout.tool("kubectl").toString(),
                        "kustomize",
                        Checkout.root().resolve(path).toString()))
                .orFail();
        return names(Helm.parse(yaml));
    }

    private static List<String> names(List<HasMetadata> objects) {
        return objects.stream()
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .toList();
    }
}
