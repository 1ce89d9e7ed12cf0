package io.cbtguard;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How this operator talks to the API server. */
final class ApiClients {
    /** A lost answer or a conflict is handled where it matters; here the client only bridges a blink. */
    private static final int RETRIES = 3;

    private ApiClients() {}

    /**
     * A client whose objects are small, as those of ten thousand VMs are kept. It leaves out who set which field
     * ({@code metadata.managedFields}): nobody here asks for it, and it took four times as much memory as all the rest. And what many
     * objects say in the same words, as conditions do, they share.
     */
    static KubernetesClientBuilder builder(Config config) {
        ObjectMapper json = JsonMapper.builder()
                .addMixIn(ObjectMeta.class, WithoutManagedFields.class)
                .addModule(new SimpleModule().addDeserializer(String.class, new SharedStrings()))
                .build();
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(RETRIES)
                        .build())
                .withKubernetesSerialization(new KubernetesSerialization(json, true));
    }

    @JsonIgnoreProperties("managedFields")
    private abstract static class WithoutManagedFields {}

    /** The last string of each hash is taken for the next that equals it; that two threads may miss each other's does not matter. */
    private static final class SharedStrings extends StringDeserializer {
        private static final int SLOTS = 1 << 13;

        private final transient @Nullable String[] last = new @Nullable String[SLOTS];

        @Override
        public @Nullable String deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String read = super.deserialize(json, context);
            if (read == null) {
                return null;
            }
            int slot = read.hashCode() & (SLOTS - 1);
            String known = last[slot];
            if (read.equals(known)) {
                return known;
            }
            last[slot] = read;
            return read;
        }
    }
}
