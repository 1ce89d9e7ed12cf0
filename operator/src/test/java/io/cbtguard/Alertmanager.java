package io.cbtguard;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cbtguard.testkit.process.ChildProcess;
import io.cbtguard.testkit.process.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An Alertmanager of the machine's, on the loopback address, and the webhook that it tells of every alert. */
final class Alertmanager implements AutoCloseable {
    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    private final HttpServer webhook;
    private final List<Notice> notices = new CopyOnWriteArrayList<>();
    private final String address;
    private final ChildProcess process;

    /**
     * One alert as the webhook was told of it.
     *
     * @param status {@code firing} or {@code resolved}
     */
    record Notice(String status, String alert, Map<String, String> labels) {}

    /** Starts one; returns when it answers. */
    static Alertmanager start(Path program, Path folder) throws IOException {
        return new Alertmanager(program, folder);
    }

    private Alertmanager(Path program, Path folder) throws IOException {
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", this::receive);
        webhook.start();
        Files.writeString(folder.resolve("alertmanager.yaml"), """
                route: {receiver: webhook, group_by: ["..."], group_wait: 0s, group_interval: 1s, repeat_interval: 24h}
                receivers:
                - name: webhook
                  webhook_configs: [{url: "http://127.0.0.1:%d/", send_resolved: true}]
                """.formatted(
                        webhook.getAddress().getPort()));
        address = "127.0.0.1:" + FreePorts.pick(1)[0];
        process = ChildProcess.start(
                "alertmanager",
                List.of(
                        program.toString(),
                        "--config.file=" + folder.resolve("alertmanager.yaml"),
                        "--storage.path=" + folder.resolve("alertmanager"),
                        "--web.listen-address=" + address,
                        "--cluster.listen-address="),
                Map.of(),
                folder.resolve("alertmanager.log"));
        try {
            await("Alertmanager")
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(this::isReady);
        } catch (RuntimeException e) {
            String log = process.logTail(20);
            close();
            throw new IllegalStateException(log, e);
        }
    }

    private boolean isReady() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var ready = HttpRequest.newBuilder(URI.create("http://" + address + "/-/ready"))
                    .build();
            return http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            for (JsonNode alert :
                    new ObjectMapper().readTree(exchange.getRequestBody()).path("alerts")) {
                Map<String, String> labels = new ObjectMapper().convertValue(alert.path("labels"), LABELS);
                notices.add(new Notice(alert.path("status").asText(), String.valueOf(labels.get("alertname")), labels));
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** Host and port, as Prometheus wants it. */
    String address() {
        return address;
    }

    /** What the webhook was told so far, in that order. */
    List<Notice> notices() {
        return notices;
    }

    @Override
    public void close() {
        process.close();
        webhook.stop(0);
    }
}
