package io.cbtguard.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** The alerts as the chart makes them. */
public final class Rules {
    private Rules() {}

    /** @param annotations with Prometheus' templates in them */
    record Rule(String alert, String expr, Map<String, String> labels, Map<String, String> annotations) {
        @Override
        public String toString() {
            return alert;
        }
    }

    /** The rule file of a Prometheus: the spec of the PrometheusRule with these settings, as {@code name=value}. */
    public static JsonNode file(String... settings) {
        List<String> sets = new ArrayList<>(List.of("--set", "prometheusRule.enabled=true"));
        for (String setting : settings) {
            sets.addAll(List.of("--set", setting));
        }
        sets.addAll(List.of("-s", "templates/prometheus-rule.yaml"));
        String yaml = Helm.template(Helm.RELEASE, Helm.NAMESPACE, sets.toArray(String[]::new))
                .orFail();
        return Serialization.unmarshal(yaml, JsonNode.class).path("spec");
    }

    static List<ObjectNode> rules(JsonNode file) {
        return StreamSupport.stream(file.at("/groups/0/rules").spliterator(), false)
                .map(ObjectNode.class::cast)
                .toList();
    }

    static List<Rule> all() {
        return rules(file()).stream()
                .map(rule -> new Rule(
                        rule.path("alert").asText(),
                        rule.path("expr").asText(),
                        texts(rule.path("labels")),
                        texts(rule.path("annotations"))))
                .toList();
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        node.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
