package io.cbtguard;

import io.cbtguard.AuditedWrites.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/** The figures of a run, for people. */
final class LeaderTable {
    private final LeaderBench bench;
    private final Succession succession;

    LeaderTable(LeaderBench bench) {
        this.bench = bench;
        this.succession = bench.succession();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("a lease of %d s, %d VMs, %d leaders one after the other, %d of them ended unasked"
                .formatted(
                        LeaderBench.LEASE.toSeconds(),
                        LeaderBench.VMS,
                        succession.leaders().size(),
                        bench.endedUnasked()));
        lines.add("%-52s %5s %9s %9s".formatted("", "times", "median", "maximum"));
        for (Disturbance kind : Disturbance.values()) {
            lines.add(row(kind, kind + " until the next leader's first write", d -> between(d.at(), next(d))));
            lines.add(row(kind, "  of this after the expiry of the lease", d -> between(d.expiry(), next(d))));
        }
        lines.add(row(
                Disturbance.FREEZE,
                "going on after a freeze until its process ended",
                d -> between(Objects.requireNonNull(d.wentOn()), d.ended())));
        List<Write> late = succession.late();
        List<Write> taken = late.stream().filter(Write::isAccepted).toList();
        lines.add(count("writes taken in all", succession.taken()));
        lines.add(count("writes of former leaders after the next one's first", late.size()));
        lines.add(count("  of these taken", taken.size()));
        lines.add(count(
                "  of these on an object that a later leader wrote",
                succession.overwritten().size()));
        taken.forEach(write -> lines.add("late by " + succession.lateness(write).toMillis() + " ms: " + write));
        return lines;
    }

    private static String count(String what, int count) {
        return "%-52s %5d".formatted(what, count);
    }

    private Instant next(Disturbance.Done done) {
        return succession.firstWriteAfter(done.at());
    }

    private static Duration between(Instant from, Instant to) {
        return Duration.between(from, to);
    }

    private String row(Disturbance kind, String what, Function<Disturbance.Done, Duration> time) {
        List<Double> seconds = bench.done().stream()
                .filter(done -> done.kind() == kind)
                .map(time)
                .map(duration -> duration.toMillis() / 1000.0)
                .sorted()
                .toList();
        return seconds.isEmpty()
                ? count(what, 0)
                : String.format(
                        Locale.ROOT,
                        "%s %7.2f s %7.2f s",
                        count(what, seconds.size()),
                        (seconds.get((seconds.size() - 1) / 2) + seconds.get(seconds.size() / 2)) / 2,
                        seconds.getLast());
    }
}
