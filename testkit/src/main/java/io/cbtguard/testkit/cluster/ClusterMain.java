package io.cbtguard.testkit.cluster;

import java.nio.file.Path;

/**
 * {@code start FOLDER} starts what is not yet running of the local control plane in that folder, prints the path of its
 * kubeconfig and leaves it running; {@code stop FOLDER} stops it.
 */
public final class ClusterMain {

    private ClusterMain() {}

    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("usage: start|stop FOLDER");
            System.exit(2);
        }
        var folder = Path.of(args[1]).toAbsolutePath();
        switch (args[0]) {
            case "start" -> {
                var cluster = LocalControlPlane.startIn(folder, LocalControlPlane.Options.DEFAULT);
                System.err.println("cluster: " + cluster.name());
                System.out.println(cluster.kubeconfigFile());
            }
            case "stop" -> LocalControlPlane.stopIn(folder);
            default -> {
                System.err.println("usage: start|stop FOLDER");
                System.exit(2);
            }
        }
    }
}
