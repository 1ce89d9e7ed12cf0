package io.cbtguard.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cbtguard.testkit.cluster.Clusters;
import io.cbtguard.testkit.cluster.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("cluster")
class ApiProxyIT {

    private final TestCluster cluster = Clusters.shared();
    private final String namespace = "proxy-" + UUID.randomUUID().toString().substring(0, 8);
    private final ApiProxy proxy = ApiProxy.start(cluster.server(), cluster.caPem());
    private final KubernetesClient admin = cluster.adminClient();
    private KubernetesClient client = admin;

    @BeforeEach
    void editorBehindTheProxy() {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("editor")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                        .addNewSubject("", "ServiceAccount", "editor", namespace)
                        .build())
                .create();
        client = client(false);
    }

    @AfterEach
    void close() {
        client.close();
        proxy.close();
        admin.namespaces().withName(namespace).delete();
        admin.close();
    }

    private KubernetesClient client(boolean onlyHttpWatches) {
        var config = Config.fromKubeconfig(cluster.kubeconfigFor(namespace, "editor", proxy.server(), proxy.caPem()));
        config.setOnlyHttpWatches(onlyHttpWatches);
        // A lost answer is to be seen by the test, not repaired by the client.
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Test
    void writesAreNumberedAndReadsAndEventsAreNot() {
        create("first");
        client.configMaps().inNamespace(namespace).list();
        client.v1().events().inNamespace(namespace).resource(event()).create();
        client.configMaps().inNamespace(namespace).withName("first").edit(m -> new ConfigMapBuilder(m)
                .addToData("a", "b")
                .build());
        client.configMaps().inNamespace(namespace).withName("first").delete();
        assertThat(proxy.writes()).extracting(Write::verb).containsExactly("POST", "PATCH", "DELETE");
        assertThat(proxy.writes()).extracting(Write::ordinal).containsExactly(1, 2, 3);
        assertThat(proxy.housekeepingWrites()).isEqualTo(1);
        assertThat(proxy.writes().getFirst().path()).startsWith("/api/v1/namespaces/" + namespace + "/configmaps");
    }

    @Test
    void killBeforeLetsTheRequestNeverArrive() throws Exception {
        var killed = new AtomicBoolean();
        create("zero");
        proxy.arm(Plan.killBefore(2), () -> killed.set(true));
        create("one");
        assertThatThrownBy(() -> create("two")).isNotNull();
        assertThat(proxy.awaitFired(Duration.ofSeconds(5))).isTrue();
        assertThat(killed).isTrue();
        assertThat(stored("two")).isFalse();
        create("three");
        assertThat(stored("three")).isTrue();
    }

    @Test
    void aPlanCountsOnlyTheWritesItIsAbout() throws Exception {
        proxy.arm(new Plan(Plan.Kind.DROP_ANSWER, write -> write.verb().equals("DELETE"), 1), () -> {});
        create("one");
        assertThatThrownBy(() -> client.configMaps()
                        .inNamespace(namespace)
                        .withName("one")
                        .delete())
                .isNotNull();
        assertThat(proxy.awaitFired(Duration.ofSeconds(5))).isTrue();
        assertThat(stored("one")).isFalse();
    }

    @Test
    void killAfterHasItStoredBeforeTheWriterDies() throws Exception {
        var storedAtKill = new AtomicBoolean();
        proxy.arm(Plan.killAfter(1), () -> storedAtKill.set(stored("one")));
        assertThatThrownBy(() -> create("one")).isNotNull();
        assertThat(proxy.awaitFired(Duration.ofSeconds(5))).isTrue();
        assertThat(storedAtKill).isTrue();
    }

    @Test
    void aDroppedAnswerIsStoredAndTheWriterLives() throws Exception {
        proxy.arm(Plan.dropAnswer(1), () -> {
            throw new AssertionError("nothing is killed");
        });
        assertThatThrownBy(() -> create("one")).isNotNull();
        assertThat(proxy.awaitFired(Duration.ofSeconds(5))).isTrue();
        assertThat(stored("one")).isTrue();
        create("two");
        assertThat(proxy.writes()).hasSize(2);
    }

    @ParameterizedTest(name = "over plain HTTP: {0}")
    @ValueSource(booleans = {true, false})
    void aWatchStreamsThrough(boolean onlyHttp) {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (var watching = client(onlyHttp);
                var watch = watching.configMaps().inNamespace(namespace).watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, ConfigMap map) {
                        seen.add(action + " " + map.getMetadata().getName());
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        seen.add("closed " + cause.getMessage());
                    }
                })) {
            create("watched");
            await().atMost(Duration.ofSeconds(10)).until(() -> seen.contains("ADDED watched"));
            client.configMaps().inNamespace(namespace).withName("watched").delete();
            await().atMost(Duration.ofSeconds(10)).until(() -> seen.contains("DELETED watched"));
        }
    }

    @Test
    void aLargeListPassesWhole() {
        for (int i = 0; i < 5; i++) {
            client.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName("large-" + i)
                            .endMetadata()
                            .addToData("text", "x".repeat(200_000))
                            .build())
                    .create();
        }
        assertThat(client.configMaps().inNamespace(namespace).list().getItems())
                .filteredOn(m -> m.getMetadata().getName().startsWith("large-"))
                .hasSize(5);
    }

    private Event event() {
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("told")
                .endMetadata()
                .withNewInvolvedObject()
                .withNamespace(namespace)
                .endInvolvedObject()
                .build();
    }

    private void create(String name) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private boolean stored(String name) {
        return admin.configMaps().inNamespace(namespace).withName(name).get() != null;
    }
}
