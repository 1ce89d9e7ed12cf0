package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cbtguard.chart.Tool;
import io.cbtguard.metrics.Meters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a short story every metric of the contract is there as promised, and says what happened. */
@Tag("cluster")
class MetricsIT {
    private static final MeasuredStory STORY = new MeasuredStory();
    private static final String LAB = STORY.lab;

    /** Exit code of promtool for what can be read and might be better. */
    private static final int LINT = 3;

    @TempDir
    Path folder = Path.of("");

    @BeforeAll
    static void tell() {
        STORY.tell();
    }

    @AfterAll
    static void remove() {
        STORY.close();
    }

    private static Scraped scraped() {
        return Scraped.of(STORY.bed.port());
    }

    @Test
    void everyMetricOfTheContractIsThereWithItsTypeAndItsLabels() {
        await().atMost(GuardBed.PATIENCE)
                .untilAsserted(() -> assertThat(Meters.values()).allSatisfy(meter -> {
                    Scraped scraped = scraped();
                    assertThat(scraped.types())
                            .containsEntry(meter.exported(), meter.type().word());
                    var samples = scraped.samples(
                            meter.exported() + (meter.type() == Meters.Type.HISTOGRAM ? "_bucket" : ""));
                    Set<String> labels = new TreeSet<>(meter.labels());
                    if (meter.type() == Meters.Type.HISTOGRAM) {
                        labels.add("le");
                    }
                    assertThat(samples).as(meter.exported()).isNotEmpty();
                    assertThat(samples).as(meter.exported()).allSatisfy(sample -> assertThat(
                                    sample.labels().keySet())
                            .isEqualTo(labels));
                }));
    }

    @Test
    void noOtherMetricIsCalledOurs() {
        Set<String> promised = new TreeSet<>();
        for (Meters meter : Meters.values()) {
            promised.add(meter.exported());
            if (meter.type() == Meters.Type.HISTOGRAM) {
                promised.add(meter.exported() + "_max");
            }
        }

        assertThat(scraped().types().keySet())
                .filteredOn(name -> name.startsWith("cbtguard_"))
                .isSubsetOf(promised);
    }

    @Test
    void theStoryCanBeReadFromThem() {
        Scraped scraped = scraped();

        assertThat(scraped.values("cbtguard_findings_total", "vcenter", LAB, "reason", "SnapshotReverted"))
                .containsExactly(1.0);
        assertThat(scraped.values("cbtguard_decisions_total", "vcenter", LAB, "type", "Full", "reason", "NoBaseline"))
                .containsExactly(1.0);
        assertThat(scraped.values("cbtguard_decisions_total", "vcenter", LAB, "type", "Incremental"))
                .containsExactly(1.0);
        assertThat(scraped.values("cbtguard_decision_seconds_count", "vcenter", LAB))
                .containsExactly(2.0);
        assertThat(scraped.values("cbtguard_commits_total", "vcenter", LAB, "outcome", "Committed"))
                .containsExactly(2.0);
        assertThat(scraped.values("cbtguard_vm_suspect_restore_points", "vm_name", "web"))
                .containsExactly(1.0);
        assertThat(scraped.values("cbtguard_vm_last_good_timestamp_seconds", "vm_name", "web"))
                .allSatisfy(time -> assertThat(time).isGreaterThan(1.7e9));
        assertThat(scraped.values("cbtguard_vm_last_good_timestamp_seconds", "vm_name", "nobody"))
                .containsExactly(0.0);
        assertThat(scraped.values("cbtguard_restore_test_timestamp_seconds", "vm_name", "web"))
                .hasSize(1)
                .allSatisfy(time -> assertThat(time).isGreaterThan(1.7e9));
        assertThat(scraped.values("cbtguard_full_wave_waiting", "vcenter", LAB)).containsExactly(0.0);
        assertThat(scraped.values("cbtguard_full_wave_running", "vcenter", LAB)).containsExactly(0.0);
        assertThat(scraped.values("cbtguard_vm_unknown", "vm_name", "nobody", "reason", "VMNotFound"))
                .containsExactly(1.0);
        assertThat(scraped.values(
                        "cbtguard_host_affected", "host", "esx-1", "build", "3029758", "advisory", STORY.advisory))
                .containsExactly(1.0);
        await().atMost(GuardBed.PATIENCE).until(() -> scraped()
                .values("cbtguard_records_blocked", "vcenter", LAB, "reason", "RecordTooNew")
                .equals(List.of(1.0)));
        assertThat(scraped.values("cbtguard_vcenter_up", "vcenter", LAB)).containsExactly(1.0);
        assertThat(scraped.values("cbtguard_vcenter_lag_seconds", "vcenter", LAB))
                .hasSize(2)
                .allSatisfy(lag -> assertThat(lag).isBetween(0.0, 5.0));
    }

    /** Of the meters of the JVM and of the SDK some have no help text; that is their libraries' business. */
    @Test
    void promtoolReadsThemAllAndFindsNothingWrongWithOurs() throws IOException {
        Tool.skipWithout("promtool");
        Path file = folder.resolve("metrics.txt");
        Files.writeString(file, scraped().text());

        Tool.Result result = Tool.run(List.of("sh", "-c", "promtool check metrics < " + file));

        assertThat(result.exit()).as(result.output()).isIn(0, LINT);
        assertThat(result.output().lines())
                .allSatisfy(line -> assertThat(line).matches("(operator_sdk|jvm|process|system)_\\w+ .*"));
    }
}
