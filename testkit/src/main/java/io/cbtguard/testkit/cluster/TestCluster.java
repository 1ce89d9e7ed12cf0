package io.cbtguard.testkit.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API server with the controllers that end namespaces, collect garbage and make ServiceAccounts. Tests
 * share one per JVM ({@link Clusters#shared()}), so each takes namespaces of its own.
 */
public interface TestCluster extends AutoCloseable {

    /** What ran, for people: kind and version. */
    String name();

    /** The address of the API server. */
    URI server();

    /** The authorities that signed the API server's certificate, PEM. */
    String caPem();

    /** A kubeconfig (YAML, self-contained) of a cluster administrator. */
    String kubeconfig();

    /** The same in a file that lives as long as the cluster. */
    Path kubeconfigFile();

    /** The API server's audit log (JSON lines, level Metadata), where this cluster lets us have it. */
    Optional<Path> auditLog();

    /** A kubectl of about the cluster's version. */
    Path kubectl();

    /** Ends what this object started; a given cluster is left as it is. */
    @Override
    void close();

    /** A new client of the administrator; the caller closes it. */
    default KubernetesClient adminClient() {
        return client(kubeconfig());
    }

    /**
     * A new client with a token of a ServiceAccount, so that its RBAC is what counts; the caller closes it.
     *
     * @param namespace must exist
     * @param serviceAccount made if it does not exist
     */
    default KubernetesClient clientAs(String namespace, String serviceAccount) {
        return client(kubeconfigFor(namespace, serviceAccount, null, null));
    }

    /**
     * A kubeconfig with a token of a ServiceAccount, valid for a day.
     *
     * @param namespace must exist
     * @param serviceAccount made if it does not exist
     * @param viaServer the address to use instead of the API server's own, for a proxy before it
     * @param caPem what to trust at that address; null: the API server's own authorities
     */
    default String kubeconfigFor(
            String namespace, String serviceAccount, @Nullable URI viaServer, @Nullable String caPem) {
        try (var admin = adminClient()) {
            var token = ServiceAccounts.token(admin, namespace, serviceAccount);
            return Kubeconfig.of(viaServer == null ? server() : viaServer, caPem == null ? caPem() : caPem, token);
        }
    }

    private static KubernetesClient client(String kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
    }
}
