package io.cbtguard.simulator.soap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The versions of the API that this server speaks: {@code GET /sdk/vimServiceVersions.xml}, and whether a SOAPAction that
 * names another one is refused.
 */
public final class ServiceVersions implements HttpHandler {
    /** What a vCenter 8.0.3 lists. */
    private static final List<String> DEFAULT = List.of(
            "8.0.3.0", "8.0.2.0", "8.0.1.0", "8.0.0.1", "8.0.0.0", "7.0.3.2", "7.0.3.1", "7.0.3.0", "7.0.2.1",
            "7.0.2.0", "7.0.1.1", "7.0.1.0", "7.0.0.2", "7.0.0.0", "6.9.1", "6.8.7", "6.7.3", "6.7.2", "6.7.1", "6.7",
            "6.5", "6.0", "5.5");

    private volatile List<String> listed = DEFAULT;
    private volatile boolean strict;

    /**
     * @param versions newest first
     * @param refuseOthers whether calls with a SOAPAction of another version fail
     */
    public void set(List<String> versions, boolean refuseOthers) {
        listed = List.copyOf(versions);
        strict = refuseOthers;
    }

    /** Whether a call with this header is served; a call without one always is. */
    boolean accepts(String soapAction) {
        String action = soapAction.replace("\"", "");
        return !strict || !action.startsWith("urn:vim25/") || listed.contains(action.substring("urn:vim25/".length()));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        List<String> versions = listed;
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n");
        xml.append("<namespaces version=\"1.0\">\n <namespace>\n  <name>urn:vim25</name>\n");
        xml.append("  <version>").append(versions.get(0)).append("</version>\n  <priorVersions>\n");
        versions.stream()
                .skip(1)
                .forEach(old -> xml.append("   <version>").append(old).append("</version>\n"));
        xml.append("  </priorVersions>\n </namespace>\n</namespaces>\n");
        try (exchange) {
            Answer.xml(200, xml.toString().getBytes(StandardCharsets.UTF_8)).send(exchange);
        }
    }
}
