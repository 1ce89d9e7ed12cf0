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
        out.printf("%nrestore points at the end of the histories%n");
        out.printf("  %-12s %14s %14s%n", "trust", "as the disk", "not as it");
        for (String trust : new String[] {"Good", "Unknown", "Suspect"}) {
            out.printf(
                    Locale.ROOT,
                    "  %-12s %,14d %,14d%n",
                    trust,
                    tally.of("point " + trust + " faithful"),
                    tally.of("point " + trust + " wrong"));
        }
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

    private void compare(PrintWriter out) {
        out.printf("%nthe same snapshots, decided by%n");
        out.printf("  %-16s %12s %12s %14s%n", "", "fulls", "incrementals", "wrong points");
        row(out, "always full", tally.of("always full"), 0, 0);
        row(out, "UUID compare", tally.of("uuid full"), tally.of("uuid incremental"), tally.of("uuid unsound"));
        row(out, "oracle", tally.of("oracle full"), tally.of("oracle incremental"), 0);
        row(out, "CBT Guard", tally.of("guard full"), tally.of("guard incremental"), tally.of("point Good wrong"));
    }

    private static void row(PrintWriter out, String name, long fulls, long incrementals, long wrong) {
        out.printf(Locale.ROOT, "  %-16s %,12d %,12d %,14d%n", name, fulls, incrementals, wrong);
    }

    private void section(PrintWriter out, String title, String prefix) {
        out.printf("%n%s%n", title);
        for (Map.Entry<String, Long> count : tally.under(prefix).entrySet()) {
            out.printf(Locale.ROOT, "  %-44s %,12d%n", count.getKey(), count.getValue());
        }
    }
}
