package io.cbtguard.judge.check;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Trackability;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A disk was added, removed or replaced, or became one that cannot be tracked (KB 1020128). Identity is the backing's UUID and diskObjectId at the root of the file chain, never the
 * delta file's name, which changes with every snapshot; a device key is no identity, for another disk may get it.
 */
final class DiskChangeCheck implements CbtCheck {
    @Override
    public List<Finding> inspect(Scene scene) {
        Sighting before = scene.record().sighting();
        if (before == null || !scene.vm().configRead()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        for (Disk old : before.disks()) {
            Optional<Disk> same = scene.vm().disk(old.id());
            if (same.isPresent()) {
                if (otherObject(old, same.get())) {
                    findings.add(finding(
                            scene,
                            Reason.DiskReplaced,
                            old,
                            old.objectId(),
                            same.get().objectId()));
                }
                if (trackabilityChanged(old, same.get())) {
                    findings.add(finding(
                            scene,
                            Reason.DiskNotTrackable,
                            old,
                            old.trackability().name(),
                            same.get().trackability().name()));
                }
                continue;
            }
            Optional<Disk> successor = scene.vm().disks().stream()
                    .filter(d -> d.key() == old.key())
                    .findFirst();
            findings.add(successor
                    .map(next -> finding(scene, Reason.DiskReplaced, old, old.id(), next.id()))
                    .orElseGet(() -> finding(scene, Reason.DiskRemoved, old, old.id(), "")));
        }
        for (Disk now : scene.vm().disks()) {
            if (before.disks().stream().noneMatch(d -> d.id().equals(now.id()))) {
                findings.add(finding(scene, Reason.DiskAdded, now, "", now.id()));
            }
        }
        return findings;
    }

    private static boolean otherObject(Disk old, Disk now) {
        return !old.objectId().isEmpty()
                && !now.objectId().isEmpty()
                && !old.objectId().equals(now.objectId());
    }

    /** Either way: IDs from before a time in which a disk could not be tracked do not know of that time. */
    private static boolean trackabilityChanged(Disk old, Disk now) {
        return old.trackable() != now.trackable()
                && old.trackability() != Trackability.UNKNOWN_BACKING
                && now.trackability() != Trackability.UNKNOWN_BACKING;
    }

    private static Finding finding(Scene scene, Reason reason, Disk disk, String oldValue, String newValue) {
        Interval at = scene.sinceLastSighting();
        Evidence evidence = scene.changed(at, oldValue, newValue);
        String what =
                switch (reason) {
                    case DiskAdded -> disk.label() + " was added; it has no baseline yet.";
                    case DiskNotTrackable ->
                        disk.label() + " cannot be tracked or could not for a time; its former baseline is void.";
                    case DiskRemoved -> disk.label() + " was removed; its baseline is void.";
                    default -> disk.label() + " was replaced by another disk; the former one's baseline is void.";
                };
        return new Finding(
                Ids.of(reason, at, disk.id()),
                reason,
                at,
                List.of(disk.id()),
                reason == Reason.DiskRemoved ? Cure.None : Cure.Full,
                null,
                evidence,
                what,
                reason == Reason.DiskRemoved ? "Nothing to do." : "Take a full backup of the disk.");
    }
}
