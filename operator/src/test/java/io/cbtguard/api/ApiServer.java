package io.cbtguard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.Kinds;
import io.cbtguard.testkit.cluster.Clusters;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** The API server of these tests, with the CRDs that are checked in. */
final class ApiServer {
    static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("api-tests")
            .withForce(true)
            .build();

    private static final Queue<String> NAMESPACES = new ConcurrentLinkedQueue<>();
    private static final Queue<GenericKubernetesResource> CLUSTER_WIDE = new ConcurrentLinkedQueue<>();
    private static @Nullable KubernetesClient client;

    private ApiServer() {}

    /** The administrator, once the CRDs are served. */
    static synchronized KubernetesClient admin() {
        if (client == null) {
            var admin = Clusters.shared().adminClient();
            for (CustomResourceDefinition crd : crds()) {
                admin.resource(crd).patch(APPLY);
            }
            for (Class<? extends HasMetadata> kind : Kinds.ALL) {
                await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                    admin.resources(kind).inAnyNamespace().list();
                    return true;
                });
            }
            client = admin;
        }
        return client;
    }

    /** The CRDs that are checked in, in the order of {@link Kinds#ALL}. */
    static List<CustomResourceDefinition> crds() {
        return Kinds.ALL.stream().map(ApiServer::crd).toList();
    }

    private static CustomResourceDefinition crd(Class<? extends HasMetadata> kind) {
        String path = "/META-INF/fabric8/" + HasMetadata.getFullResourceName(kind) + "-v1.yml";
        try (InputStream yaml = ApiServer.class.getResourceAsStream(path)) {
            assertThat(yaml).as(path).isNotNull();
            return Serialization.unmarshal(yaml, CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String freshNamespace() {
        String name = "api-" + UUID.randomUUID().toString().substring(0, 8);
        admin().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        NAMESPACES.add(name);
        return name;
    }

    /** Removes what a class of tests made: the cluster may be somebody's. */
    static void dropNamespaces() {
        for (String name = NAMESPACES.poll(); name != null; name = NAMESPACES.poll()) {
            admin().namespaces().withName(name).delete();
        }
        CLUSTER_WIDE.forEach(object -> admin().resource(object).delete());
        CLUSTER_WIDE.clear();
    }

    /** An object of one of the kinds, from the YAML of what is beside metadata. */
    static GenericKubernetesResource object(String kind, String name, String body) {
        var object = Serialization.unmarshal(body, GenericKubernetesResource.class);
        object.setApiVersion("cbtguard.io/v1alpha1");
        object.setKind(kind);
        object.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                .withName(name)
                .build());
        return object;
    }

    static GenericKubernetesResource create(String namespace, GenericKubernetesResource object) {
        if (object.getKind().equals("CBTAdvisory")) {
            GenericKubernetesResource created = admin().resource(object).create();
            CLUSTER_WIDE.add(created);
            return created;
        }
        return admin().resource(object).inNamespace(namespace).create();
    }

    static GenericKubernetesResource update(String namespace, GenericKubernetesResource object) {
        return admin().resource(object).inNamespace(namespace).update();
    }

    static HasMetadata apply(HasMetadata object) {
        return admin().resource(object).patch(APPLY);
    }

    /** Why the API server refuses, each cause as {@code field: message}. */
    static List<String> refusal(ThrowingCallable request) {
        var refused = catchThrowableOfType(KubernetesClientException.class, request);
        assertThat(refused).as("the request is refused").isNotNull();
        assertThat(refused.getCode()).as(refused.getMessage()).isEqualTo(422);
        return refused.getStatus().getDetails().getCauses().stream()
                .map(ApiServer::text)
                .toList();
    }

    private static String text(StatusCause cause) {
        return cause.getField() + ": " + cause.getMessage();
    }
}
