package io.cbtguard.testkit.demo;

import static org.awaitility.Awaitility.await;

import io.cbtguard.testkit.cluster.TestCluster;
import io.cbtguard.testkit.process.Checkout;
import io.cbtguard.testkit.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The operator as a process of its own. It is its ServiceAccount, not the administrator: what RBAC lacks shows here. */
final class OperatorProcess {
    static final String NAME = "operator";
    static final String NAMESPACE = "cbtguard-system";
    static final String SERVICE_ACCOUNT = "cbtguard-operator";

    /** A heap that grows with what is guarded and gives back what it does not need; the objects are many and small. */
    private static final List<String> MEMORY = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xms32m",
            "-Xmx512m",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=30");

    private static final Duration STARTUP = Duration.ofSeconds(90);

    private OperatorProcess() {}

    /** Starts it unless it runs, and waits until it is ready. */
    static ChildProcess startIn(DemoFolder folder, DemoPorts ports, TestCluster cluster) {
        var process = ChildProcess.attach(NAME, folder.pidFile(NAME), folder.log(NAME))
                .orElseGet(() -> start(folder, ports, cluster));
        var scrape = new Scrape(metrics(ports));
        await("operator ready")
                .atMost(STARTUP)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("the operator ended, see " + process.log());
                    }
                })
                .until(scrape::ready);
        return process;
    }

    static URI metrics(DemoPorts ports) {
        return URI.create("http://127.0.0.1:" + ports.metrics() + "/metrics");
    }

    private static ChildProcess start(DemoFolder folder, DemoPorts ports, TestCluster cluster) {
        Path kubeconfig = folder.operatorKubeconfig();
        try {
            Files.writeString(kubeconfig, cluster.kubeconfigFor(NAMESPACE, SERVICE_ACCOUNT, null, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var arguments = List.of(
                "--kubeconfig=" + kubeconfig,
                "--namespace=" + NAMESPACE,
                "--leader-elect=false", // the only one: started again it need not wait for the last one's lease
                "--http-bind=127.0.0.1",
                "--http-port=" + ports.metrics(),
                "--page-port=0");
        var command = Java.operator(Checkout.root(), folder.jars(NAME), MEMORY, arguments);
        var process = ChildProcess.start(NAME, command, Map.of("MALLOC_ARENA_MAX", "2"), folder.log(NAME));
        process.writePidFile(folder.pidFile(NAME));
        return process;
    }
}
