package io.cbtguard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.CheckedIn;
import io.cbtguard.testkit.process.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Guards the checked-in page of metrics, and the contract of the design, against the code; with {@code -Dmetrics.write=true} it writes the page. */
class MetricsPageTest {
    private static final String WRITE = "metrics.write";
    static final String REGENERATE = CheckedIn.command(MetricsPageTest.class, WRITE);

    private static final Pattern ROW = Pattern.compile("^\\| (`cbtguard_[^|]*) \\| (\\w+) \\| ([^|]+) \\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    @Test
    void theCheckedInPageIsWhatTheCodeSays() throws IOException {
        CheckedIn.is("docs/metrics.md", MetricsPage.text(), MetricsPageTest.class, WRITE);
    }

    @Test
    void namesTypesAndLabelsAreThoseOfTheContract() throws IOException {
        List<String> exported = Arrays.stream(Meters.values())
                .map(m -> m.exported() + " " + m.type().word() + " " + m.labels())
                .toList();

        assertThat(exported).containsExactlyInAnyOrderElementsOf(contract());
    }

    private static List<String> contract() throws IOException {
        List<String> rows = new ArrayList<>();
        String labels = "";
        for (String line : Files.readAllLines(Checkout.root().resolve("docs/design/observability.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.find()) {
                labels = row.group(3).equals("the same") ? labels : row.group(3);
                for (Matcher name = NAME.matcher(row.group(1)); name.find(); ) {
                    rows.add(name.group(1) + " " + row.group(2) + " [" + labels + "]");
                }
            }
        }
        return rows;
    }
}
