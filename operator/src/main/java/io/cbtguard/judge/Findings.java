package io.cbtguard.judge;

import io.cbtguard.inventory.Interval;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.SeenSnapshot;
import io.cbtguard.judge.record.Sighting;
import io.cbtguard.judge.record.VmRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** The same id or source, or a revert that was first known by its result only and is now told of by history. */
    private static int indexOfSame(List<Finding> known, Finding cause) {
        return first(known, f -> f.id().equals(cause.id()))
                .or(() -> first(known, f -> sameSource(f, cause)))
                .or(() -> first(known, f -> explains(cause, f)))
                .orElse(-1);
    }

    private static Optional<Integer> first(List<Finding> known, Predicate<Finding> same) {
        return IntStream.range(0, known.size())
                .filter(i -> same.test(known.get(i)))
                .boxed()
                .findFirst();
    }

    private static boolean sameSource(Finding known, Finding cause) {
        Evidence a = known.evidence();
        Evidence b = cause.evidence();
        boolean sameTask = !a.taskKey().isEmpty() && a.taskKey().equals(b.taskKey());
        boolean sameEvent = a.eventKey() != 0 && a.eventKey() == b.eventKey() && Objects.equals(a.time(), b.time());
        return known.reason() == cause.reason() && known.id().endsWith(BY_STATE) && (sameTask || sameEvent);
    }

    /** A result is explained once: another revert in its interval is a cause of its own. */
    private static boolean explains(Finding cause, Finding known) {
        return known.reason() == cause.reason()
                && known.id().endsWith(BY_STATE)
                && worth(known.evidence()) == 0
                && known.at().overlaps(cause.at());
    }

    /** The better evidence stays; the interval never shrinks, since what it killed stays dead. */
    private static Finding better(Finding known, Finding cause) {
        Interval at = known.at().union(cause.at());
        return worth(cause.evidence()) > worth(known.evidence())
                ? known.with(at, cause.evidence(), cause.message())
                : known.with(at, known.evidence(), known.message());
    }

    private static int worth(Evidence evidence) {
        return evidence.eventKey() != 0 ? 2 : evidence.taskKey().isEmpty() ? 0 : 1;
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
        List<Interval> live = baselines(record).toList();
        List<Finding> kept = record.findings().stream()
                .filter(f -> holding.contains(f.id())
                        || Kills.isOpenEnded(f, record.trackedSince())
                        || mayConcernTheUnseen(record.sighting(), f)
                        || isOfPoints(record, f)
                        || reach.stream().anyMatch(r -> !f.at().isBefore(r)))
                .filter(f -> isOfPoints(record, f)
                        || holding.contains(f.id())
                        || live.stream().anyMatch(r -> !f.at().isBefore(r))
                        || record.findings().stream().noneMatch(other -> outdoes(other, f)))
                .toList();
        return kept.size() == record.findings().size() ? record : record.withFindings(kept);
    }

    /** A bulletin that comes later may name a resize: it stands while a point, or what became of points, reaches back to it. */
    private static boolean isOfPoints(VmRecord record, Finding finding) {
        return finding.reason() == Reason.DiskResized
                && record.chains().stream()
                        .anyMatch(chain -> chain.points().stream()
                                        .flatMap(point -> point.disks().stream())
                                        .filter(disk ->
                                                disk.read() == ReadMethod.Changed && finding.concerns(disk.disk()))
                                        .flatMap(disk -> Stream.ofNullable(disk.baseMint()))
                                        .anyMatch(base -> !finding.at().isBefore(base))
                                || chain.folded().across().stream()
                                        .anyMatch(across -> !finding.at().isBefore(across)));
    }

    /** Of a VM that is out of sight, or was not seen since then, nobody knows what it has: the next sight is judged by it. */
    private static boolean mayConcernTheUnseen(@Nullable Sighting last, Finding finding) {
        return last == null
                || last.lostSince() != null
                || (finding.reason() == Reason.EventGap && !finding.at().isBefore(Interval.at(last.at())));
    }

    /** What only reports to come may reach back before needs no more than the newest finding of a kind: it kills the same. */
    private static boolean outdoes(Finding other, Finding finding) {
        return other.reason() == finding.reason()
                && other.disks().equals(finding.disks())
                && other.sparesEpoch() == null
                && finding.at().isBefore(other.at());
    }

    private static Stream<Interval> baselines(VmRecord record) {
        return record.chains().stream()
                .map(Chain::baselines)
                .flatMap(List::stream)
                .filter(Baseline::alive)
                .map(Baseline::mint);
    }

    private static List<Interval> reach(VmRecord record) {
        Stream<Interval> snapshots = record.snapshots().stream().map(SeenSnapshot::mint);
        Stream<Interval> runs = record.runs().stream()
                .filter(Run::open)
                .flatMap(run -> Stream.ofNullable(run.decision()))
                .map(Decision::at)
                .map(Interval::at);
        return Stream.of(baselines(record), snapshots, runs).flatMap(s -> s).toList();
    }
}
