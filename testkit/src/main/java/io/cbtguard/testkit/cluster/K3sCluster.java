package io.cbtguard.testkit.cluster;

import com.github.dockerjava.api.model.Image;
import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * K3s in a container, by Testcontainers: a whole cluster with scheduler and kubelet. Needs a container engine that runs
 * privileged containers, and a {@code rancher/k3s} image that is present already: nothing is ever pulled.
 */
public final class K3sCluster implements TestCluster {

    private static final String REPOSITORY = "rancher/k3s";

    private final K3sContainer container;
    private final String image;
    private final Path file;

    private K3sCluster(K3sContainer container, String image) {
        this.container = container;
        this.image = image;
        try {
            this.file = Files.createTempFile("cbtguard-k3s-", ".kubeconfig");
            Files.writeString(file, container.getKubeConfigYaml());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether {@link #start} can work here. */
    public static boolean available() {
        return whyNot().isEmpty();
    }

    /** What is missing to start K3s here, or empty. */
    public static Optional<String> whyNot() {
        // Asking Testcontainers without an engine costs seconds and fills the log with stack traces.
        if (System.getenv("DOCKER_HOST") == null && !Files.exists(Path.of("/var/run/docker.sock"))) {
            return Optional.of("no container engine (neither DOCKER_HOST nor /var/run/docker.sock)");
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("the container engine does not answer");
        }
        return newestImage().isPresent()
                ? Optional.empty()
                : Optional.of("no image " + REPOSITORY + " is present, and none is pulled");
    }

    /**
     * Starts the newest present image.
     *
     * @throws IllegalStateException if it is not {@link #available}
     */
    public static K3sCluster start() {
        var image = newestImage().orElseThrow(() -> new IllegalStateException("no image " + REPOSITORY));
        var container = new K3sContainer(DockerImageName.parse(image)).withImagePullPolicy(name -> false);
        container.start();
        return new K3sCluster(container, image);
    }

    private static Optional<String> newestImage() {
        return DockerClientFactory.lazyClient().listImagesCmd().exec().stream()
                .map(Image::getRepoTags)
                .flatMap(tags -> tags == null ? Stream.empty() : Arrays.stream(tags))
                .filter(tag -> tag.startsWith(REPOSITORY + ":"))
                .max(Comparator.comparing(K3sCluster::comparable));
    }

    /** Pads numbers, so that v1.9 sorts before v1.36. */
    private static String comparable(String tag) {
        return Arrays.stream(tag.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)"))
                .map(part -> part.matches("\\d{1,9}") ? "%09d".formatted(Integer.parseInt(part)) : part)
                .reduce("", String::concat);
    }

    @Override
    public String name() {
        return "K3s in a container, " + image;
    }

    @Override
    public URI server() {
        return URI.create(Config.fromKubeconfig(kubeconfig()).getMasterUrl());
    }

    @Override
    public String caPem() {
        var data = Config.fromKubeconfig(kubeconfig()).getCaCertData();
        return new String(Base64.getDecoder().decode(data), StandardCharsets.US_ASCII);
    }

    @Override
    public String kubeconfig() {
        return container.getKubeConfigYaml();
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
        container.stop();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
