package io.cbtguard.testkit.demo;

import io.cbtguard.testkit.process.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** The folder that remembers what was started: process ids, ports, logs, keys. Removing it forgets them. */
record DemoFolder(Path root) {

    /** The folder of {@code make up}. */
    static DemoFolder ofUp() {
        return new DemoFolder(Checkout.root().resolve("target/demo"));
    }

    /** The folder of {@code make demo}, which does not touch what {@code make up} started. */
    static DemoFolder ofStory() {
        return new DemoFolder(Checkout.root().resolve("target/story"));
    }

    /** The folder of {@code make bench}. */
    static DemoFolder ofBench() {
        return new DemoFolder(Checkout.root().resolve("target/bench"));
    }

    void create() {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path env() {
        return root.resolve("env");
    }

    Path ports() {
        return root.resolve("ports");
    }

    Path controlPlane() {
        return root.resolve("control-plane");
    }

    Path kubectlCache() {
        return root.resolve("kubectl-cache");
    }

    Path overlay() {
        return root.resolve("overlay");
    }

    Path operatorKubeconfig() {
        return root.resolve("operator.kubeconfig");
    }

    /** The authority of the simulator's certificate, for clients. */
    Path vcenterCa() {
        return root.resolve("vcenter-ca.pem");
    }

    Path simulatorReady() {
        return root.resolve("simulator.json");
    }

    /** Copies of the jars that a process runs from. */
    Path jars(String process) {
        return root.resolve(process + "-jars");
    }

    Path pidFile(String process) {
        return root.resolve(process + ".pid");
    }

    Path log(String process) {
        return root.resolve(process + ".log");
    }

    void delete() {
        if (!Files.exists(root)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
