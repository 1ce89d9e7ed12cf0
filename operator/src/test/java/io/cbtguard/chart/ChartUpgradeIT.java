package io.cbtguard.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From the chart 0.1.0, as it was, to that of the checkout, with objects in the cluster that an operator of 0.1.0 worked on. */
@Tag("cluster")
class ChartUpgradeIT {
    private static final Path OLD = Checkout.root().resolve("operator/src/test/charts/0.1.0");
    private static final String OLD_CHART = OLD.resolve("cbtguard").toString();
    private static final PatchContext AS_OPERATOR = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("cbtguard")
            .withForce(true)
            .build();

    private final ReleaseBed bed = new ReleaseBed();
    private final List<GenericKubernetesResource> objects = new ArrayList<>();

    @BeforeEach
    void aClusterWithTheOldChartAndLiveObjects() throws IOException {
        bed.helm("install", Helm.RELEASE, OLD_CHART, "--set", "log.format=text").orFail();
        bed.admin
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .endMetadata()
                        .build())
                .create();
        for (String document : Files.readString(OLD.resolve("objects.yaml")).split("(?m)^---$")) {
            if (document.contains("kind:")) {
                objects.add(Serialization.unmarshal(document, GenericKubernetesResource.class));
            }
        }
        try (KubernetesClient operator = bed.cluster.clientAs(ReleaseBed.NAMESPACE, "cbtguard-operator")) {
            for (GenericKubernetesResource object : objects) {
                boolean isRecord = object.getKind().equals("VMRecord");
                (isRecord ? operator : bed.admin).resource(copy(object)).create();
                if (object.get("status") != null) {
                    operator.resource(statusOf(object)).subresource("status").patch(AS_OPERATOR);
                }
            }
        }
        assertNothingIsLost();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void anUpgradeAndTheWayBackLoseNothing() throws IOException {
        bed.applyCrdsOf(Helm.chart());
        bed.helm("upgrade", Helm.RELEASE, Helm.chart()).orFail();

        assertNothingIsLost();
        assertThat(image()).isEqualTo("cbtguard/operator:" + Helm.version(Helm.chart()));
        assertThat(Helm.version(Helm.chart())).isNotEqualTo("0.1.0");

        bed.helm("rollback", Helm.RELEASE, "1").orFail();
        assertNothingIsLost();
        assertThat(image()).isEqualTo("cbtguard/operator:0.1.0");
    }

    @Test
    void whoReusesHisValuesGetsTheDefaultsOfNewOnes() throws IOException {
        bed.applyCrdsOf(Helm.chart());

        bed.helm("upgrade", Helm.RELEASE, Helm.chart(), "--reuse-values").orFail();

        assertThat(bed.deployment()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getArgs())
                .contains("--log-format=text", "--page-port=8081", "--lease-seconds=15", "--per-vm-metrics=auto");
    }

    private String image() {
        return bed.deployment()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    /** All that was in the objects is there; what a later schema defaults may have come. */
    private void assertNothingIsLost() {
        for (GenericKubernetesResource object : objects) {
            JsonNode now = Serialization.jsonMapper()
                    .valueToTree(bed.admin.resource(object).get());
            JsonNode before = Serialization.jsonMapper().valueToTree(object);
            assertContains(object.getKind() + " " + object.getMetadata().getName(), now, before);
        }
    }

    private static void assertContains(String where, JsonNode whole, JsonNode part) {
        if (part.isObject()) {
            part.properties()
                    .forEach(field ->
                            assertContains(where + "." + field.getKey(), whole.path(field.getKey()), field.getValue()));
        } else if (part.isArray()) {
            assertThat(whole).as(where).hasSize(part.size());
            for (int i = 0; i < part.size(); i++) {
                assertContains(where + "[" + i + "]", whole.path(i), part.get(i));
            }
        } else {
            assertThat(whole).as(where).isEqualTo(part);
        }
    }

    private static GenericKubernetesResource copy(GenericKubernetesResource object) {
        return Serialization.clone(object);
    }

    private static GenericKubernetesResource statusOf(GenericKubernetesResource object) {
        GenericKubernetesResource status = copy(object);
        status.getMetadata().setLabels(Map.of());
        status.getMetadata().setAnnotations(Map.of());
        status.getAdditionalProperties().keySet().retainAll(List.of("status"));
        return status;
    }
}
