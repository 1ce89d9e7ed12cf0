package io.cbtguard.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /metrics}, {@code /healthz} and {@code /readyz} over plain HTTP. A probe answers 200 or 503 with a line that says
 * why; what is alive or ready is asked anew at every call.
 */
public final class Endpoints implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Endpoints.class);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Endpoints(HttpServer server) {
        this.server = server;
    }

    /**
     * @param address where to listen; port 0 takes any free one
     * @throws IOException if the address cannot be bound
     */
    public static Endpoints start(InetSocketAddress address, Scrape scrape, Probe alive, Probe ready)
            throws IOException {
        Endpoints endpoints = new Endpoints(HttpServer.create(address, 0));
        endpoints.server.setExecutor(endpoints.threads);
        endpoints.route("/metrics", exchange -> metrics(exchange, scrape));
        endpoints.route("/healthz", exchange -> probe(exchange, alive));
        endpoints.route("/readyz", exchange -> probe(exchange, ready));
        endpoints.route("/", exchange -> answer(exchange, 404, Map.of(), "not here: /metrics, /healthz, /readyz\n"));
        endpoints.server.start();
        return endpoints;
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void route(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                serve(exchange, handler);
            }
        });
    }

    private static void serve(HttpExchange exchange, HttpHandler handler) throws IOException {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            answer(exchange, 405, Map.of("Allow", "GET, HEAD"), "read only\n");
            return;
        }
        try {
            handler.handle(exchange);
        } catch (RuntimeException e) {
            log.warn("could not answer {}", exchange.getRequestURI(), e);
            answer(exchange, 500, Map.of(), "failed; the log says why\n");
        }
    }

    private static void metrics(HttpExchange exchange, Scrape scrape) throws IOException {
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        Scrape.Page page = scrape.page(accept == null ? "" : accept);
        answer(exchange, 200, Map.of("Content-Type", page.contentType()), page.text());
    }

    private static void probe(HttpExchange exchange, Probe probe) throws IOException {
        Probe.Answer answer = probe.ask();
        answer(exchange, answer.good() ? 200 : 503, Map.of(), answer.message() + "\n");
    }

    private static void answer(HttpExchange exchange, int status, Map<String, String> headers, String text)
            throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        headers.forEach(exchange.getResponseHeaders()::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
