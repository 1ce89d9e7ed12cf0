package io.cbtguard.testkit.cluster;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;

/** Tokens of ServiceAccounts, by the TokenRequest API: no controller and no Secret is involved. */
final class ServiceAccounts {

    private static final Duration VALID = Duration.ofDays(1);

    private ServiceAccounts() {}

    static String token(KubernetesClient admin, String namespace, String name) {
        var accounts = admin.serviceAccounts().inNamespace(namespace);
        if (accounts.withName(name).get() == null) {
            createUnlessThere(admin, namespace, name);
        }
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(VALID.toSeconds())
                .endSpec()
                .build();
        return accounts.withName(name).tokenRequest(request).getStatus().getToken();
    }

    private static void createUnlessThere(KubernetesClient admin, String namespace, String name) {
        var account = new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build();
        try {
            admin.resource(account).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) { // the controller makes "default" by itself
                throw e;
            }
        }
    }
}
