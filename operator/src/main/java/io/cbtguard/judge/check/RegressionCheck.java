package io.cbtguard.judge.check;

import io.cbtguard.inventory.ChangeId;
import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Snapshot.SnapshotDisk;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.SeenSnapshot;
import io.cbtguard.judge.record.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The number in a change ID fell: a newer snapshot froze a number that is not above an older one's, or the live ID is below the
 * newest snapshot's. Each snapshot gives a new number (VDDK guide), so the tracking file of before is back: a revert that nothing
 * tells of, or a file restored from outside. That numbers count on from the snapshot after a revert is inferred; a number that did
 * not fall proves nothing.
 */
final class RegressionCheck implements CbtCheck {
    @Override
    public List<Finding> inspect(Scene scene) {
        List<Finding> findings = new ArrayList<>();
        if (!scene.vm().configRead()) {
            return findings;
        }
        for (Disk disk : scene.vm().disks()) {
            fell(scene, disk).ifPresent(findings::add);
        }
        return findings;
    }

    /** Of all that was seen since the last known revert, in the order of vCenter's running number of snapshots. */
    private static Optional<Finding> fell(Scene scene, Disk disk) {
        List<Frozen> seen = scene.record().snapshots().stream()
                .sorted(Comparator.comparingInt(SeenSnapshot::id))
                .flatMap(snapshot -> Frozen.in(snapshot, disk).stream())
                .toList();
        for (int newer = seen.size() - 1; newer > 0; newer--) {
            for (int older = newer - 1; older >= 0; older--) {
                Frozen a = seen.get(older);
                Frozen b = seen.get(newer);
                if (a.epoch().equals(b.epoch())
                        && b.number() <= a.number()
                        && !isExplained(scene, disk, a.snapshot())) {
                    Interval between = new Interval(
                            lastAbove(scene, disk, a), justBefore(b.snapshot().mint()));
                    return Optional.of(finding(disk, between, a.changeId(), b.changeId()));
                }
            }
        }
        return seen.isEmpty() ? Optional.empty() : liveFell(scene, disk, seen.getLast());
    }

    private static Optional<Finding> liveFell(Scene scene, Disk disk, Frozen newest) {
        String live = disk.changeId();
        if (live == null || !isInEpochOf(newest, live)) {
            return Optional.empty();
        }
        OptionalLong number = ChangeId.number(live);
        if (number.isEmpty() || number.getAsLong() >= newest.number() || isExplained(scene, disk, newest.snapshot())) {
            return Optional.empty();
        }
        Position now = scene.facts().through();
        Interval at = new Interval(Position.earlier(lastAbove(scene, disk, newest), now), now);
        return Optional.of(finding(disk, at, newest.changeId(), live));
    }

    private static boolean isInEpochOf(Frozen frozen, String changeId) {
        return ChangeId.epoch(changeId).filter(frozen.epoch()::equals).isPresent();
    }

    /** A known revert, or an earlier fall, after the older snapshot was created says why; so does a new epoch of this disk. */
    private static boolean isExplained(Scene scene, Disk disk, SeenSnapshot older) {
        return scene.record().findings().stream()
                        .filter(f -> f.reason() == Reason.SnapshotReverted || f.reason() == Reason.ChangeIdRegressed)
                        .anyMatch(f -> f.concerns(disk.id()) && !f.at().isBefore(older.mint()))
                || new RevertCheck().inspect(scene).stream().anyMatch(f -> !f.at().isBefore(older.mint()));
    }

    /** The last position at which it had not fallen: where the live ID was last seen to be as high, or where the ID was minted. */
    private static Position lastAbove(Scene scene, Disk disk, Frozen frozen) {
        Sighting before = scene.record().sighting();
        boolean wasAbove = before != null
                && before.disks().stream()
                        .filter(d -> d.id().equals(disk.id()))
                        .flatMap(d -> Stream.ofNullable(d.changeId()))
                        .anyMatch(id ->
                                isInEpochOf(frozen, id) && ChangeId.number(id).orElse(-1) >= frozen.number());
        Position minted = frozen.snapshot().mint().from();
        return before != null && wasAbove ? Position.later(minted, before.at()) : minted;
    }

    /** It fell before the newer snapshot was created, and that one's own ID counts on from there. */
    private static Position justBefore(Interval mint) {
        Position from = mint.from();
        return new Position(
                from.epoch(),
                from.hasKey() && from.key() > 0 ? from.key() - 1 : from.key(),
                from.time().minusNanos(1000));
    }

    /** The change ID of one disk in a snapshot, read once: each is compared with each. */
    private record Frozen(SeenSnapshot snapshot, String changeId, String epoch, long number) {
        /** Empty if the snapshot has no ID of the disk that says both. */
        static Optional<Frozen> in(SeenSnapshot snapshot, Disk disk) {
            for (SnapshotDisk frozen : snapshot.disks()) {
                String changeId = frozen.changeId();
                if (frozen.id().equals(disk.id()) && changeId != null) {
                    OptionalLong number = ChangeId.number(changeId);
                    return number.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Frozen(
                                    snapshot, changeId, ChangeId.epoch(changeId).orElse(""), number.getAsLong()));
                }
            }
            return Optional.empty();
        }
    }

    private static Finding finding(Disk disk, Interval between, String older, String newer) {
        Interval at = between.to().isBefore(between.from()) ? Interval.at(between.to()) : between;
        return new Finding(
                Ids.of(Reason.ChangeIdRegressed, at, disk.id()),
                Reason.ChangeIdRegressed,
                at,
                List.of(),
                Cure.Full,
                null,
                Evidence.ofChange(at.to().time(), older, newer),
                "The change ID of " + disk.label() + " went from " + older + " back to " + newer
                        + ": the VM was reverted without a trace, or its change tracking file is an older one. IDs from before"
                        + " can leave changed blocks out without any error.",
                "Take a full backup; find out who restored or reverted the VM behind vCenter's back.");
    }
}
