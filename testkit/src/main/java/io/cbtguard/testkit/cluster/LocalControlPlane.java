package io.cbtguard.testkit.cluster;

import static org.awaitility.Awaitility.await;

import io.cbtguard.testkit.pki.Trust;
import io.cbtguard.testkit.process.Checkout;
import io.cbtguard.testkit.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * etcd, kube-apiserver and kube-controller-manager as processes of their own on random loopback ports, from the pinned
 * tools. No scheduler, no kubelet: Pods never run. Each process can be stopped, killed and started again on the same
 * port and data, for tests of faults.
 */
public final class LocalControlPlane implements TestCluster {

    /**
     * How to run it.
     *
     * @param fsync whether etcd waits for the disk; off is faster, and safe as long as only processes die
     * @param etcdFlags added to etcd's command line
     * @param apiServerFlags added to the API server's command line
     */
    public record Options(boolean fsync, List<String> etcdFlags, List<String> apiServerFlags) {
        public static final Options DEFAULT = new Options(false, List.of(), List.of());
    }

    private static final String ETCD = "etcd";
    private static final String API_SERVER = "kube-apiserver";
    private static final String CONTROLLERS = "kube-controller-manager";

    /** In the order of their start. */
    static final List<String> PROCESSES = List.of(ETCD, API_SERVER, CONTROLLERS);

    private static final Duration STARTUP = Duration.ofSeconds(90);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Pattern GIT_VERSION = Pattern.compile("\"gitVersion\":\\s*\"([^\"]+)\"");

    private final ControlPlaneFolder folder;
    private final boolean temporary;
    private final Options options;
    private final HttpClient http;
    private final Map<String, ChildProcess> processes = new ConcurrentHashMap<>();
    private String version = "";

    private LocalControlPlane(ControlPlaneFolder folder, boolean temporary, Options options) {
        this.folder = folder;
        this.temporary = temporary;
        this.options = options;
        this.http = HttpClient.newBuilder()
                .sslContext(Trust.of(folder.caPem()))
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** Starts a new one in a temporary folder, which {@link #close} removes. Takes about five seconds. */
    public static LocalControlPlane start() {
        return start(Options.DEFAULT);
    }

    /** Like {@link #start()}. */
    public static LocalControlPlane start(Options options) {
        try {
            AbandonedControlPlanes.sweep(Path.of(System.getProperty("java.io.tmpdir")));
            var plane = new LocalControlPlane(AbandonedControlPlanes.newFolder(), true, options);
            plane.startAll();
            return plane;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts what is not running of the one in the given folder, and keeps the folder: another call, in this JVM or
     * another, finds the same ports, keys, data and processes again.
     */
    public static LocalControlPlane startIn(Path path, Options options) {
        try {
            Files.createDirectories(path);
            try (var channel = FileChannel.open(
                            path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                var plane = new LocalControlPlane(ControlPlaneFolder.open(path), false, options);
                plane.startAll();
                return plane;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the one in the given folder, if it runs, and keeps its data. */
    public static void stopIn(Path path) {
        if (Files.exists(path.resolve("lock"))) {
            var plane = new LocalControlPlane(ControlPlaneFolder.open(path), false, Options.DEFAULT);
            plane.close();
        }
    }

    private void startAll() {
        try {
            startEtcd();
            startApiServer();
            startControllers();
            version = get("/version").map(LocalControlPlane::gitVersion).orElse("unknown");
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static String gitVersion(String json) {
        var matcher = GIT_VERSION.matcher(json);
        return matcher.find() ? matcher.group(1) : "unknown";
    }

    /** Starts etcd unless it runs; does not wait, as the API server does. */
    public void startEtcd() {
        startUnlessRunning(ETCD, ControlPlaneCommands.etcd(folder, options.fsync(), options.etcdFlags()));
    }

    /** Starts the API server on its old port unless it runs, and waits until it is ready. */
    public void startApiServer() {
        startUnlessRunning(API_SERVER, ControlPlaneCommands.apiServer(folder, options.apiServerFlags()));
        await("API server ready")
                .atMost(STARTUP)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> processes.values().forEach(LocalControlPlane::checkAlive))
                .until(() -> get("/readyz").isPresent());
    }

    /** Starts the controller manager unless it runs; does not wait. */
    public void startControllers() {
        startUnlessRunning(CONTROLLERS, ControlPlaneCommands.controllers(folder));
    }

    /** Stops the API server; what it had acknowledged stays. */
    public void stopApiServer() {
        running(API_SERVER).ifPresent(process -> process.stop(GRACE));
    }

    /** Ends the API server without warning. */
    public void killApiServer() {
        running(API_SERVER).ifPresent(ChildProcess::kill);
    }

    /** Ends etcd without warning. */
    public void killEtcd() {
        running(ETCD).ifPresent(ChildProcess::kill);
    }

    /** Stops the controller manager. */
    public void stopControllers() {
        running(CONTROLLERS).ifPresent(process -> process.stop(GRACE));
    }

    private ChildProcess startUnlessRunning(String name, List<String> command) {
        return running(name).orElseGet(() -> {
            var process = ChildProcess.start(name, command, ControlPlaneCommands.ENVIRONMENT, folder.log(name));
            process.writePidFile(folder.pidFile(name));
            processes.put(name, process);
            return process;
        });
    }

    private Optional<ChildProcess> running(String name) {
        @Nullable ChildProcess own = processes.get(name);
        return own != null
                ? Optional.of(own).filter(ChildProcess::isAlive)
                : ChildProcess.attach(name, folder.pidFile(name), folder.log(name));
    }

    private static void checkAlive(ChildProcess process) {
        if (!process.isAlive()) {
            throw new IllegalStateException(process.name() + " ended:\n" + process.logTail(20));
        }
    }

    /** The body of a GET by the administrator, or empty unless it is answered with 200. */
    private Optional<String> get(String path) {
        var request = HttpRequest.newBuilder(folder.server().resolve(path))
                .header("Authorization", "Bearer " + folder.adminToken())
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException notYet) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return "local control plane, Kubernetes " + version + " at " + server();
    }

    @Override
    public URI server() {
        return folder.server();
    }

    /** Where etcd answers, as gRPC and as JSON, to whoever asks on this machine. */
    public URI etcd() {
        return folder.etcd();
    }

    @Override
    public String caPem() {
        return folder.caPem();
    }

    @Override
    public String kubeconfig() {
        try {
            return Files.readString(kubeconfigFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path kubeconfigFile() {
        return folder.adminKubeconfig();
    }

    @Override
    public Optional<Path> auditLog() {
        return Optional.of(folder.auditLog());
    }

    @Override
    public Path kubectl() {
        return Checkout.tool("kubectl");
    }

    /** Where its logs and data are. */
    public Path folder() {
        return folder.root();
    }

    /** Stops the three processes, last started first. */
    @Override
    public void close() {
        running(CONTROLLERS).ifPresent(ChildProcess::kill); // holds nothing
        running(API_SERVER).ifPresent(temporary ? ChildProcess::kill : ChildProcess::close);
        running(ETCD).ifPresent(temporary ? ChildProcess::kill : ChildProcess::close);
        if (temporary && Files.exists(folder.root())) {
            try {
                UsedVerbs.putDown(folder.root());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                folder.delete();
            }
        }
    }
}
