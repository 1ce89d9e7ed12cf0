package io.cbtguard.judge;

import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Demand;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Series;
import io.cbtguard.judge.record.VmRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Keeps a record as small as its store demands: how many chains there may be, and what gives way first. */
final class Limits {
    /** Chains of one namespace for one VM: tools and jobs are few, and a name made up for each run is a mistake. */
    static final int CHAINS = 32;

    private static final String TOO_LARGE = "too-large";

    private Limits() {}

    static boolean mayUse(VmRecord record, String namespaceUid, String chain) {
        return record.chain(namespaceUid, chain).isPresent()
                || record.chainsOf(namespaceUid).count() < CHAINS;
    }

    static String tooManyChains(String chain) {
        return "Chain " + chain + " would be one more than the " + CHAINS
                + " that a VM may have; use the name of a chain that is there (spec.chain is one name for each tool and job,"
                + " not for each run).";
    }

    /** One step smaller; the same instance if nothing may give way. */
    static VmRecord fold(VmRecord record) {
        return oldest(record).map(old -> fold(record, old)).orElseGet(() -> asksForFull(record));
    }

    private record Old(Chain chain, int series, Instant at) {}

    private static Optional<Old> oldest(VmRecord record) {
        return record.chains().stream().flatMap(Limits::finished).min(Comparator.comparing(Old::at));
    }

    private static Stream<Old> finished(Chain chain) {
        return IntStream.range(0, chain.series().size() - 1)
                .filter(i -> !History.isBuiltOn(chain, chain.series().get(i)))
                .mapToObj(i -> new Old(chain, i, last(chain.series().get(i))));
    }

    private static Instant last(Series series) {
        return series.points().stream()
                .map(Point::at)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static VmRecord fold(VmRecord record, Old old) {
        List<Series> series = new ArrayList<>(old.chain().series());
        Series folded = series.remove(old.series());
        return record.withChain(
                old.chain().withSeries(series, History.fold(old.chain().folded(), folded)));
    }

    /** Only a full ends a series; until then the longest one goes on. */
    private static VmRecord asksForFull(VmRecord record) {
        return record.chains().stream()
                .filter(chain -> length(chain) > 1)
                .max(Comparator.comparing(Limits::length))
                .filter(chain -> chain.demands().stream().allMatch(Demand::met))
                .map(chain -> record.withChain(asked(chain, record)))
                .orElse(record);
    }

    private static int length(Chain chain) {
        return chain.series().isEmpty() ? 0 : chain.series().getLast().points().size();
    }

    private static Chain asked(Chain chain, VmRecord record) {
        List<Demand> demands = new ArrayList<>(chain.demands().stream()
                .filter(demand -> !demand.token().equals(TOO_LARGE))
                .toList());
        demands.add(new Demand(
                Reason.PolicyFullDue,
                record.evidenceThrough(),
                TOO_LARGE,
                "So many incrementals follow the last full that the record of this VM is full; a full begins a new series.",
                false));
        return chain.withDemands(demands);
    }
}
