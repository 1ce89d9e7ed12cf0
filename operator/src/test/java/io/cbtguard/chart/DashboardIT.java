package io.cbtguard.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Grafana dashboard asks Prometheus for what there is, in a way that Prometheus understands. No Grafana has loaded it here. */
class DashboardIT {
    private static final JsonNode DASHBOARD = Dashboard.json();

    @TempDir
    Path folder = Path.of("");

    @Test
    void promtoolParsesEveryQuery() throws IOException {
        Tool.skipWithout("promtool");
        List<Map<String, String>> rules = new ArrayList<>();
        for (String query : Dashboard.queries("2m")) {
            rules.add(Map.of("record", "query:" + rules.size(), "expr", query));
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
        Stream.concat(Dashboard.queries().stream(), variables().stream())
                .forEach(query -> shown.addAll(Contract.metricsOf(query)));

        assertThat(shown).isEqualTo(Contract.metrics());
    }

    @Test
    void everyQueryGoesByTheVariablesThatItsMeterHasLabelsFor() {
        assertThat(Dashboard.queries())
                .allSatisfy(query -> assertThat(query).containsAnyOf("$vcenter", "$vm_namespace"));
        assertThat(Dashboard.queries().stream()
                        .flatMap(DashboardIT::variablesOf)
                        .distinct())
                .isSubsetOf("vcenter", "vm_namespace", "policy", "__rate_interval");
        assertThat(DASHBOARD.at("/templating/list").findValuesAsText("name"))
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
                .isEqualTo(DASHBOARD);
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
        return StreamSupport.stream(DASHBOARD.path("panels").spliterator(), false)
                .toList();
    }

    private static List<String> variables() {
        return DASHBOARD.at("/templating/list").findValuesAsText("definition");
    }

    private static Stream<String> variablesOf(String query) {
        return java.util.regex.Pattern.compile("\\$(\\w+)")
                .matcher(query)
                .results()
                .map(match -> match.group(1));
    }
}
