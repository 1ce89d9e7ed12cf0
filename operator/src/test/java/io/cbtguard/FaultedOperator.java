package io.cbtguard;

import io.cbtguard.testkit.cluster.Clusters;
import io.cbtguard.testkit.process.ChildProcess;
import io.cbtguard.testkit.proxy.ApiProxy;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operator as a process that can be killed, as its ServiceAccount, with the API server behind a proxy. */
final class FaultedOperator implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final List<String> command;
    private final Path log;
    private final Path archive;
    private ChildProcess process;

    private FaultedOperator(List<String> command, Path folder, Path archive) {
        this.command = command;
        this.log = folder.resolve("operator.log");
        this.archive = archive;
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
        Path archive = folder.resolve("operator.jsa");
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(
                kubeconfig,
                Clusters.shared().kubeconfigFor(namespace, namespace + "-operator", proxy.server(), proxy.caPem()));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It lives for seconds: what it takes to start is most of what it costs.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + archive,
                "-Xmx256m",
                "-cp",
                classPath(folder),
                "io.cbtguard.Main",
                "--kubeconfig=" + kubeconfig,
                "--namespace=" + namespace,
                "--leader-elect=false",
                "--http-bind=127.0.0.1",
                "--http-port=0",
                "--page-port=0");
        return new FaultedOperator(command, folder, archive);
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

    /** Our own without the tests. Folders become jars: only classes in jars go into an archive. */
    private static String classPath(Path folder) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !entry.endsWith("test-classes"))
                .map(entry -> Files.isDirectory(entry) ? jar(entry, folder) : entry)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path jar(Path classes, Path folder) {
        Path jar = folder.resolve(Integer.toHexString(classes.hashCode()) + ".jar");
        if (Files.exists(jar)) {
            return jar; // of the same sources; an archive is good for unchanged jars only
        }
        Path part = folder.resolve("part.jar");
        try (OutputStream out = Files.newOutputStream(part);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, entries);
                entries.closeEntry();
            }
            entries.finish();
            return Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
