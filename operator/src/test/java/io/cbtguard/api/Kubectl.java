package io.cbtguard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.testkit.cluster.Clusters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The command line as an administrator uses it. */
final class Kubectl {
    private Kubectl() {}

    /** What it prints; anything but success fails the test with what it said. */
    static String run(String... arguments) {
        var cluster = Clusters.shared();
        var command = new ArrayList<String>();
        command.add(cluster.kubectl().toString());
        command.add("--kubeconfig=" + cluster.kubeconfigFile());
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
