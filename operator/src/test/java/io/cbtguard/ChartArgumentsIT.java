package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.chart.Helm;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The operator understands the command line that the chart gives it, and the JVM its options. */
class ChartArgumentsIT {
    @Test
    void theDefaults() {
        Options options = parse(container());

        assertThat(options.namespace).isEqualTo("cbtguard-system");
        assertThat(options.watchedNamespaces()).isEqualTo(Set.of("cbtguard-system"));
        assertThat(options.electsLeader()).isTrue();
        assertThat(options.httpPort).isEqualTo(8080);
        assertThat(options.httpBind).isEqualTo("0.0.0.0");
        assertThat(options.logFormat).isEqualTo(Options.LogFormat.json);
    }

    @Test
    void whatValuesSet() {
        Options options = parse(container(
                "leaderElection.enabled=false", "log.format=text", "vcenterNamespaces={a,b}", "ports.http=9999"));

        assertThat(options.watchedNamespaces()).isEqualTo(Set.of("a", "b"));
        assertThat(options.electsLeader()).isFalse();
        assertThat(options.httpPort).isEqualTo(9999);
        assertThat(options.logFormat).isEqualTo(Options.LogFormat.text);
    }

    @Test
    void theJvmStartsWithItsOptions() throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        container().getEnv().stream()
                .filter(variable -> variable.getName().equals("JAVA_TOOL_OPTIONS"))
                .map(EnvVar::getValue)
                .forEach(value -> command.addAll(List.of(value.split(" "))));
        assertThat(command).hasSizeGreaterThan(1);
        command.add("-version");

        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static Options parse(Container container) {
        assertThat(container.getEnv())
                .anySatisfy(variable -> assertThat(variable.getName()).isEqualTo("POD_NAMESPACE"));
        // POD_NAMESPACE is read from the process's environment, which is not the pod's here: its default is the same
        return Options.parse(Map.of(), container.getArgs().toArray(String[]::new));
    }

    private static Container container(String... values) {
        return Helm.one(Helm.objects(values), "Deployment", Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
    }
}
