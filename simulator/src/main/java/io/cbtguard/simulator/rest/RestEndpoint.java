package io.cbtguard.simulator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.cbtguard.simulator.core.Registry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Sessions and tagging over HTTP: {@code /api}, and {@code /rest} with its answers in {@code value} and its arguments in
 * {@code create_spec}.
 */
public final class RestEndpoint implements HttpHandler {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "vmware-api-session-id";

    private final Registry registry;
    private final RestSessions sessions;
    private final TaggingCalls tagging;

    public RestEndpoint(Registry registry, RestSessions sessions, Tagging tagging) {
        this.registry = registry;
        this.sessions = sessions;
        this.tagging = new TaggingCalls(tagging);
    }

    private record Reply(int status, @Nullable Object body) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean older = path.startsWith("/rest/");
            Reply reply;
            try {
                reply = call(exchange, path.replaceFirst("^/rest/com/vmware/cis|^/api/cis|^/api", ""), older);
            } catch (NoSuchElementException e) {
                reply = error(404, "not_found", e);
            } catch (IllegalArgumentException | JsonProcessingException e) {
                boolean twice = "already_exists".equals(e.getMessage());
                reply = error(400, twice ? "already_exists" : "invalid_argument", e);
            }
            send(exchange, reply, older);
        }
    }

    private Reply call(HttpExchange exchange, String path, boolean older) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        if (path.equals("/session") && exchange.getRequestMethod().equals("POST")) {
            String token = sessions.open(header(exchange, "Authorization"));
            return token == null
                    ? error(401, "unauthenticated", new IllegalArgumentException("wrong credentials"))
                    : new Reply(older ? 200 : 201, token);
        }
        String token = header(exchange, TOKEN);
        String user = sessions.user(token);
        if (user == null) {
            return error(401, "unauthenticated", new IllegalArgumentException("no session"));
        }
        if (path.equals("/session")) {
            if (exchange.getRequestMethod().equals("DELETE")) {
                sessions.close(token);
                return new Reply(older ? 200 : 204, null);
            }
            return new Reply(200, Map.of("user", user));
        }
        JsonNode body = bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
        TaggingCalls.Call call = new TaggingCalls.Call(
                exchange.getRequestMethod(),
                path,
                action(exchange),
                body.path("create_spec").isObject() ? body.path("create_spec") : body,
                user);
        Object answer = registry.locked(() -> tagging.answer(call));
        return new Reply(answer == null && !older ? 204 : call.creates() && !older ? 201 : 200, answer);
    }

    /** The query's {@code action}, which is {@code ~action} in the older form. */
    private static String action(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return query == null ? "" : query.replaceFirst("^.*?~?action=([^&]*).*$", "$1");
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static Reply error(int status, String type, Exception reason) {
        return new Reply(
                status,
                Map.of(
                        "error_type",
                        type.toUpperCase(java.util.Locale.ROOT),
                        "type",
                        "com.vmware.vapi.std.errors." + type,
                        "messages",
                        List.of(Map.of("default_message", String.valueOf(reason.getMessage())))));
    }

    private static void send(HttpExchange exchange, Reply reply, boolean older) throws IOException {
        byte[] body;
        if (reply.body() == null) {
            body = new byte[0];
        } else {
            body = JSON.writeValueAsBytes(older && reply.status() < 300 ? Map.of("value", reply.body()) : reply.body());
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
