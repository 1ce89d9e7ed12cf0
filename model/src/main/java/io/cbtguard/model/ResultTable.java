package io.cbtguard.model;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Prints what became of the histories. */
final class ResultTable {
    private final Soundness.Result result;
    private final Tally tally;

    ResultTable(Soundness.Result result) {
        this.result = result;
        this.tally = result.tally();
    }

    void print(PrintWriter out, Duration took, int steps) {
        out.printf(
                Locale.ROOT,
                "%,d histories of %d steps in %.1f s: %,d failed%n",
                result.histories(),
                steps,
                took.toMillis() / 1000.0,
                result.failed());
        section(out, "histories", "histories ");
        section(out, "failed", "failed ");
        points(out, "strict");
        points(out, "lenient");
        compare(out);
        section(out, "steps", "step ");
        section(out, "reverts", "revert, ");
        section(out, "reverts told by", "revert told by ");
        section(out, "tools", "tool ");
        section(out, "races", "race: ");
        section(out, "decisions", "decision ");
        section(out, "waited for", "waiting ");
        section(out, "outcomes", "outcome ");
        section(out, "reasons of points", "point reason ");
    }

    private void points(PrintWriter out, String policy) {
        out.printf("%nrestore points at the end of the histories under %s policies%n", policy);
        out.printf("  %-12s %14s %14s%n", "trust", "as the disk", "not as it");
        for (String trust : new String[] {"Good", "Unknown", "Suspect"}) {
            String prefix = "point " + policy + " " + trust;
            out.printf(
                    Locale.ROOT,
                    "  %-12s %,14d %,14d%n",
                    trust,
                    tally.of(prefix + " faithful"),
                    tally.of(prefix + " wrong"));
        }
    }

    private void compare(PrintWriter out) {
        long runs = tally.of("waste runs");
        out.printf(
                Locale.ROOT,
                "%nfulls of the same %,d runs of obedient tools that leave the choice, under strict policies%n",
                runs);
        out.printf(
                "  %-24s %12s %12s %14s %12s %14s%n",
                "", "fulls", "to oracle's", "not the first", "to oracle's", "unsound");
        row(out, "always full", runs, 0);
        row(out, "UUID compare", tally.of("waste uuid full"), tally.of("waste uuid unsound"));
        row(out, "oracle", tally.of("waste oracle full"), 0);
        row(out, "CBT Guard", tally.of("waste guard full"), tally.of("failed UNSOUND_POINT, strict"));
        out.printf(
                Locale.ROOT,
                "  incrementals of CBT Guard where the oracle says full: %,d%n",
                tally.of("waste guard incremental, not by oracle"));
        section(out, "fulls of CBT Guard by reason, and whether the oracle says full, too", "waste reason ");
    }

    /** The first full of a chain is nobody's waste. */
    private void row(PrintWriter out, String name, long fulls, long unsound) {
        long first = tally.of("waste first");
        double oracle = Math.max(1, tally.of("waste oracle full"));
        out.printf(
                Locale.ROOT,
                "  %-24s %,12d %12.2f %,14d %12.2f %,14d%n",
                name,
                fulls,
                fulls / oracle,
                fulls - first,
                (fulls - first) / Math.max(1, oracle - first),
                unsound);
    }

    private void section(PrintWriter out, String title, String prefix) {
        out.printf("%n%s%n", title);
        for (Map.Entry<String, Long> count : tally.under(prefix).entrySet()) {
            out.printf(Locale.ROOT, "  %-44s %,12d%n", count.getKey(), count.getValue());
        }
    }
}
