package io.cbtguard.judge.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The line of backups of one tool and job for one VM. Another namespace's chain of the same name is another chain.
 *
 * @param namespaceUid uid of the namespace of its VMBackups
 * @param namespace name of that namespace, for display
 * @param name {@code VMBackup.spec.chain}
 * @param baselines at most one per disk
 * @param series oldest first; the last one is the current one
 * @param demands fulls that were asked for
 * @param tests the newest test restore that passed and the newest that failed, as far as there are such
 * @param lastRun vCenter's time of the last decision or report, null if none
 */
public record Chain(
        String namespaceUid,
        String namespace,
        String name,
        List<Baseline> baselines,
        List<Series> series,
        Folded folded,
        List<Demand> demands,
        List<RestoreTest> tests,
        @Nullable Instant lastRun) {
    public Chain {
        baselines = List.copyOf(baselines);
        series = List.copyOf(series);
        demands = List.copyOf(demands);
        tests = List.copyOf(tests);
    }

    public static Chain empty(String namespaceUid, String namespace, String name) {
        return new Chain(namespaceUid, namespace, name, List.of(), List.of(), Folded.NONE, List.of(), List.of(), null);
    }

    public boolean is(String otherNamespaceUid, String otherName) {
        return namespaceUid.equals(otherNamespaceUid) && name.equals(otherName);
    }

    public Optional<Baseline> baseline(String disk) {
        return baselines.stream().filter(b -> b.disk().equals(disk)).findFirst();
    }

    /** All points in history, oldest first. */
    public List<Point> points() {
        return series.stream().flatMap(s -> s.points().stream()).toList();
    }

    public Optional<Point> point(String run) {
        return points().stream().filter(p -> p.run().equals(run)).findFirst();
    }

    public Chain withBaselines(List<Baseline> changed) {
        return new Chain(namespaceUid, namespace, name, changed, series, folded, demands, tests, lastRun);
    }

    public Chain withSeries(List<Series> changed, Folded nowFolded) {
        return new Chain(namespaceUid, namespace, name, baselines, changed, nowFolded, demands, tests, lastRun);
    }

    public Chain withDemands(List<Demand> changed) {
        return new Chain(namespaceUid, namespace, name, baselines, series, folded, changed, tests, lastRun);
    }

    public Chain withTests(List<RestoreTest> changed) {
        return new Chain(namespaceUid, namespace, name, baselines, series, folded, demands, changed, lastRun);
    }

    public Chain ranAt(Instant time) {
        return new Chain(namespaceUid, namespace, name, baselines, series, folded, demands, tests, time);
    }

    /** Replaces the baseline of the same disk, or adds it. */
    public Chain withBaseline(Baseline baseline) {
        List<Baseline> changed = new ArrayList<>(baselines);
        changed.removeIf(b -> b.disk().equals(baseline.disk()));
        changed.add(baseline);
        return withBaselines(changed);
    }
}
