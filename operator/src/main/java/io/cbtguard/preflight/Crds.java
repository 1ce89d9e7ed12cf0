package io.cbtguard.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cbtguard.api.v1alpha1.Kinds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether the CRDs of this version, or newer ones, are installed. The operator may not read CRDs; what the API server serves is
 * in its OpenAPI document, which every account may read.
 */
final class Crds {
    static final String REMEDY =
            "helm show crds helm/cbtguard | kubectl apply --server-side --force-conflicts -f - (keeps all objects)";
    private static final int SHOWN = 3;

    private Crds() {}

    static List<Checked> check(KubernetesClient client) {
        JsonNode served = served(client);
        List<Checked> all = new ArrayList<>();
        for (Class<? extends HasMetadata> kind : Kinds.ALL) {
            all.add(check(kind, served));
        }
        return all;
    }

    private static JsonNode served(KubernetesClient client) {
        String version = HasMetadata.getApiVersion(Kinds.ALL.getFirst());
        String document = client.raw("/openapi/v3/apis/" + version);
        try {
            return Serialization.jsonMapper()
                    .readTree(document == null ? "{}" : document)
                    .path("components")
                    .path("schemas");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the API server's OpenAPI document of " + version + " is no JSON", e);
        }
    }

    private static Checked check(Class<? extends HasMetadata> kind, JsonNode served) {
        String name = HasMetadata.getFullResourceName(kind);
        String what = "CRD " + name;
        JsonNode theirs = schema(served, HasMetadata.getKind(kind));
        if (theirs == null) {
            return Checked.missing(what, "is not installed: " + REMEDY);
        }
        List<String> lacking = lacking(own(name), theirs);
        return lacking.isEmpty()
                ? Checked.ok(what, "")
                : Checked.missing(
                        what,
                        "is older than this operator (lacks "
                                + String.join(", ", lacking.subList(0, Math.min(SHOWN, lacking.size())))
                                + (lacking.size() > SHOWN ? " and " + (lacking.size() - SHOWN) + " more" : "") + "): "
                                + REMEDY);
    }

    private static @Nullable JsonNode schema(JsonNode served, String kind) {
        for (JsonNode schema : served) {
            for (JsonNode of : schema.path("x-kubernetes-group-version-kind")) {
                if (of.path("kind").asText().equals(kind)) {
                    return schema;
                }
            }
        }
        return null;
    }

    private static JsonNode own(String name) {
        try (InputStream yaml = Crds.class.getResourceAsStream("/META-INF/fabric8/" + name + "-v1.yml")) {
            return Serialization.yamlMapper()
                    .readTree(Objects.requireNonNull(yaml, name))
                    .at("/spec/versions/0/schema/openAPIV3Schema");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fields and values of enumerations that the one schema has and the other has not, as paths such as {@code spec.vm.name}. */
    static List<String> lacking(JsonNode ours, JsonNode theirs) {
        List<String> paths = new ArrayList<>();
        compare("", ours, theirs, paths);
        return paths;
    }

    private static void compare(String path, JsonNode ours, JsonNode theirs, List<String> lacking) {
        ours.path("properties").properties().forEach(field -> {
            String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            JsonNode other = theirs.path("properties").path(field.getKey());
            if (other.isMissingNode()) {
                lacking.add(at);
            } else {
                compare(at, field.getValue(), other, lacking);
            }
        });
        for (String inner : List.of("items", "additionalProperties")) {
            if (ours.path(inner).isObject()) {
                compare(path + (inner.equals("items") ? "[]" : "{}"), ours.path(inner), theirs.path(inner), lacking);
            }
        }
        for (JsonNode value : ours.path("enum")) {
            boolean isKnown = false;
            for (JsonNode other : theirs.path("enum")) {
                isKnown |= other.equals(value);
            }
            if (!isKnown) {
                lacking.add(path + "=" + value.asText());
            }
        }
    }
}
