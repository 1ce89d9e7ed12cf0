package io.cbtguard.testkit.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Reads the operator's metrics, as Prometheus would. */
final class Scrape {
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI metrics;

    Scrape(URI metrics) {
        this.metrics = metrics;
    }

    /** Lines of one metric that contain all the given texts; empty while nothing answers. */
    List<String> lines(String metric, String... containing) {
        return body(metrics)
                .lines()
                .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .filter(line -> List.of(containing).stream().allMatch(line::contains))
                .toList();
    }

    /** Whether the operator says it is ready. */
    boolean ready() {
        return !body(metrics.resolve("/readyz")).isEmpty();
    }

    private String body(URI uri) {
        var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "";
        } catch (IOException notYet) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
