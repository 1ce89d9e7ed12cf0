package io.cbtguard;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** How this operator talks to the API server. */
final class ApiClients {
    /** A lost answer or a conflict is handled where it matters; here the client only bridges a blink. */
    private static final int RETRIES = 3;

    private ApiClients() {}

    /**
     * A client that leaves out who set which field ({@code metadata.managedFields}): nobody here asks for it, and of a cached record or
     * status it took four times as much memory as all the rest.
     */
    static KubernetesClientBuilder builder(Config config) {
        ObjectMapper json = JsonMapper.builder()
                .addMixIn(ObjectMeta.class, WithoutManagedFields.class)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(RETRIES)
                        .build())
                .withKubernetesSerialization(new KubernetesSerialization(json, true));
    }

    @JsonIgnoreProperties("managedFields")
    private abstract static class WithoutManagedFields {}
}
