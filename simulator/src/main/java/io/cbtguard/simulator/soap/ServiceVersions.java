package io.cbtguard.simulator.soap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code GET /sdk/vimServiceVersions.xml}: the versions of the API that this server speaks. */
public final class ServiceVersions implements HttpHandler {
    private final byte[] page;

    /**
     * @param version the newest, such as 8.0.3.0
     * @param prior the older ones, newest first
     */
    public ServiceVersions(String version, List<String> prior) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n");
        xml.append("<namespaces version=\"1.0\">\n <namespace>\n  <name>urn:vim25</name>\n");
        xml.append("  <version>").append(version).append("</version>\n  <priorVersions>\n");
        prior.forEach(old -> xml.append("   <version>").append(old).append("</version>\n"));
        xml.append("  </priorVersions>\n </namespace>\n</namespaces>\n");
        page = xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer.xml(200, page).send(exchange);
        }
    }
}
