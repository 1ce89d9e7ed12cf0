package io.cbtguard.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cbtguard.testkit.process.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** The Grafana dashboard as the chart has it. */
public final class Dashboard {
    private Dashboard() {}

    static JsonNode json() {
        try {
            return new ObjectMapper()
                    .readTree(Files.readString(Checkout.root().resolve("helm/cbtguard/files/dashboard.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The panels' queries, as they are written. */
    static List<String> queries() {
        return json().path("panels").findValuesAsText("expr");
    }

    /** The same as Grafana sends them, with everything chosen: rates are taken over this interval. */
    public static List<String> queries(String interval) {
        return queries().stream()
                .map(query -> query.replace("$__rate_interval", interval)
                        .replaceAll("\\$(vcenter|vm_namespace|policy)", ".*"))
                .toList();
    }
}
