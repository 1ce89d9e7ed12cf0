package io.cbtguard.chart;

import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.Kinds;
import io.cbtguard.testkit.cluster.LocalControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;

/**
 * An API server of its own with all that the chart installs beside CRDs and pods: whoever then starts the operator has the
 * account, the roles and the namespace that its pod would have.
 */
public final class InstalledChart implements AutoCloseable {
    public static final String NAMESPACE = Helm.NAMESPACE;
    public static final String ACCOUNT = "cbtguard-operator";

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("tests")
            .withForce(true)
            .build();

    private final LocalControlPlane cluster = LocalControlPlane.start();
    private final KubernetesClient admin = cluster.adminClient();

    private InstalledChart() {}

    public static InstalledChart start() {
        InstalledChart chart = new InstalledChart();
        System.out.println("cluster: " + chart.cluster.name());
        chart.apply(new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAMESPACE)
                .endMetadata()
                .build());
        Helm.objects("advisories.bundled=false").stream()
                .filter(object -> !object.getKind().equals("Deployment"))
                .forEach(chart::apply);
        return chart;
    }

    public LocalControlPlane cluster() {
        return cluster;
    }

    public void apply(HasMetadata object) {
        admin.resource(object).patch(APPLY);
    }

    /** Those of this version; returns when they are served. */
    public void applyCrds() throws IOException {
        for (var kind : Kinds.ALL) {
            apply(crd(HasMetadata.getFullResourceName(kind)));
        }
        for (var kind : Kinds.ALL) {
            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
                admin.resources(kind).inAnyNamespace().list();
                return true;
            });
        }
    }

    /** @param name such as {@code vcenters.cbtguard.io} */
    public static CustomResourceDefinition crd(String name) throws IOException {
        try (InputStream yaml = InstalledChart.class.getResourceAsStream("/META-INF/fabric8/" + name + "-v1.yml")) {
            return Serialization.unmarshal(Objects.requireNonNull(yaml), CustomResourceDefinition.class);
        }
    }

    @Override
    public void close() {
        admin.close();
        cluster.close();
    }
}
