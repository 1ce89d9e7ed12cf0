package io.cbtguard.judge;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.Verdict.ChainVerdict;
import io.cbtguard.judge.Verdict.DiskVerdict;
import io.cbtguard.judge.Verdict.Next;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Dead;
import io.cbtguard.judge.record.Demand;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.RestoreTest;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a verdict off the record: per chain and disk, for the VM, and the conditions that rest on it. */
final class Assessing {
    static final String DEFAULT_CHAIN = "default";

    /** A chain counts as active for at least this long after its last run. */
    private static final Duration ACTIVE_AT_LEAST = Duration.ofDays(7);

    private Assessing() {}

    static Verdict assess(VmRecord record, Facts facts, Protection protection) {
        List<Disk> disks = disks(record, facts);
        List<Chain> active = active(record, facts.now(), protection);
        List<ChainVerdict> chains = active.stream()
                .map(chain -> chain(record, chain, disks, facts, protection))
                .toList();
        Next next =
                chains.stream().map(ChainVerdict::next).reduce(Assessing::worse).orElseThrow();
        List<Point> points = active.stream().flatMap(c -> c.points().stream()).toList();
        List<Point> all = record.chainsOf(protection.namespaceUid())
                .flatMap(c -> c.points().stream())
                .toList();
        Instant lastGood = newest(all, Trust.Good);
        Conditions conditions = new Conditions(record, facts, protection, disks, chains, next, points, lastGood);
        return new Verdict(
                chains,
                next,
                conditions.cbtEnabled(),
                conditions.baselineValid(),
                conditions.forceFull(),
                conditions.atRisk(),
                open(record, protection, chains),
                lastGood,
                RestoreTests.passed(record, protection).map(RestoreTest::at).orElse(null),
                suspect(all),
                conditions.nextLook());
    }

    static List<Disk> disks(VmRecord record, Facts facts) {
        VirtualMachine vm = facts.vm();
        if (vm != null && vm.configRead()) {
            return vm.disks();
        }
        return record.sighting() == null ? List.of() : record.sighting().disks();
    }

    /** Chains of this namespace that ran lately; {@code default} if none did. */
    static List<Chain> active(VmRecord record, Instant now, Protection protection) {
        Duration window =
                protection.rpo() == null ? ACTIVE_AT_LEAST : protection.rpo().multipliedBy(4);
        Duration since = window.compareTo(ACTIVE_AT_LEAST) < 0 ? ACTIVE_AT_LEAST : window;
        List<Chain> active = record.chainsOf(protection.namespaceUid())
                .filter(c -> c.lastRun() != null && c.lastRun().plus(since).isAfter(now))
                .sorted(Comparator.comparing(Chain::name))
                .toList();
        return active.isEmpty() ? List.of(chainOrEmpty(record, protection, DEFAULT_CHAIN)) : active;
    }

    static Chain chainOrEmpty(VmRecord record, Protection protection, String name) {
        return record.chain(protection.namespaceUid(), name)
                .orElseGet(() -> Chain.empty(protection.namespaceUid(), protection.namespace(), name));
    }

    static ChainVerdict chain(VmRecord record, Chain chain, List<Disk> disks, Facts facts, Protection protection) {
        List<DiskVerdict> verdicts = disks.stream()
                .map(disk -> DiskAssessing.disk(record, chain, disk, facts, protection))
                .toList();
        List<Point> points = chain.points();
        Instant lastFull = points.stream()
                .filter(p -> p.type() == BackupType.Full)
                .map(Point::at)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new ChainVerdict(
                chain.name(),
                next(record, chain, verdicts, facts, protection),
                lastFull,
                newest(points, Trust.Good),
                verdicts);
    }

    private static Next next(
            VmRecord record, Chain chain, List<DiskVerdict> disks, Facts facts, Protection protection) {
        List<DiskVerdict> invalid = in(disks, Verdict.State.Invalid);
        if (!invalid.isEmpty()) {
            DiskVerdict first = newestCause(invalid);
            return new Next(BackupType.Full, first.reason(), first.message(), deadSince(first));
        }
        if (chain.demands().stream().anyMatch(d -> !d.met())) {
            var demand =
                    chain.demands().stream().filter(d -> !d.met()).findFirst().orElseThrow();
            return new Next(
                    BackupType.Full,
                    demand.reason(),
                    demand.message(),
                    demand.at().time());
        }
        List<DiskVerdict> unknown = in(disks, Verdict.State.Unknown);
        if (!unknown.isEmpty()) {
            return new Next(
                    BackupType.Unknown,
                    unknown.getFirst().reason(),
                    unknown.getFirst().message(),
                    null);
        }
        if (disks.isEmpty() && record.sighting() == null) {
            Reason why = facts.fresh() ? Reason.CatchingUp : Reason.VCenterUnreachable;
            return new Next(BackupType.Unknown, why, "The VM has not been seen yet.", null);
        }
        if (in(disks, Verdict.State.Valid).isEmpty()) {
            return new Next(
                    BackupType.Full,
                    Reason.DiskNotTrackable,
                    "No disk of the VM can be tracked, so every backup has to be a full one.",
                    null);
        }
        Optional<Point> suspect = suspectBase(chain, disks);
        if (suspect.isPresent()) {
            return new Next(
                    BackupType.Full,
                    Reason.NewestRestorePointSuspect,
                    "Restore point " + suspect.get().run() + ", which an incremental would build on, is Suspect ("
                            + suspect.get().reason() + ").",
                    suspect.get().at());
        }
        Optional<Next> due = FullDue.of(chain, facts.now(), protection.fullDue());
        if (due.isPresent()) {
            return due.get();
        }
        return new Next(BackupType.Incremental, Reason.Current, "Every tracked disk has a valid baseline.", null);
    }

    /** Whether all that speaks against an incremental is that some disks, but not all, have no valid baseline. */
    static boolean onlySomeDisks(Chain chain, ChainVerdict verdict, Facts facts, Protection protection) {
        List<DiskVerdict> disks = verdict.disks();
        return !in(disks, Verdict.State.Invalid).isEmpty()
                && !in(disks, Verdict.State.Valid).isEmpty()
                && in(disks, Verdict.State.Unknown).isEmpty()
                && chain.demands().stream().allMatch(Demand::met)
                && suspectBase(chain, disks).isEmpty()
                && FullDue.of(chain, facts.now(), protection.fullDue()).isEmpty();
    }

    private static Optional<Point> suspectBase(Chain chain, List<DiskVerdict> disks) {
        return disks.stream()
                .filter(d -> d.state() == Verdict.State.Valid)
                .flatMap(d -> Optional.ofNullable(d.baseline()).stream())
                .flatMap(b -> chain.point(b.run()).stream())
                .filter(p -> p.trust() == Trust.Suspect)
                .findFirst();
    }

    private static List<DiskVerdict> in(List<DiskVerdict> disks, Verdict.State state) {
        return disks.stream().filter(d -> d.state() == state).toList();
    }

    /** The newest killing finding names the condition; ties by table order; a missing baseline only if nothing was killed. */
    private static DiskVerdict newestCause(List<DiskVerdict> invalid) {
        return invalid.stream()
                .max(Comparator.comparing((DiskVerdict d) -> Objects.requireNonNullElse(
                                deadSince(d), d.reason() == Reason.NoBaseline ? Instant.MIN : Instant.EPOCH))
                        .thenComparing(Comparator.comparing(DiskVerdict::reason).reversed()))
                .orElseThrow();
    }

    private static @Nullable Instant deadSince(DiskVerdict disk) {
        Dead dead = disk.baseline() == null ? null : disk.baseline().dead();
        return dead == null ? null : dead.at().time();
    }

    private static Next worse(Next a, Next b) {
        return rank(b) > rank(a) ? b : a;
    }

    private static int rank(Next next) {
        return switch (next.type()) {
            case Full -> 2;
            case Unknown -> 1;
            default -> 0;
        };
    }

    static @Nullable Instant newest(List<Point> points, Trust trust) {
        return points.stream()
                .filter(p -> p.trust() == trust)
                .map(Point::at)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static int suspect(List<Point> points) {
        return (int) points.stream().filter(p -> p.trust() == Trust.Suspect).count();
    }

    /**
     * Findings that a dead baseline of this namespace rests on, that only a reset ends, or that a disk's verdict names; newest first.
     */
    private static List<String> open(VmRecord record, Protection protection, List<ChainVerdict> chains) {
        List<DiskVerdict> invalid = chains.stream()
                .flatMap(c -> c.disks().stream())
                .filter(d -> d.state() == Verdict.State.Invalid)
                .toList();
        Set<String> holding = record.chainsOf(protection.namespaceUid())
                .flatMap(c -> c.baselines().stream())
                .flatMap(b ->
                        b.dead() == null ? Stream.empty() : Stream.of(b.dead().finding()))
                .collect(Collectors.toSet());
        List<String> open = new ArrayList<>(record.findings().stream()
                .filter(f -> holding.contains(f.id())
                        || Kills.isOpenEnded(f, record.trackedSince())
                        || invalid.stream().anyMatch(d -> d.reason() == f.reason() && f.concerns(d.id())))
                .sorted(Comparator.comparing((Finding f) -> f.at().to().time()).reversed())
                .map(Finding::id)
                .toList());
        return List.copyOf(open);
    }
}
