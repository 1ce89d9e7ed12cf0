package io.cbtguard.chart;

import io.cbtguard.testkit.process.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What docs/design/observability.md promises: the names that alerts and dashboards may rest on. */
public final class Contract {
    private static final Pattern METRIC = Pattern.compile("\\bcbtguard_[a-z_]+");
    private static final Pattern ALERT = Pattern.compile("\\bCBTGuard[A-Z][A-Za-z]+");

    private Contract() {}

    /** Names of the meters. */
    static Set<String> metrics() {
        return found(METRIC, text());
    }

    public static Set<String> alerts() {
        return found(ALERT, text());
    }

    /** The meters that a query asks for: without what Prometheus adds to the name of a histogram. */
    static Set<String> metricsOf(String query) {
        Set<String> meters = new TreeSet<>();
        found(METRIC, query).forEach(name -> meters.add(name.replaceFirst("_seconds_(bucket|count|sum)$", "_seconds")));
        return meters;
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        pattern.matcher(text).results().forEach(match -> names.add(match.group()));
        return names;
    }

    private static String text() {
        try {
            return Files.readString(Checkout.root().resolve("docs/design/observability.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
