package io.cbtguard.testkit.demo;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** kubectl for one kubeconfig: what the demo does with objects, a person could type. */
final class Kubectl {
    private final Path binary;
    private final Path kubeconfig;
    private final Path cache;

    Kubectl(Path binary, Path kubeconfig, Path cache) {
        this.binary = binary;
        this.kubeconfig = kubeconfig;
        this.cache = cache;
    }

    Path binary() {
        return binary;
    }

    /** A command line that can be typed in a shell that has read the env file. */
    static String shown(String... arguments) {
        return "$ kubectl " + String.join(" ", arguments);
    }

    /**
     * Runs it and returns what it printed.
     *
     * @throws IllegalStateException if it fails, with what it said
     */
    String run(String... arguments) {
        return runWith("", arguments);
    }

    /** Applies manifests by server-side apply. */
    void apply(String manifests) {
        runWith(manifests, "apply", "--server-side", "--force-conflicts", "-f", "-");
    }

    /** Creates what the manifest says; fails if it exists. */
    void create(String manifest) {
        runWith(manifest, "create", "-f", "-");
    }

    <T> T get(Class<T> type, String... arguments) {
        var command = new ArrayList<>(List.of("get", "-o", "json"));
        command.addAll(List.of(arguments));
        return Serialization.unmarshal(run(command.toArray(String[]::new)), type);
    }

    String runWith(String input, String... arguments) {
        var command = new ArrayList<String>();
        command.add(binary.toString());
        command.addAll(List.of(arguments));
        try {
            Path stdin = Files.createTempFile("cbtguard-kubectl-", ".in");
            try {
                Files.writeString(stdin, input);
                var builder = new ProcessBuilder(command).redirectInput(stdin.toFile());
                builder.environment().put("KUBECONFIG", kubeconfig.toString());
                builder.environment().put("KUBECACHEDIR", cache.toString());
                return outcome(command, builder.redirectErrorStream(true).start());
            } finally {
                Files.deleteIfExists(stdin);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String outcome(List<String> command, Process process) throws IOException, InterruptedException {
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException(
                    "kubectl " + String.join(" ", command.subList(1, command.size())) + " failed:\n" + printed);
        }
        return printed;
    }
}
