package io.cbtguard.judge;

import io.cbtguard.inventory.Interval;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.SeenSnapshot;
import io.cbtguard.judge.record.VmRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adds findings to a record, once each, and forgets those that can no longer touch anything. */
final class Findings {
    private static final String BY_STATE = "/state";

    private Findings() {}

    static List<Finding> merge(List<Finding> known, List<Finding> causes) {
        List<Finding> merged = new ArrayList<>(known);
        for (Finding cause : causes) {
            int same = indexOfSame(merged, cause);
            if (same < 0) {
                merged.add(cause);
            } else {
                merged.set(same, better(merged.get(same), cause));
            }
        }
        return merged;
    }

    /** The same id, or a revert that was first known by its result only and is now told of by history. */
    private static int indexOfSame(List<Finding> known, Finding cause) {
        for (int i = 0; i < known.size(); i++) {
            Finding finding = known.get(i);
            boolean sameCause = finding.id().equals(cause.id());
            boolean explains = finding.reason() == cause.reason()
                    && finding.id().endsWith(BY_STATE)
                    && finding.at().overlaps(cause.at());
            if (sameCause || explains) {
                return i;
            }
        }
        return -1;
    }

    /** Evidence with an event is better than without; the interval never shrinks, since what it killed stays dead. */
    private static Finding better(Finding known, Finding cause) {
        if (known.evidence().eventKey() != 0 || cause.evidence().eventKey() == 0) {
            return known;
        }
        return known.with(known.at().union(cause.at()), cause.evidence(), cause.message());
    }

    /**
     * Keeps a finding while a dead baseline rests on it, or while something reaches back before it that it may still kill: a
     * baseline, an open run, or a snapshot that a report may yet name.
     */
    static VmRecord prune(VmRecord record) {
        List<Interval> reach = reach(record);
        Set<String> holding = record.chains().stream()
                .flatMap(chain -> chain.baselines().stream())
                .flatMap(b ->
                        b.dead() == null ? Stream.empty() : Stream.of(b.dead().finding()))
                .collect(Collectors.toSet());
        List<Finding> kept = record.findings().stream()
                .filter(f -> holding.contains(f.id()) || reach.stream().anyMatch(r -> !f.at().isBefore(r)))
                .toList();
        return kept.size() == record.findings().size() ? record : record.withFindings(kept);
    }

    private static List<Interval> reach(VmRecord record) {
        Stream<Interval> baselines = record.chains().stream()
                .map(Chain::baselines)
                .flatMap(List::stream)
                .filter(Baseline::alive)
                .map(Baseline::mint);
        Stream<Interval> snapshots = record.snapshots().stream().map(SeenSnapshot::mint);
        Stream<Interval> runs = record.runs().stream()
                .filter(Run::open)
                .flatMap(run -> Stream.ofNullable(run.decision()))
                .map(Decision::at)
                .map(Interval::at);
        return Stream.of(baselines, snapshots, runs).flatMap(s -> s).toList();
    }
}
