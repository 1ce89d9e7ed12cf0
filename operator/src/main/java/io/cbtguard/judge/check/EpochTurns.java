package io.cbtguard.judge.check;

import io.cbtguard.inventory.ChangeId;
import io.cbtguard.inventory.Disk;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.SeenSnapshot;
import io.cbtguard.judge.record.Sighting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of the epochs of single disks since the last look. One that was added has no snapshots of its own. */
final class EpochTurns {
    private EpochTurns() {}

    private interface Turn {
        boolean turned(Sighting before, Disk old, Disk now);
    }

    /** Disks that are tracked in another epoch, or anew after they were away. */
    static List<String> begun(Scene scene) {
        return disks(scene, (before, old, now) -> isInAnotherEpoch(scene, before, old, now));
    }

    /** The same, and those whose epoch has ended, so that another begins with the next stun. */
    static List<String> endedOrBegun(Scene scene) {
        return disks(
                scene,
                (before, old, now) -> isInAnotherEpoch(scene, before, old, now)
                        || (old.epoch().isPresent()
                                && now.epoch().isEmpty()
                                && isOn(scene.vm().changeTrackingEnabled(), now)));
    }

    /** Whether the disk waited for a stun at the last look already: the first one begins its epoch. */
    static boolean waited(Scene scene, String disk) {
        Sighting before = scene.record().sighting();
        return before != null
                && before.disks().stream()
                        .anyMatch(old -> old.id().equals(disk)
                                && old.trackable()
                                && old.epoch().isEmpty()
                                && isOn(before.changeTrackingEnabled(), old));
    }

    /** Whether it froze an ID of another epoch than a disk is in now: then it was there when that began, whenever it was made. */
    static boolean isOfAnother(Scene scene, SeenSnapshot snapshot) {
        return scene.vm().disks().stream()
                .filter(now -> now.epoch().isPresent())
                .anyMatch(now -> snapshot.disks().stream()
                        .filter(frozen -> frozen.id().equals(now.id()))
                        .flatMap(frozen -> Stream.ofNullable(frozen.changeId()))
                        .flatMap(id -> ChangeId.epoch(id).stream())
                        .anyMatch(epoch -> !Optional.of(epoch).equals(now.epoch())));
    }

    /** While a disk that is switched on waits for a stun, what begins is vouched for: a snapshot would have begun it. */
    static boolean isContinued(Sighting before, Disk old, Disk now) {
        Optional<String> former = old.epoch();
        Optional<String> present = now.epoch();
        if (former.isPresent()) {
            return former.equals(present);
        }
        boolean begins = present.isPresent() || Boolean.TRUE.equals(now.ctkEnabled());
        return isOn(before.changeTrackingEnabled(), old) || !begins;
    }

    /** Whether it was there at the last look. */
    static boolean wasThere(Scene scene, SeenSnapshot snapshot) {
        Sighting before = scene.record().sighting();
        return snapshot.mint().isBefore(scene.sinceLastSighting())
                || (before != null && before.snapshots().contains(snapshot.moRef()));
    }

    private static List<String> disks(Scene scene, Turn isSo) {
        Sighting before = scene.record().sighting();
        if (before == null
                || before.changeTrackingEnabled() == null
                || !scene.vm().configRead()) {
            return List.of();
        }
        return scene.vm().disks().stream()
                .filter(Disk::trackable)
                .filter(now -> before.disks().stream()
                        .filter(old -> old.id().equals(now.id()))
                        .findFirst()
                        .map(old -> isSo.turned(before, old, now))
                        .orElseGet(() -> isBack(scene, now)))
                .map(Disk::id)
                .toList();
    }

    private static boolean isBack(Scene scene, Disk now) {
        boolean isTracked = now.epoch()
                .map(epoch -> !isOfBefore(scene, now, epoch))
                .orElseGet(() -> isOn(scene.vm().changeTrackingEnabled(), now));
        return isTracked
                && scene.record().snapshots().stream()
                        .filter(snapshot -> wasThere(scene, snapshot))
                        .flatMap(snapshot -> snapshot.disks().stream())
                        .anyMatch(frozen -> frozen.id().equals(now.id()));
    }

    /** An ID that is gone may come back: only another one in its place says that tracking began anew. */
    private static boolean isInAnotherEpoch(Scene scene, Sighting before, Disk old, Disk now) {
        if (old.epoch().isPresent()) {
            return now.epoch().isPresent() && !now.epoch().equals(old.epoch());
        }
        if (isOn(before.changeTrackingEnabled(), old)) {
            return now.epoch().isPresent()
                    && !isOfBefore(scene, now, now.epoch().get());
        }
        return !isContinued(before, old, now);
    }

    /** Whether what was known of the disk at the last look, if anything was, is of this epoch. */
    private static boolean isOfBefore(Scene scene, Disk disk, String epoch) {
        List<String> known = epochs(scene, disk).toList();
        return !known.isEmpty() && known.stream().allMatch(epoch::equals);
    }

    /** A disk without a switch of its own follows the VM's. */
    private static boolean isOn(@Nullable Boolean vm, Disk disk) {
        return disk.ctkEnabled() != null ? disk.ctkEnabled() : Boolean.TRUE.equals(vm);
    }

    /** Epochs that baselines, and snapshots that were there at the last look, have IDs of. */
    private static Stream<String> epochs(Scene scene, Disk disk) {
        Stream<String> frozen = scene.record().snapshots().stream()
                .filter(snapshot -> wasThere(scene, snapshot))
                .flatMap(snapshot -> snapshot.disks().stream())
                .filter(d -> d.id().equals(disk.id()))
                .flatMap(d -> Stream.ofNullable(d.changeId()));
        Stream<String> baselines = scene.record().chains().stream()
                .flatMap(chain -> chain.baselines().stream())
                .filter(b -> b.disk().equals(disk.id()))
                .map(Baseline::changeId);
        return Stream.concat(frozen, baselines).flatMap(id -> ChangeId.epoch(id).stream());
    }
}
