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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Remembers snapshots and their change IDs while they live, and the newest of those that are gone: a tool reports after it has
 * removed its snapshot.
 */
final class Snapshots {
    /** How many removed snapshots are remembered. */
    static final int GONE_KEPT = 16;

    private Snapshots() {}

    static VmRecord remember(VmRecord record, Facts facts, VirtualMachine vm) {
        Map<String, Occurrence> created = facts.occurrences().stream()
                .filter(o -> o.kind() == OccurrenceKind.SNAPSHOT_CREATED)
                .collect(Collectors.toMap(Occurrence::snapshot, Function.identity(), (first, again) -> again));
        List<SeenSnapshot> live = new ArrayList<>();
        List<SeenSnapshot> gone = new ArrayList<>();
        for (SeenSnapshot known : record.snapshots()) {
            SeenSnapshot timed = narrowed(known, created.get(known.moRef()));
            if (!vm.configRead() || vm.snapshot(known.moRef()).isPresent()) {
                live.add(timed);
            } else {
                gone.add(timed.goneAt() == null ? timed.gone(facts.through()) : timed);
            }
        }
        Scene scene = new Scene(record, facts, vm);
        for (Snapshot snapshot : vm.snapshots()) {
            Optional<SeenSnapshot> known = record.seenSnapshot(snapshot.moRef());
            if (known.isEmpty() && snapshot.configRead()) {
                live.add(narrowed(seen(scene, snapshot), created.get(snapshot.moRef())));
            }
        }
        List<SeenSnapshot> all = new ArrayList<>(gone.subList(Math.max(0, gone.size() - GONE_KEPT), gone.size()));
        all.addAll(live);
        return all.equals(record.snapshots()) ? record : record.withSnapshots(all);
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

    /** It was there when the watch began: created at some time since the record last saw the VM without it, or ever. */
    private static Interval unwatched(Scene scene, Snapshot snapshot) {
        Sighting before = scene.record().sighting();
        if (before != null && !before.snapshots().contains(snapshot.moRef())) {
            return scene.sinceLastSighting();
        }
        return new Interval(Position.ofTime(0, Instant.EPOCH), scene.facts().through());
    }

    private static SeenSnapshot narrowed(SeenSnapshot seen, @Nullable Occurrence created) {
        if (created == null || seen.fromTask()) {
            return seen;
        }
        return new SeenSnapshot(
                seen.moRef(),
                seen.id(),
                seen.name(),
                seen.createTime(),
                created.interval(),
                true,
                seen.build(),
                seen.disks(),
                seen.goneAt());
    }
}
