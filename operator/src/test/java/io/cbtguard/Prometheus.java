package io.cbtguard;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cbtguard.testkit.process.ChildProcess;
import io.cbtguard.testkit.process.FreePorts;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A Prometheus of the machine's, on the loopback address, that scrapes one operator every second. */
final class Prometheus implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final URI address;
    private final ChildProcess process;

    private Prometheus(Path folder, URI address, ChildProcess process) {
        this.folder = folder;
        this.address = address;
        this.process = process;
    }

    /**
     * Starts one; returns when it answers.
     *
     * @param folder for its configuration, its data and its log
     * @param rules a rule file's content
     * @param alertmanagers host and port of each that is told of alerts
     */
    static Prometheus start(Path program, Path folder, int scraped, JsonNode rules, String... alertmanagers)
            throws IOException {
        Files.writeString(folder.resolve("rules.yaml"), Serialization.asYaml(rules));
        Files.writeString(folder.resolve("prometheus.yaml"), """
                global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
                rule_files: [rules.yaml]
                scrape_configs:
                - job_name: cbtguard
                  file_sd_configs: [{files: [targets.yaml], refresh_interval: 1s}]
                alerting:
                  alertmanagers: [{static_configs: [{targets: [%s]}]}]
                """.formatted(String.join(", ", alertmanagers)));
        scrape(folder, scraped);
        String listens = "127.0.0.1:" + FreePorts.pick(1)[0];
        ChildProcess process = ChildProcess.start(
                "prometheus",
                List.of(
                        program.toString(),
                        "--config.file=" + folder.resolve("prometheus.yaml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=" + listens),
                Map.of(),
                folder.resolve("prometheus.log"));
        Prometheus prometheus = new Prometheus(folder, URI.create("http://" + listens), process);
        try {
            await("Prometheus")
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> prometheus.get("/-/ready").statusCode() == 200);
        } catch (RuntimeException e) {
            String log = process.logTail(20);
            prometheus.close();
            throw new IllegalStateException(log, e);
        }
        return prometheus;
    }

    /** From now on it scrapes this port, and no other one: an operator that was started again has another. */
    void scrape(int port) throws IOException {
        scrape(folder, port);
    }

    private static void scrape(Path folder, int port) throws IOException {
        Path written =
                Files.writeString(folder.resolve("targets.new"), "[{targets: [\"127.0.0.1:%d\"]}]".formatted(port));
        Files.move(
                written,
                folder.resolve("targets.yaml"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    /** Its answer to an instant query: {@code status}, and {@code data} or {@code error}. */
    JsonNode query(String query) {
        return json("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    }

    /** States of one alert, one for each set of labels: pending or firing; none while it is inactive. */
    List<String> alert(String name) {
        return StreamSupport.stream(json("/api/v1/alerts").at("/data/alerts").spliterator(), false)
                .filter(alert -> alert.at("/labels/alertname").asText().equals(name))
                .map(alert -> alert.path("state").asText() + " "
                        + alert.at("/labels/vm_name").asText())
                .toList();
    }

    private JsonNode json(String path) {
        try {
            return new ObjectMapper().readTree(get(path).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
