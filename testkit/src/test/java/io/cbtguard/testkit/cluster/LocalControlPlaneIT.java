package io.cbtguard.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
class LocalControlPlaneIT {

    private static LocalControlPlane cluster;
    private static KubernetesClient admin;

    @BeforeAll
    static void start() {
        cluster = LocalControlPlane.start();
        admin = cluster.adminClient();
    }

    @AfterAll
    static void stop() {
        admin.close();
        cluster.close();
        assertThat(cluster.folder()).doesNotExist();
    }

    @Test
    void saysWhichKubernetesRuns() {
        assertThat(cluster.name()).startsWith("local control plane, Kubernetes v1.36.");
    }

    @Test
    void aDeletedNamespaceGoesAwayAsAControllerRuns() {
        namespace("short-lived");
        admin.namespaces().withName("short-lived").delete();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> admin.namespaces().withName("short-lived").get() == null);
    }

    @Test
    void aServiceAccountMayDoWhatItsRoleSaysAndNothingElse() {
        namespace("tenant");
        var role = new RoleBuilder()
                .withNewMetadata()
                .withNamespace("tenant")
                .withName("reader")
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("configmaps")
                .withVerbs("get", "list")
                .endRule()
                .build();
        var binding = new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace("tenant")
                .withName("reader")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "reader")
                .addNewSubject("", "ServiceAccount", "reader", "tenant")
                .build();
        admin.resource(role).create();
        admin.resource(binding).create();
        try (var reader = cluster.clientAs("tenant", "reader")) {
            assertThat(reader.configMaps().inNamespace("tenant").list().getItems())
                    .isNotNull();
            assertThatThrownBy(() -> reader.secrets().inNamespace("tenant").list())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("forbidden");
        }
    }

    @Test
    void dataSurvivesAKilledEtcdAndARestartedApiServer() {
        namespace("kept");
        var map = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("kept")
                .withName("answer")
                .endMetadata()
                .addToData("is", "42")
                .build();
        admin.resource(map).create();

        cluster.killEtcd();
        cluster.stopApiServer();
        cluster.startEtcd();
        cluster.startApiServer();

        assertThat(admin.configMaps()
                        .inNamespace("kept")
                        .withName("answer")
                        .get()
                        .getData())
                .containsEntry("is", "42");
    }

    @Test
    void theAuditLogNamesEachWrite() throws IOException {
        namespace("audited");
        assertThat(Files.readAllLines(cluster.auditLog().orElseThrow()))
                .anyMatch(line -> line.contains("\"verb\":\"create\"") && line.contains("\"name\":\"audited\""));
    }

    @Test
    void anotherJvmFindsTheSameProcessesByTheFolder() throws Exception {
        var path = Files.createTempDirectory("cbtguard-shared-");
        var first = LocalControlPlane.startIn(path, LocalControlPlane.Options.DEFAULT);
        try (var client = first.adminClient()) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("shared")
                            .endMetadata()
                            .build())
                    .create();
        }
        var begun = System.nanoTime();
        var second = LocalControlPlane.startIn(path, LocalControlPlane.Options.DEFAULT);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        try (var client = second.adminClient()) {
            assertThat(client.namespaces().withName("shared").get()).isNotNull();
        }
        LocalControlPlane.stopIn(path);
        assertThatThrownBy(() -> new Socket("127.0.0.1", second.server().getPort()).close())
                .isInstanceOf(ConnectException.class);
        ControlPlaneFolder.open(path).delete();
    }

    @Test
    void kubectlWorksWithTheKubeconfigFile() throws Exception {
        var process = new ProcessBuilder(
                        cluster.kubectl().toString(),
                        "--kubeconfig=" + cluster.kubeconfigFile(),
                        "get",
                        "namespaces",
                        "-o",
                        "name")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("namespace/default");
        assertThat(process.waitFor()).isZero();
    }

    private static void namespace(String name) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }
}
