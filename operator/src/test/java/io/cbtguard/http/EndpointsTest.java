package io.cbtguard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicBoolean ready = new AtomicBoolean();

    @Test
    void readinessFollowsWhatItIsAskedEachTime() throws Exception {
        try (Endpoints endpoints = start(accept -> new Scrape.Page("text/plain", ""))) {
            assertThat(get(endpoints, "/readyz", "").statusCode()).isEqualTo(503);
            ready.set(true);
            assertThat(get(endpoints, "/readyz", "").statusCode()).isEqualTo(200);
            assertThat(get(endpoints, "/healthz", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theScrapeGetsTheAcceptHeaderAndSetsTheContentType() throws Exception {
        try (Endpoints endpoints = start(accept -> new Scrape.Page("application/" + accept, "a_metric 1\n"))) {
            HttpResponse<String> page = get(endpoints, "/metrics", "openmetrics-text");
            assertThat(page.body()).isEqualTo("a_metric 1\n");
            assertThat(page.headers().firstValue("Content-Type")).hasValue("application/openmetrics-text");
        }
    }

    @Test
    void aScrapeThatFailsIsAnErrorAndTheNextOneIsServed() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Scrape scrape = accept -> {
            if (broken.get()) {
                throw new IllegalStateException("broken meter");
            }
            return new Scrape.Page("text/plain", "fine\n");
        };
        try (Endpoints endpoints = start(scrape)) {
            assertThat(get(endpoints, "/metrics", "").statusCode()).isEqualTo(500);
            broken.set(false);
            assertThat(get(endpoints, "/metrics", "").body()).isEqualTo("fine\n");
        }
    }

    @Test
    void nothingCanBeWrittenAndUnknownPathsSayWhatThereIs() throws Exception {
        try (Endpoints endpoints = start(accept -> new Scrape.Page("text/plain", ""))) {
            HttpRequest post = HttpRequest.newBuilder(uri(endpoints, "/metrics"))
                    .POST(HttpRequest.BodyPublishers.ofString("x"))
                    .build();
            assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(405);
            HttpResponse<String> unknown = get(endpoints, "/debug", "");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.body()).contains("/metrics");
        }
    }

    private Endpoints start(Scrape scrape) throws Exception {
        return Endpoints.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                scrape,
                () -> new Probe.Answer(true, "alive"),
                () -> new Probe.Answer(ready.get(), "informers synced: " + ready.get()));
    }

    private HttpResponse<String> get(Endpoints endpoints, String path, String accept) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(endpoints, path));
        if (!accept.isEmpty()) {
            request.header("Accept", accept);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(Endpoints endpoints, String path) {
        return URI.create("http://127.0.0.1:" + endpoints.port() + path);
    }
}
