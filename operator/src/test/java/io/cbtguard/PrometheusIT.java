package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.chart.Dashboard;
import io.cbtguard.chart.Rules;
import io.cbtguard.chart.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes the operator while something happens: the chart's alert, with short durations, fires and ends, and every
 * query of the dashboard is answered.
 */
@Tag("cluster")
class PrometheusIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String PENDING = "CBTGuardForceFullPending";

    @TempDir
    Path folder = Path.of("");

    @Test
    void theAlertOfARevertFiresAndEndsAndTheDashboardHasItsData() throws IOException {
        Tool.skipWithout("prometheus");
        Optional<Path> program = Tool.find("prometheus");
        JsonNode rules = Rules.file(
                "prometheusRule.interval=1s",
                "prometheusRule.bridge=5s",
                "prometheusRule.alerts." + PENDING + ".for=2s");
        try (MeasuredStory story = new MeasuredStory();
                Prometheus prometheus = Prometheus.start(program.get(), folder, story.bed.port(), rules)) {
            String db = story.protect("db");
            story.bed.backUp(story.vcenter, "db", db, "db-1");
            story.bed.awaitVm("db", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
            await("no alert")
                    .atMost(PATIENCE)
                    .until(() -> isScraped(prometheus, "db")
                            && prometheus.alert(PENDING).isEmpty());

            story.vcenter.revert(db, "before");
            await("alert")
                    .atMost(PATIENCE)
                    .until(() -> prometheus.alert(PENDING).equals(List.of("firing db")));
            story.bed.backUp(story.vcenter, "db", db, "db-2");
            await("end of the alert")
                    .atMost(PATIENCE)
                    .until(() -> prometheus.alert(PENDING).isEmpty());

            story.tell();
            assertThat(Dashboard.queries("15s")).isNotEmpty().allSatisfy(query -> await(query)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> answered(query, prometheus.query(query))));
        }
    }

    private static boolean isScraped(Prometheus prometheus, String vm) {
        return !prometheus
                .query("cbtguard_vm_last_good_timestamp_seconds{vm_name=\"" + vm + "\"} > 0")
                .at("/data/result")
                .isEmpty();
    }

    private static void answered(String query, JsonNode answer) {
        assertThat(answer.path("status").asText()).as("%s: %s", query, answer).isEqualTo("success");
        assertThat(answer.at("/data/result").isEmpty()).as("%s: no data", query).isFalse();
    }
}
