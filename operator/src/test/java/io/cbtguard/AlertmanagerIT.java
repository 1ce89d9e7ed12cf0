package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cbtguard.api.v1alpha1.BackupPolicy;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.chart.Contract;
import io.cbtguard.chart.Rules;
import io.cbtguard.chart.Tool;
import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.vsphere.Outage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chart's alerts, with short durations, on their whole way: the operator measures, a real Prometheus scrapes and judges, a real
 * Alertmanager tells a webhook. Each alert is told of as it begins and as it ends, in the order in which things happen.
 */
@Tag("cluster")
class AlertmanagerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder = Path.of("");

    @Test
    void eachAlertReachesTheWebhookAsItBeginsAndAsItEnds() throws IOException {
        Tool.skipWithout("prometheus");
        Tool.skipWithout("prometheus-alertmanager");
        try (MeasuredStory story = new MeasuredStory();
                Alertmanager alerts =
                        Alertmanager.start(Tool.find("prometheus-alertmanager").get(), folder);
                Prometheus prometheus = Prometheus.start(
                        Tool.find("prometheus").get(), folder, story.bed.port(), shortRules(), alerts.address())) {
            new Play(story, alerts, prometheus).everything();

            for (String status : List.of("firing", "resolved")) {
                assertThat(alerts.notices())
                        .filteredOn(notice -> notice.status().equals(status))
                        .extracting(Alertmanager.Notice::alert)
                        .as(status)
                        .containsAll(Contract.alerts())
                        .isSubsetOf(Contract.alerts());
            }
        }
    }

    private static JsonNode shortRules() {
        Stream<String> alerts = Contract.alerts().stream().map(alert -> "prometheusRule.alerts." + alert + ".for=1s");
        Stream<String> others = Stream.of(
                "prometheusRule.interval=1s",
                "prometheusRule.bridge=3s",
                "prometheusRule.alerts.CBTGuardEventHistoryLost.window=10s",
                "prometheusRule.alerts.CBTGuardFullWaveStuck.window=5s",
                "prometheusRule.alerts.CBTGuardDetectionSlow.window=10s",
                "prometheusRule.alerts.CBTGuardDetectionSlow.seconds=1");
        return Rules.file(Stream.concat(alerts, others).toArray(String[]::new));
    }

    /** What happens, and what is awaited of it. */
    private static final class Play {
        private final MeasuredStory story;
        private final GuardBed bed;
        private final Alertmanager alertmanager;
        private final Prometheus prometheus;
        private String web = "";

        Play(MeasuredStory story, Alertmanager alertmanager, Prometheus prometheus) {
            this.story = story;
            this.bed = story.bed;
            this.alertmanager = alertmanager;
            this.prometheus = prometheus;
        }

        void everything() throws IOException {
            backups();
            testRestores();
            wave();
            bulletin();
            recordOfALaterRelease();
            outage();
            operatorDown();
        }

        private void backups() throws IOException {
            after(() -> web = story.protect("web"), "firing CBTGuardForceFullPending");
            after(() -> backUpTwice("web"), "resolved CBTGuardForceFullPending");
            after(() -> story.vcenter.revert(web, "before"), "firing CBTGuardForceFullPending");
            after(() -> backUpTwice("after"), "resolved CBTGuardForceFullPending");
        }

        private void testRestores() throws IOException {
            var gold = bed.get(BackupPolicy.class, bed.shop, "gold");
            after(
                    () -> bed.patch(gold, "spec: {restoreTest: {maxAge: 0s}}"),
                    "firing CBTGuardRestoreTestOverdue",
                    "firing CBTGuardVMAtRisk");
            after(
                    () -> bed.patch(gold, "spec: {restoreTest: {maxAge: 1h}}"),
                    "resolved CBTGuardRestoreTestOverdue",
                    "resolved CBTGuardVMAtRisk");
        }

        private void wave() throws IOException {
            story.protect("other");
            bed.budget("lab", "{total: 1}");
            after(
                    () -> List.of("web", "other").forEach(vm -> bed.ask("wave-" + vm, vm, "Full")),
                    "firing CBTGuardFullWaveStuck");
            after(() -> bed.budget("lab", "{total: 2}"), "resolved CBTGuardFullWaveStuck");
            List.of("web", "other")
                    .forEach(vm -> bed.admin.resource(bed.backup("wave-" + vm)).delete());
            bed.admin.resource(bed.protectedVm("other")).delete();
        }

        private void bulletin() throws IOException {
            after(
                    story::bulletin,
                    "firing CBTGuardHostAffected",
                    "firing CBTGuardRestorePointsSuspect",
                    "firing CBTGuardVMAtRisk");
            after(
                    () -> {
                        story.vcenter.build("host-1", new EsxBuild("6.0.0", 3247720));
                        backUpTwice("mended");
                    },
                    "resolved CBTGuardHostAffected",
                    "resolved CBTGuardVMAtRisk");
            after(() -> bed.admin.resource(bed.protectedVm("web")).delete(), "resolved CBTGuardRestorePointsSuspect");
            web = story.protect("db");
            backUpTwice("db");
        }

        private void recordOfALaterRelease() throws IOException {
            VMRecord record = bed.record("db");
            long schema = record.getSchema();
            after(() -> bed.patch(record, "schema: " + (schema + 1)), "firing CBTGuardRecordBlocked");
            after(() -> bed.patch(record, "schema: " + schema), "resolved CBTGuardRecordBlocked");
            bed.backUp(story.vcenter, "db", web, "db-3"); // a record that others wrote is a gap
        }

        private void outage() throws IOException {
            after(
                    () -> {
                        story.vcenter.outage(Outage.UNREACHABLE);
                        bed.awaitVcenter("lab", ConditionTypes.CONNECTED, "False", "Unreachable");
                        bed.clock.forward(Duration.ofMinutes(6));
                        story.vcenter.revert(web, "before");
                    },
                    "firing CBTGuardVCenterDown",
                    "firing CBTGuardVerdictUnknown");
            after(
                    () -> story.vcenter.outage(null),
                    "resolved CBTGuardVCenterDown",
                    "resolved CBTGuardVerdictUnknown",
                    "firing CBTGuardDetectionSlow",
                    "resolved CBTGuardDetectionSlow");
        }

        private void operatorDown() throws IOException {
            after(bed::stopOperator, "firing CBTGuardOperatorAbsent");
            after(
                    () -> {
                        story.vcenter.expireHistory();
                        bed.startOperator();
                        prometheus.scrape(bed.port());
                    },
                    "resolved CBTGuardOperatorAbsent",
                    "firing CBTGuardEventHistoryLost",
                    "resolved CBTGuardEventHistoryLost");
        }

        private void backUpTwice(String name) {
            String vm = name.equals("db") ? "db" : "web";
            bed.backUp(story.vcenter, vm, web, name + "-1");
            bed.backUp(story.vcenter, vm, web, name + "-2");
        }

        /** Does this, and waits until the webhook was told of each of these since. */
        private void after(Happening happening, String... wanted) throws IOException {
            int before = alertmanager.notices().size();
            happening.happens();
            await(String.join(", ", wanted)).atMost(PATIENCE).untilAsserted(() -> assertThat(
                            alertmanager.notices().stream()
                                    .skip(before)
                                    .map(notice -> notice.status() + " " + notice.alert()))
                    .contains(wanted));
        }
    }

    private interface Happening {
        void happens() throws IOException;
    }
}
