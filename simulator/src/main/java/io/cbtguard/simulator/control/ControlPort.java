package io.cbtguard.simulator.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.task.TaskFailedException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a call and turns its outcome into JSON; {@code GET /} lists all routes. */
public final class ControlPort implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPort.class);
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final List<Route> routes = new ArrayList<>();

    ControlPort() {
        add("GET", "/", "", "this list", request -> list());
    }

    void add(String method, String path, String body, String text, Route.Action action) {
        routes.add(new Route(method, path, body, text, action));
    }

    private List<Map<String, String>> list() {
        return routes.stream()
                .map(route -> Map.of(
                        "method", route.method(), "path", route.path(), "body", route.body(), "does", route.text()))
                .toList();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = 200;
            Object answer;
            try {
                answer = call(exchange);
            } catch (NoSuchElementException e) {
                status = 404;
                answer = Map.of("error", String.valueOf(e.getMessage()));
            } catch (IllegalArgumentException | JsonProcessingException e) {
                status = 400;
                answer = Map.of("error", String.valueOf(e.getMessage()));
            } catch (TaskFailedException e) {
                status = 409;
                answer = Map.of("error", String.valueOf(e.getMessage()), "fault", e.fault());
            } catch (FaultException e) {
                status = 409;
                answer = Map.of(
                        "error",
                        String.valueOf(e.getMessage()),
                        "fault",
                        e.fault().getClass().getSimpleName());
            } catch (RuntimeException e) {
                LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                status = 500;
                answer = Map.of("error", e.toString());
            }
            send(exchange, status, answer);
        }
    }

    private @Nullable Object call(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        for (Route route : routes) {
            Optional<Map<String, String>> names = route.match(exchange.getRequestMethod(), path);
            if (names.isPresent()) {
                names.get().replaceAll((key, value) -> URLDecoder.decode(value, StandardCharsets.UTF_8));
                byte[] body = exchange.getRequestBody().readAllBytes();
                JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
                return route.action().run(new ControlRequest(names.get(), json));
            }
        }
        throw new NoSuchElementException("no route " + exchange.getRequestMethod() + " " + path + "; GET / lists all");
    }

    private static void send(HttpExchange exchange, int status, @Nullable Object answer) throws IOException {
        boolean raw = answer instanceof byte[];
        byte[] body =
                answer instanceof byte[] bytes ? bytes : JSON.writeValueAsBytes(answer == null ? Map.of() : answer);
        exchange.getResponseHeaders().set("Content-Type", raw ? "application/octet-stream" : "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
