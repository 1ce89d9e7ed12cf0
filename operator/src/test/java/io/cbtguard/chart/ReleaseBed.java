package io.cbtguard.chart;

import io.cbtguard.testkit.cluster.LocalControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An API server of its own for one release, as CRDs and admission policies hold for a whole cluster, with a namespace under the
 * strictest Pod Security. Deployments and their pods are made by the controllers; no pod ever runs.
 */
public final class ReleaseBed implements AutoCloseable {
    public static final String NAMESPACE = Helm.NAMESPACE;

    public final LocalControlPlane cluster = LocalControlPlane.start();
    public final KubernetesClient admin = cluster.adminClient();

    public ReleaseBed() {
        System.out.println("cluster: " + cluster.name());
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
    }

    /** Installs the chart of the checkout with these values, as {@code name=value}. */
    public void install(String... values) {
        List<String> arguments = new ArrayList<>(List.of("install", Helm.RELEASE, Helm.chart()));
        for (String value : values) {
            arguments.addAll(List.of("--set", value));
        }
        helm(arguments.toArray(String[]::new)).orFail();
    }

    Tool.Result helm(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--namespace",
                NAMESPACE,
                "--kubeconfig",
                cluster.kubeconfigFile().toString()));
        return Helm.run(all.toArray(String[]::new));
    }

    void kubectl(String... arguments) {
        var command = new ArrayList<>(List.of(
                cluster.kubectl().toString(),
                "--kubeconfig",
                cluster.kubeconfigFile().toString()));
        command.addAll(List.of(arguments));
        Tool.run(command).orFail();
    }

    /** As the message of an upgrade that was stopped tells. */
    void applyCrdsOf(String chart) throws IOException {
        Path crds = Files.createTempFile("crds", ".yaml");
        Files.writeString(crds, Helm.run("show", "crds", chart).orFail());
        try {
            kubectl("apply", "--server-side", "--force-conflicts", "-f", crds.toString());
        } finally {
            Files.delete(crds);
        }
    }

    public List<Pod> pods() {
        return admin.pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/name", "cbtguard")
                .list()
                .getItems();
    }

    Deployment deployment() {
        return admin.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("cbtguard-operator")
                .require();
    }

    @Override
    public void close() {
        admin.close();
        cluster.close();
    }
}
