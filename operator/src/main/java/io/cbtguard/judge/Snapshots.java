package io.cbtguard.judge;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.check.Scene;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.SeenSnapshot;
import io.cbtguard.judge.record.Sighting;
import io.cbtguard.judge.record.VmRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Remembers snapshots and their change IDs while they live, and the newest of those that are gone: a tool reports after it has
 * removed its snapshot. One that history tells of before it is in view, or of which only history tells, is remembered with its mint,
 * since the view in which it appears may come later than the revert that followed it.
 */
final class Snapshots {
    /** How many removed snapshots are remembered: of those minted last, and of those gone last, which may be others. */
    static final int GONE_KEPT = 4;
    /** How many while a run is open that may yet report one of them. */
    static final int REPORTABLE_KEPT = 16;

    private Snapshots() {}

    static VmRecord remember(VmRecord record, Facts facts, VirtualMachine vm) {
        Scene scene = new Scene(record, facts, vm);
        Map<String, SeenSnapshot> all = new LinkedHashMap<>();
        record.snapshots().forEach(s -> all.put(s.moRef(), s));
        for (Snapshot snapshot : vm.snapshots()) {
            SeenSnapshot known = all.get(snapshot.moRef());
            all.put(
                    snapshot.moRef(),
                    known == null || isAnother(known, snapshot)
                            ? seen(scene, snapshot)
                            : again(scene, known, snapshot));
        }
        for (Occurrence o : facts.occurrences()) {
            if (o.kind() == OccurrenceKind.SNAPSHOT_CREATED && !o.snapshot().isEmpty()) {
                SeenSnapshot known = all.get(o.snapshot());
                all.put(o.snapshot(), known == null ? announced(o, facts.through()) : narrowed(known, o));
            }
        }
        List<SeenSnapshot> kept = kept(
                record,
                all.values().stream()
                        .map(s -> vm.configRead()
                                        && s.goneAt() == null
                                        && !facts.through().isBefore(s.mint().to())
                                        && vm.snapshot(s.moRef()).isEmpty()
                                ? s.gone(facts.through())
                                : s)
                        .toList());
        return kept.equals(record.snapshots()) ? record : record.withSnapshots(kept);
    }

    /**
     * All that live, and of those that are gone the newest, so that history told again changes nothing. An old one that has just gone
     * counts as new: what happened since the last look happened while it lived.
     */
    private static List<SeenSnapshot> kept(VmRecord record, List<SeenSnapshot> all) {
        List<SeenSnapshot> gone = all.stream().filter(s -> s.goneAt() != null).toList();
        Optional<Position> open = earliestOpen(record);
        Set<SeenSnapshot> kept = new HashSet<>(last(gone.stream(), Snapshots::byMint, GONE_KEPT));
        kept.addAll(last(gone.stream().filter(SeenSnapshot::idsSeen), Snapshots::byEnd, GONE_KEPT));
        open.ifPresent(decided -> kept.addAll(
                last(gone.stream().filter(s -> !s.mint().to().isBefore(decided)), Snapshots::byMint, REPORTABLE_KEPT)));
        return all.stream().filter(s -> s.goneAt() == null || kept.contains(s)).toList();
    }

    private static List<SeenSnapshot> last(Stream<SeenSnapshot> some, Comparator<SeenSnapshot> order, int most) {
        return some.sorted(order.reversed()).limit(most).toList();
    }

    private static int byMint(SeenSnapshot a, SeenSnapshot b) {
        return Position.compare(a.mint().to(), b.mint().to());
    }

    /** Of those that went at once the oldest is the last: the newest ones are remembered anyway. */
    private static int byEnd(SeenSnapshot a, SeenSnapshot b) {
        int end = Position.compare(Objects.requireNonNull(a.goneAt()), Objects.requireNonNull(b.goneAt()));
        return end != 0 ? end : -byMint(a, b);
    }

    private static Optional<Position> earliestOpen(VmRecord record) {
        return record.runs().stream()
                .filter(Run::open)
                .flatMap(run -> Stream.ofNullable(run.decision()))
                .map(Decision::at)
                .reduce(Position::earlier);
    }

    /** A vCenter that was restored gives references again. */
    private static boolean isAnother(SeenSnapshot known, Snapshot snapshot) {
        return known.idsSeen()
                && (known.id() != snapshot.id() || !known.createTime().equals(snapshot.createTime()));
    }

    private static SeenSnapshot seen(Scene scene, Snapshot snapshot) {
        return new SeenSnapshot(
                snapshot.moRef(),
                snapshot.id(),
                snapshot.name(),
                snapshot.createTime(),
                Objects.requireNonNullElseGet(snapshot.appeared(), () -> unwatched(scene, snapshot)),
                false,
                scene.buildNow(),
                snapshot.disks(),
                null);
    }

    /** The mint of the first sight stays; the IDs are those that are read now, if they can be. */
    private static SeenSnapshot again(Scene scene, SeenSnapshot known, Snapshot snapshot) {
        return new SeenSnapshot(
                known.moRef(),
                snapshot.id(),
                snapshot.name(),
                snapshot.createTime(),
                known.mint(),
                known.fromTask(),
                known.build() == null ? scene.buildNow() : known.build(),
                snapshot.configRead() && !snapshot.disks().isEmpty() ? snapshot.disks() : known.disks(),
                null);
    }

    /** It was there when the watch began: created at some time since the record last saw the VM without it, or ever. */
    private static Interval unwatched(Scene scene, Snapshot snapshot) {
        Sighting before = scene.record().sighting();
        if (before != null && !before.snapshots().contains(snapshot.moRef())) {
            return scene.sinceLastSighting();
        }
        return new Interval(Position.ofTime(0, Instant.EPOCH), scene.facts().through());
    }

    /** A picture that is older than what history tells of says nothing of where the snapshot went. */
    private static SeenSnapshot announced(Occurrence created, Position picture) {
        Position gone = picture.isBefore(created.interval().to()) ? null : picture;
        return new SeenSnapshot(
                created.snapshot(), 0, "", Instant.EPOCH, created.interval(), true, null, List.of(), gone);
    }

    /** The task says when it was minted. If the view says otherwise, neither is proven. */
    private static SeenSnapshot narrowed(SeenSnapshot seen, Occurrence created) {
        if (seen.fromTask()) {
            return seen;
        }
        Interval mint = created.interval().overlaps(seen.mint())
                ? created.interval()
                : created.interval().union(seen.mint());
        return new SeenSnapshot(
                seen.moRef(),
                seen.id(),
                seen.name(),
                seen.createTime(),
                mint,
                true,
                seen.build(),
                seen.disks(),
                seen.goneAt());
    }
}
