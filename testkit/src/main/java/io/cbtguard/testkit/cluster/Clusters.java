package io.cbtguard.testkit.cluster;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the cluster of a test run and says which it is: the one given by {@code CBTGUARD_KUBECONFIG}, else K3s where
 * an engine and an image are present, else the local control plane.
 *
 * <p>{@code CBTGUARD_TEST_CLUSTER_DIR} names a folder for a local control plane that several JVMs share: the first one
 * starts it, none of them stops it ({@link ClusterMain} does).
 */
public final class Clusters {

    private static final String SHARED_FOLDER = "CBTGUARD_TEST_CLUSTER_DIR";
    private static @Nullable TestCluster shared;

    private Clusters() {}

    /** The cluster of this JVM, started at the first call and stopped when the JVM ends; do not close it. */
    public static synchronized TestCluster shared() {
        if (shared == null) {
            shared = choose();
            System.out.println("cluster: " + shared.name());
        }
        return shared;
    }

    private static TestCluster choose() {
        var given = GivenCluster.fromEnvironment();
        if (given.isPresent()) {
            return unread(given.get());
        }
        var folder = System.getenv(SHARED_FOLDER);
        if (folder != null && !folder.isBlank()) {
            return unread(
                    LocalControlPlane.startIn(Path.of(folder).toAbsolutePath(), LocalControlPlane.Options.DEFAULT));
        }
        TestCluster own = K3sCluster.available() ? unread(K3sCluster.start()) : LocalControlPlane.start();
        Runtime.getRuntime().addShutdownHook(new Thread(own::close, "stop-cluster"));
        return own;
    }

    /** Nobody here stops it and reads what was asked of it. */
    private static TestCluster unread(TestCluster cluster) {
        UsedVerbs.cannotTell(cluster);
        return cluster;
    }
}
