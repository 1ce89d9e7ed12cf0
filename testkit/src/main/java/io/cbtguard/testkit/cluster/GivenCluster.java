package io.cbtguard.testkit.cluster;

import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * The cluster that the environment variable {@code CBTGUARD_KUBECONFIG} names. Nothing else makes a cluster "given": the
 * user's default context is never touched.
 */
public final class GivenCluster implements TestCluster {

    static final String VARIABLE = "CBTGUARD_KUBECONFIG";

    private final Path file;
    private final String kubeconfig;
    private final Config config;
    private final String version;

    private GivenCluster(Path file) {
        this.file = file;
        try {
            this.kubeconfig = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(VARIABLE + " names a file that cannot be read: " + file, e);
        }
        this.config = Config.fromKubeconfig(file.toFile());
        try (var client = adminClient()) {
            this.version = client.getKubernetesVersion().getGitVersion();
        }
    }

    /** The given cluster, or empty if the variable is not set. */
    public static Optional<TestCluster> fromEnvironment() {
        return Optional.ofNullable(System.getenv(VARIABLE))
                .filter(path -> !path.isBlank())
                .map(path -> new GivenCluster(Path.of(path).toAbsolutePath()));
    }

    @Override
    public String name() {
        return "given by " + VARIABLE + ", Kubernetes " + version + " at " + server();
    }

    @Override
    public URI server() {
        return URI.create(config.getMasterUrl());
    }

    @Override
    public String caPem() {
        try {
            if (config.getCaCertData() != null) {
                return new String(Base64.getDecoder().decode(config.getCaCertData()), StandardCharsets.US_ASCII);
            }
            return config.getCaCertFile() == null ? "" : Files.readString(Path.of(config.getCaCertFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String kubeconfig() {
        return kubeconfig;
    }

    @Override
    public Path kubeconfigFile() {
        return file;
    }

    @Override
    public Optional<Path> auditLog() {
        return Optional.empty();
    }

    @Override
    public Path kubectl() {
        return Checkout.tool("kubectl");
    }

    @Override
    public void close() {
        // not ours
    }
}
