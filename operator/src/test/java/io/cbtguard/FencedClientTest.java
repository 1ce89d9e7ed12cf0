package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client behind the fence, against a server that has it try again. */
class FencedClientTest {
    private static final int LOST = 0;

    private final WriteFence fence = WriteFence.of("me", Duration.ofMinutes(1));
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final KubernetesClient client;
    private volatile int firstAnswer = 503;
    private volatile Runnable beforeAnswer = () -> {};

    FencedClientTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .withRequestRetryBackoffInterval(50)
                .withRequestRetryBackoffLimit(3)
                .build();
        client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new FencedHttpFactory(fence))
                .build();
    }

    @BeforeEach
    void renew() {
        client.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace("own")
                        .withName("cbtguard-operator")
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("me")
                        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .create();
        fence.awaitOpen(Duration.ofSeconds(20));
        writes.clear();
    }

    @AfterEach
    void down() {
        client.close();
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, LOST})
    void aWriteThatIsToBeTriedAgainEndsInAnErrorOnceTheFenceIsShut(int answer) {
        firstAnswer = answer;
        beforeAnswer = fence::shut;

        var write = write();

        assertThatThrownBy(() -> write.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("the lease may be another one's by now");
        assertThat(writes).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, LOST})
    void whoHoldsTheLeaseTriesAgain(int answer) throws Exception {
        firstAnswer = answer;

        assertThat(write().get(20, TimeUnit.SECONDS).getMetadata().getName()).isEqualTo("web");
        assertThat(writes).hasSize(2);
    }

    @Test
    void whoIsFencedReads() throws Exception {
        fence.shut();

        assertThat(CompletableFuture.supplyAsync(() -> client.configMaps()
                                .inNamespace("shop")
                                .withName("web")
                                .get())
                        .get(20, TimeUnit.SECONDS))
                .isNotNull();
    }

    /** In a thread of its own: one that hangs must not hang the test. */
    private CompletableFuture<ConfigMap> write() {
        ConfigMap web = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .endMetadata()
                .build();
        return CompletableFuture.supplyAsync(() -> client.resource(web).update());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            boolean isWrite = !exchange.getRequestMethod().equals("GET");
            if (isWrite) {
                writes.add(exchange.getRequestMethod());
            }
            boolean isFirst = isWrite && writes.size() == 1 && body.contains("ConfigMap");
            if (isFirst) {
                beforeAnswer.run();
            }
            if (isFirst && firstAnswer == LOST) {
                return;
            }
            byte[] answer = (isWrite
                            ? body
                            : "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"web\"}}")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(isFirst ? firstAnswer : 200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
