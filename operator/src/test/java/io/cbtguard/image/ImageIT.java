package io.cbtguard.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cbtguard.chart.Helm;
import io.cbtguard.chart.InstalledChart;
import io.cbtguard.chart.Tool;
import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.testkit.process.ChildProcess;
import io.cbtguard.testkit.process.FreePorts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The image that {@code make image} built, in the place of the pod of the chart: no kubelet and no container engine runs it. */
@Tag("cluster")
@Tag("simulator")
@EnabledIfSystemProperty(
        named = "image.tar",
        matches = ".+",
        disabledReason = "builds an image first, which takes minutes: make image")
class ImageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PORT = FreePorts.pick(1)[0];
    /** What differs from the defaults: loopback only, and ports that nobody else has. */
    private static final String[] VALUES = {
        "ports.http=" + PORT, "extraArgs={--http-bind=127.0.0.1,--page-port=0}", "log.format=text"
    };

    private static final InstalledChart CHART = InstalledChart.start();
    private static final Simulator SIMULATOR =
            Simulator.start(SimulatorOptions.defaults().withVms(1));

    @TempDir
    static Path folder = Path.of("");

    private static @Nullable ImageTar opened;
    private static @Nullable RootFileSystem unpacked;

    @BeforeAll
    static void unpack() throws IOException {
        CHART.applyCrds();
        ImageTar image = ImageTar.open(Path.of(System.getProperty("image.tar")), folder.resolve("image"));
        Path root = folder.resolve("root");
        image.unpack(root);
        mountAccount(root);
        opened = image;
        unpacked = new RootFileSystem(root, image.user());
        System.out.printf("image: %.1f MiB compressed%n", image.size() / 1024.0 / 1024.0);
    }

    private static ImageTar image() {
        return Objects.requireNonNull(opened);
    }

    private static RootFileSystem files() {
        return Objects.requireNonNull(unpacked);
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
        CHART.close();
    }

    /** As the kubelet does. */
    private static void mountAccount(Path root) throws IOException {
        Path account = Files.createDirectories(root.resolve("var/run/secrets/kubernetes.io/serviceaccount"));
        var kubeconfig = Config.fromKubeconfig(
                CHART.cluster().kubeconfigFor(InstalledChart.NAMESPACE, InstalledChart.ACCOUNT, null, null));
        Files.writeString(
                account.resolve("token"),
                kubeconfig.getOauthToken() == null ? kubeconfig.getAutoOAuthToken() : kubeconfig.getOauthToken());
        Files.writeString(account.resolve("ca.crt"), CHART.cluster().caPem());
        Files.writeString(account.resolve("namespace"), InstalledChart.NAMESPACE);
    }

    private static PodSpec pod() {
        return Helm.one(Helm.objects(VALUES), "Deployment", Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    /** What the kubelet would start: the image's entrypoint, the container's arguments, the variables of both. */
    private static List<String> command(Container container) throws IOException {
        List<String> environment = new ArrayList<>(image().environment());
        container
                .getEnv()
                .forEach(variable -> environment.add(variable.getName() + "="
                        + (variable.getValue() != null
                                ? variable.getValue()
                                : variable.getName().equals("POD_NAMESPACE")
                                        ? InstalledChart.NAMESPACE
                                        : "operator-0")));
        URI server = CHART.cluster().server();
        environment.add("KUBERNETES_SERVICE_HOST=" + server.getHost());
        environment.add("KUBERNETES_SERVICE_PORT=" + server.getPort());
        return files().command(
                        environment,
                        Stream.concat(image().entrypoint().stream(), container.getArgs().stream())
                                .toList());
    }

    private static void declareVcenter() {
        for (String yaml : List.of("""
                apiVersion: v1
                kind: Secret
                metadata: {name: lab, namespace: cbtguard-system, annotations: {cbtguard.io/server: 127.0.0.1}}
                stringData: {username: "%s", password: "%s"}
                """.formatted(SIMULATOR.userName(), SIMULATOR.password()), """
                apiVersion: cbtguard.io/v1alpha1
                kind: VCenter
                metadata: {name: lab, namespace: cbtguard-system}
                spec:
                  server: https://127.0.0.1:%d
                  credentialsSecretRef: {name: lab}
                  tls: {thumbprint: "%s"}
                """.formatted(
                        SIMULATOR.sdkUri().getPort(), SIMULATOR.thumbprint()))) {
            CHART.apply(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
        }
    }

    @Test
    void itIsWhatThePodOfTheChartExpects() {
        PodSpec pod = pod();
        Container container = Helm.one(Helm.objects(), "Deployment", Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();

        assertThat(image().user())
                .isEqualTo(pod.getSecurityContext().getRunAsUser() + ":"
                        + pod.getSecurityContext().getRunAsGroup());
        assertThat(image().ports())
                .containsExactly(container.getPorts().getFirst().getContainerPort() + "/tcp");
        assertThat(container.getCommand())
                .as("the image's entrypoint is what runs")
                .isEmpty();
        assertThat(image().entrypoint()).startsWith("java").endsWith("io.cbtguard.Main");
        assertThat(image().hasCommand()).as("the container's arguments are all").isFalse();
    }

    @Test
    void builtAgainElsewhereItHasTheSameLayers() throws IOException {
        Path again = Path.of(System.getProperty("image.again"));

        assertThat(ImageTar.open(again, folder.resolve("again")).digests())
                .hasSizeGreaterThan(5)
                .isEqualTo(image().digests());
    }

    @Test
    void whatItConsistsOfIsInIt() throws IOException {
        Path root = folder.resolve("root");
        Path bill = root.resolve("usr/share/doc/cbtguard");
        List<String> named = new ArrayList<>();
        new ObjectMapper()
                .readTree(bill.resolve("bom.json").toFile())
                .get("components")
                .forEach(component -> named.add(component.get("name").asText() + "-"
                        + component.get("version").asText() + ".jar"));

        try (Stream<Path> libraries = Files.list(root.resolve("app/libs"))) {
            assertThat(named)
                    .containsExactlyInAnyOrderElementsOf(libraries
                            .map(library -> library.getFileName().toString())
                            .toList());
        }
        assertThat(Files.readAllLines(bill.resolve("THIRD-PARTY.txt")))
                .as("each library but the operator's own model")
                .hasSizeGreaterThanOrEqualTo(named.size() - 1)
                .anySatisfy(line -> assertThat(line).contains("(Apache-2.0)", "operator-framework"));
        assertThat(root.resolve("opt/java/legal/java.base")).isDirectory();
        assertThat(root.resolve("usr/share/doc/libc")).isNotEmptyDirectory();
    }

    @Test
    void thereIsNoShellInIt() {
        assertThat(Stream.of("bin", "sbin", "usr/bin", "usr/sbin", "usr/local"))
                .noneMatch(path -> Files.exists(folder.resolve("root").resolve(path)));
    }

    @Test
    void itPrintsHelp() throws IOException {
        files().skipUnlessPossible();

        var said = Tool.run(files().command(
                        image().environment(),
                        Stream.concat(image().entrypoint().stream(), Stream.of("--help"))
                                .toList()));

        assertThat(said.orFail()).contains("Usage: cbtguard-operator", "--check");
    }

    /** TLS and SOAP to a vCenter included: what the Java runtime lacks would show. */
    @Test
    void asThePodOfHelmTestItFindsNothingMissing() throws IOException {
        files().skipUnlessPossible();
        declareVcenter();

        var said =
                Tool.run(command(Helm.testPod(VALUES).getSpec().getContainers().getFirst()));

        assertThat(said.orFail())
                .contains("as system:serviceaccount:" + InstalledChart.NAMESPACE + ":" + InstalledChart.ACCOUNT)
                .containsPattern("VCenter cbtguard-system/lab: connection, certificate, login +ok")
                .endsWith("Nothing is missing.\n");
    }

    @Test
    void asThePodOfTheDeploymentItIsReadyAndEndsWhenAsked() throws Exception {
        files().skipUnlessPossible();
        var command = command(pod().getContainers().getFirst());

        try (ChildProcess operator = ChildProcess.start("image", command, Map.of(), folder.resolve("operator.log"))) {
            await("ready")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .failFast(() -> assertThat(operator.isAlive())
                            .as("it runs:%n%s", operator.logTail(50))
                            .isTrue())
                    .until(() -> get("/readyz") == 200);

            Path process = Path.of("/proc", Long.toString(operator.pid()));
            assertThat(Files.readAllLines(process.resolve("mountinfo")))
                    .as("its root file system is read-only")
                    .anyMatch(line -> line.matches("\\S+ \\S+ \\S+ \\S+ / ro[, ].*"));
            assertThat(Files.readAllLines(process.resolve("status")))
                    .as("it has no capability")
                    .anyMatch(line -> line.matches("CapEff:\\s+0+"));
            assertThat(get("/metrics")).isEqualTo(200);

            operator.stop(Duration.ofSeconds(60));

            assertThat(operator.logTail(200)).contains("the lease is released");
        }
    }

    private static int get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
