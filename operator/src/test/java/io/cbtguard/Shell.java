package io.cbtguard;

import io.cbtguard.testkit.cluster.Clusters;
import io.cbtguard.testkit.process.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Commands as an administrator's shell runs them: kubectl, the plugin and the examples in reach, this cluster in the kubeconfig. */
final class Shell {
    private final Map<String, String> environment = new TreeMap<>();

    Shell(Map<String, String> more) {
        String path = Checkout.root().resolve("plugin") + ":"
                + Checkout.root().resolve("examples/hooks") + ":"
                + Clusters.shared().kubectl().getParent() + ":" + System.getenv("PATH");
        environment.put("PATH", path);
        environment.put("KUBECONFIG", Clusters.shared().kubeconfigFile().toString());
        environment.putAll(more);
    }

    /**
     * @param out standard output
     * @param err standard error
     */
    record Said(int exit, String out, String err) {
        /** The values of the lines that begin with this name, without it. */
        List<List<String>> all(String name) {
            return out.lines()
                    .map(line -> Arrays.asList(line.split("\t", -1)))
                    .filter(line -> line.getFirst().equals(name))
                    .map(line -> line.subList(1, line.size()))
                    .toList();
        }

        /** The one value of the one line of this name. */
        String one(String name) {
            return all(name).getFirst().getFirst();
        }

        @Override
        public String toString() {
            return "exit " + exit + "\n" + out + "\n" + err;
        }
    }

    Said run(String... command) {
        try {
            Path err = Files.createTempFile("shell", ".err");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("CBTGUARD_") || name.equals("KUBECTL"));
            builder.environment().putAll(environment);
            // found by the PATH that the command is given, not by that of this process
            builder.command().addAll(0, List.of("env", "--"));
            Process process = builder.start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            String said = Files.readString(err);
            Files.delete(err);
            return new Said(exit, out, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
