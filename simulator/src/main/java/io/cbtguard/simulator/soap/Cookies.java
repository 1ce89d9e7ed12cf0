package io.cbtguard.simulator.soap;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The session cookie: quoted, as vCenter sends it; accepted with and without quotes. */
final class Cookies {
    private static final String NAME = "vmware_soap_session";

    private Cookies() {}

    static String toSetCookie(String value, boolean secure) {
        return NAME + "=\"" + value + "\"; Path=/; HttpOnly;" + (secure ? " Secure;" : "");
    }

    static @Nullable String session(HttpExchange exchange) {
        for (String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String part : header.split(";", -1)) {
                int equals = part.indexOf('=');
                if (equals > 0 && part.substring(0, equals).trim().equals(NAME)) {
                    return part.substring(equals + 1).trim().replace("\"", "");
                }
            }
        }
        return null;
    }

    static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }
}
