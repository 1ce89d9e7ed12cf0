package io.cbtguard.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Grafana dashboard asks Prometheus for what there is, in a way that Prometheus understands. No Grafana has loaded it here. */
class DashboardIT {
    private static JsonNode dashboard = new ObjectMapper().createObjectNode();

    @TempDir
    Path folder = Path.of("");

    @BeforeAll
    static void read() throws IOException {
        dashboard = new ObjectMapper()
                .readTree(Files.readString(Checkout.root().resolve("helm/cbtguard/files/dashboard.json")));
    }

    @Test
    void promtoolParsesEveryQuery() throws IOException {
        assumeTrue(Tool.find("promtool").isPresent(), "promtool is not installed (make ci-deps)");
        List<Map<String, String>> rules = new ArrayList<>();
        for (String query : queries()) {
            rules.add(Map.of("record", "query:" + rules.size(), "expr", filledIn(query)));
        }
        Path file = folder.resolve("queries.yaml");
        Files.writeString(
                file, Serialization.asYaml(Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules)))));

        assertThat(Tool.run(List.of("promtool", "check", "rules", file.toString()))
                        .orFail())
                .contains(rules.size() + " rules found");
    }

    @Test
    void everyMeterIsOneOfTheContractAndEveryMeterIsShown() {
        Set<String> shown = new TreeSet<>();
        Stream.concat(queries().stream(), variables().stream())
                .forEach(query -> shown.addAll(Contract.metricsOf(query)));

        assertThat(shown).isEqualTo(Contract.metrics());
    }

    @Test
    void everyQueryGoesByTheVariablesThatItsMeterHasLabelsFor() {
        assertThat(queries()).allSatisfy(query -> assertThat(query).containsAnyOf("$vcenter", "$vm_namespace"));
        assertThat(queries().stream().flatMap(DashboardIT::variablesOf).distinct())
                .isSubsetOf("vcenter", "vm_namespace", "policy", "__rate_interval");
        assertThat(dashboard.at("/templating/list").findValuesAsText("name"))
                .contains("vcenter", "vm_namespace", "policy");
    }

    @Test
    void panelsHaveIdsOfTheirOwnAndDoNotOverlap() {
        List<JsonNode> panels = panels();
        assertThat(panels.stream().map(panel -> panel.path("id").asInt())).doesNotHaveDuplicates();
        for (JsonNode one : panels) {
            assertThat(panels)
                    .filteredOn(other -> other != one && overlap(one.path("gridPos"), other.path("gridPos")))
                    .isEmpty();
        }
    }

    @Test
    void theChartPutsItUnchangedIntoAConfigMap() throws IOException {
        var map = Helm.one(Helm.objects("dashboard.enabled=true"), "ConfigMap", ConfigMap.class);

        assertThat(map.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
        assertThat(new ObjectMapper().readTree(map.getData().get("cbtguard.json")))
                .isEqualTo(dashboard);
    }

    private static boolean overlap(JsonNode a, JsonNode b) {
        return within(a, b, "x", "w") && within(a, b, "y", "h");
    }

    private static boolean within(JsonNode a, JsonNode b, String start, String length) {
        return a.path(start).asInt() < b.path(start).asInt() + b.path(length).asInt()
                && b.path(start).asInt()
                        < a.path(start).asInt() + a.path(length).asInt();
    }

    private static List<JsonNode> panels() {
        return StreamSupport.stream(dashboard.path("panels").spliterator(), false)
                .toList();
    }

    private static List<String> queries() {
        return dashboard.path("panels").findValuesAsText("expr");
    }

    private static List<String> variables() {
        return dashboard.at("/templating/list").findValuesAsText("definition");
    }

    private static Stream<String> variablesOf(String query) {
        return java.util.regex.Pattern.compile("\\$(\\w+)")
                .matcher(query)
                .results()
                .map(match -> match.group(1));
    }

    /** As Grafana does before it sends it. */
    private static String filledIn(String query) {
        return query.replace("$__rate_interval", "2m").replaceAll("\\$(vcenter|vm_namespace|policy)", ".*");
    }
}
