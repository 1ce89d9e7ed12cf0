package io.cbtguard.judge;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.check.Scene;
import io.cbtguard.judge.record.SeenSnapshot;
import io.cbtguard.judge.record.Sighting;
import io.cbtguard.judge.record.VmRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Remembers snapshots and their change IDs while they live, and the newest of those that are gone: a tool reports after it has
 * removed its snapshot. One that history tells of before it is in view, or of which only history tells, is remembered with its mint,
 * since the view in which it appears may come later than the revert that followed it.
 */
final class Snapshots {
    /** How many removed snapshots are remembered. */
    static final int GONE_KEPT = 16;

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
        List<SeenSnapshot> kept = kept(all.values().stream()
                .map(s -> vm.configRead()
                                && s.goneAt() == null
                                && vm.snapshot(s.moRef()).isEmpty()
                        ? s.gone(facts.through())
                        : s)
                .toList());
        return kept.equals(record.snapshots()) ? record : record.withSnapshots(kept);
    }

    /** All that live, and of those that are gone the ones minted last: by mint, so that history told again changes nothing. */
    private static List<SeenSnapshot> kept(List<SeenSnapshot> all) {
        List<SeenSnapshot> gone =
                new ArrayList<>(all.stream().filter(s -> s.goneAt() != null).toList());
        while (gone.size() > GONE_KEPT) {
            gone.stream()
                    .reduce((a, b) -> b.mint().to().isBefore(a.mint().to()) ? b : a)
                    .ifPresent(gone::remove);
        }
        return all.stream().filter(s -> s.goneAt() == null || gone.contains(s)).toList();
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

    private static SeenSnapshot announced(Occurrence created, Position now) {
        return new SeenSnapshot(
                created.snapshot(), 0, "", Instant.EPOCH, created.interval(), true, null, List.of(), now);
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
