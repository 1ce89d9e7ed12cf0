package io.cbtguard.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small web server: each request on a virtual thread; what fails is told to the log and answered by 500. */
public final class Web implements AutoCloseable {
    public static final String TEXT = "text/plain; charset=utf-8";

    private static final Logger log = LoggerFactory.getLogger(Web.class);
    private static final int LARGEST_BODY = 256 * 1024;

    static {
        // Whoever opens connections and says nothing must not use up what the probes need. Read once, at the first
        // server.
        System.setProperty("jdk.httpserver.maxConnections", "256");
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
        System.setProperty("sun.net.httpserver.maxRspTime", "60");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Web(HttpServer server) {
        this.server = server;
    }

    /**
     * @param path decoded path
     * @param query as it was sent, still encoded; empty if there is none
     * @param accept the header Accept, empty if there is none
     * @param host the header Host, empty if there is none
     * @param body empty if there is none
     */
    public record Question(String method, String path, String query, String accept, String host, String body) {}

    public record Answer(int status, String contentType, String body) {
        public static Answer text(int status, String body) {
            return new Answer(status, TEXT, body);
        }
    }

    @FunctionalInterface
    public interface Handler {
        Answer answer(Question question);
    }

    /**
     * Listens, and answers once started.
     *
     * @param address where to listen; port 0 takes any free one
     * @throws IOException if the address cannot be bound
     */
    public static Web listen(InetSocketAddress address) throws IOException {
        Web web = new Web(HttpServer.create(address, 0));
        web.server.setExecutor(web.threads);
        return web;
    }

    /**
     * @param path this path and all below it
     * @param methods those that are allowed; HEAD goes with GET
     */
    public void route(String path, Set<String> methods, Handler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                serve(exchange, methods, handler);
            }
        });
    }

    public void start() {
        server.start();
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

    private static Set<String> allowed(Set<String> methods) {
        Set<String> allowed = new TreeSet<>(methods);
        if (methods.contains("GET")) {
            allowed.add("HEAD");
        }
        return allowed;
    }

    private static void serve(HttpExchange exchange, Set<String> methods, Handler handler) throws IOException {
        String method = exchange.getRequestMethod();
        if (!methods.contains(method) && !(method.equals("HEAD") && methods.contains("GET"))) {
            exchange.getResponseHeaders().set("Allow", String.join(", ", allowed(methods)));
            write(exchange, Answer.text(405, "not this method here\n"));
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            write(exchange, Answer.text(413, "too long: at most " + LARGEST_BODY + " bytes\n"));
            return;
        }
        Answer answer;
        try {
            answer = handler.answer(new Question(
                    method,
                    exchange.getRequestURI().getPath(),
                    Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
                    header(exchange, "Accept"),
                    header(exchange, "Host"),
                    new String(body, StandardCharsets.UTF_8)));
        } catch (RuntimeException e) {
            log.warn("could not answer {}", exchange.getRequestURI(), e);
            answer = Answer.text(500, "failed; the log says why\n");
        }
        write(exchange, answer);
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
