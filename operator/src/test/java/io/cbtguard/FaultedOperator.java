package io.cbtguard;

import io.cbtguard.testkit.cluster.Clusters;
import io.cbtguard.testkit.process.ChildProcess;
import io.cbtguard.testkit.proxy.ApiProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The operator as a process that can be killed, as its ServiceAccount, with the API server behind a proxy. */
final class FaultedOperator implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final List<String> command;
    private final Path log;
    private final Path archive;
    private ChildProcess process;

    private FaultedOperator(List<String> command, Path folder) {
        this.command = command;
        this.log = folder.resolve("operator.log");
        this.archive = OperatorCommand.archive(folder);
        this.process = launch();
    }

    /**
     * Starts one.
     *
     * @param namespace its own, where its ServiceAccount is
     * @param folder for its files, its log among them
     */
    static FaultedOperator start(String namespace, ApiProxy proxy, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(
                kubeconfig,
                Clusters.shared().kubeconfigFor(namespace, namespace + "-operator", proxy.server(), proxy.caPem()));
        List<String> command = OperatorCommand.of(
                folder, "--kubeconfig=" + kubeconfig, "--namespace=" + namespace, "--leader-elect=false");
        return new FaultedOperator(command, folder);
    }

    private ChildProcess launch() {
        return ChildProcess.start("operator", command, Map.of(), log);
    }

    /** Kills it (SIGKILL) and starts it again, as a kubelet would. */
    synchronized void killAndStart() {
        process.kill();
        process = launch();
    }

    /** Has it leave an archive of the classes that it has used to those that are started after it. */
    synchronized void archiveClasses() {
        if (!Files.exists(archive)) {
            restart();
        }
    }

    /** Stops it in order and starts it again. */
    synchronized void restart() {
        process.stop(GRACE);
        process = launch();
    }

    Path log() {
        return log;
    }

    @Override
    public synchronized void close() {
        process.close();
    }
}
