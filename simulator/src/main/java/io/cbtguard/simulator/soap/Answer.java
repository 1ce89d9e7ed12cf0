package io.cbtguard.simulator.soap;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer, complete before the first byte goes out.
 *
 * @param setCookie the value of a Set-Cookie header, or null
 */
record Answer(
        int status,
        String contentType,
        byte[] body,
        @Nullable String setCookie) {
    static Answer xml(int status, byte[] body) {
        return new Answer(status, "text/xml; charset=utf-8", body, null);
    }

    static Answer text(int status, String body) {
        return new Answer(status, "text/html; charset=utf-8", body.getBytes(StandardCharsets.UTF_8), null);
    }

    Answer withCookie(String cookie) {
        return new Answer(status, contentType, body, cookie);
    }

    void send(HttpExchange exchange) throws IOException {
        head(exchange);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Promises the whole body and sends half of it; closing the exchange then breaks the connection. */
    void sendHalf(HttpExchange exchange) throws IOException {
        head(exchange);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
    }

    private void head(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        if (setCookie != null) {
            exchange.getResponseHeaders().set("Set-Cookie", setCookie);
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    }
}
