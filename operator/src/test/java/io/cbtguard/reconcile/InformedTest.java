package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.Kinds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing is judged by caches that do not hold all of the cluster: not yet, or no longer. */
class InformedTest {
    private final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(Config.empty()).build();
    private final Informed informed = new Informed(client);

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void nothingIsJudgedBeforeAllKindsAreHere() {
        for (Class<? extends HasMetadata> kind : Kinds.ALL) {
            assertThat(informed.synced()).isFalse();
            informed.synced(kind);
        }
        assertThat(informed.synced()).isTrue();
    }

    @Test
    void nothingIsJudgedOnceTheCachesAreBeingEmptied() {
        Kinds.ALL.forEach(informed::synced);

        informed.stopping();

        assertThat(informed.synced()).isFalse();
    }

    @Test
    void whoWaitsForTheCachesGoesOnWhenTheyAreWhole() {
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(informed::awaitSynced);

        Kinds.ALL.forEach(informed::synced);

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
    }

    @Test
    void whoWaitsForTheCachesOfAnOperatorThatEndsIsNotKept() {
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(informed::awaitSynced);

        informed.stopping();

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(false);
    }
}
