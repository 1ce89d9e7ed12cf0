package io.cbtguard.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cbtguard.chart.Rules.Rule;
import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each alert, as the chart makes it, fires when it shall and not otherwise, and says what to do. */
class AlertsIT {
    private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w+)");
    private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");

    @TempDir
    Path folder = Path.of("");

    static List<Rule> alerts() {
        return Rules.all();
    }

    @Test
    void thereIsAnAlertForEachOfTheContract() {
        assertThat(alerts()).extracting(Rule::alert).containsExactlyInAnyOrderElementsOf(Contract.alerts());
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void firesAndResolvesAsItsTestSays(Rule rule) throws IOException {
        Tool.skipWithout("promtool");
        String test = Files.readString(
                Checkout.root().resolve("operator/src/test/resources/alerts").resolve(rule.alert() + ".yaml"));
        assertThat(test)
                .as("a time to fire at, and one before and after it")
                .contains("exp_labels")
                .containsPattern("(?s)exp_alerts: \\[\\]}.*exp_labels.*exp_alerts: \\[\\]}");

        Files.writeString(folder.resolve("rules.yaml"), withSummariesOnly());
        Files.writeString(folder.resolve("test.yaml"), "rule_files: [rules.yaml]\n" + test);

        promtool("test", "rules", folder.resolve("test.yaml").toString());
    }

    @Test
    void promtoolFindsNothingWrongWithTheRuleFile() throws IOException {
        Tool.skipWithout("promtool");
        Files.writeString(folder.resolve("rules.yaml"), Serialization.asYaml(Rules.file()));

        assertThat(promtool("check", "rules", folder.resolve("rules.yaml").toString()))
                .contains(Contract.alerts().size() + " rules found");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void asksOnlyForMetersOfTheContract(Rule rule) {
        assertThat(Contract.metricsOf(rule.expr())).isNotEmpty().isSubsetOf(Contract.metrics());
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void saysWhatHappenedWhatItMeansAndWhatToDo(Rule rule) {
        assertThat(rule.annotations()).containsOnlyKeys("summary", "description", "next_step", "runbook_url");
        assertThat(rule.labels()).containsOnlyKeys("severity");
        assertThat(used(rule))
                .as("labels in the texts that the expression keeps")
                .isSubsetOf(kept(rule));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void hasARunbook(Rule rule) throws IOException {
        Path page = Checkout.root().resolve("docs/runbooks/" + rule.alert() + ".md");

        assertThat(rule.annotations().get("runbook_url")).endsWith("/docs/runbooks/" + rule.alert() + ".md");
        assertThat(Files.readString(page))
                .contains("# " + rule.alert(), "## Find the cause", "## What to do", "kubectl");
    }

    /** The longer texts are no matter of time; promtool would have each test repeat them. */
    private static String withSummariesOnly() {
        var file = Rules.file();
        for (ObjectNode rule : Rules.rules(file)) {
            ((ObjectNode) rule.path("annotations")).retain("summary");
        }
        return Serialization.asYaml(file);
    }

    private static Set<String> used(Rule rule) {
        return rule.annotations().values().stream()
                .flatMap(text -> LABEL.matcher(text).results().map(match -> match.group(1)))
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> kept(Rule rule) {
        return BY.matcher(rule.expr())
                .results()
                .map(MatchResult::group)
                .limit(1)
                .flatMap(by -> Arrays.stream(by.replaceAll("^by \\(|\\)$", "").split(", *")))
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }

    private static String promtool(String... arguments) {
        return Tool.run(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                        .toList())
                .orFail();
    }
}
