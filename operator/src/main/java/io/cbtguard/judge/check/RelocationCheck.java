package io.cbtguard.judge.check;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import java.util.List;

/**
 * A disk lies on another datastore. Storage vMotion reset tracking on ESXi 5.x (KB 2048201 as quoted by vendors); later versions show
 * it by the epoch if they do, so that the move alone is a cause only if the policy says so.
 */
final class RelocationCheck implements CbtCheck {
    @Override
    public List<Finding> inspect(Scene scene) {
        return scene.sameDisks().stream()
                .filter(disk -> !disk.old().datastore().isEmpty()
                        && !disk.now().datastore().isEmpty()
                        && !disk.now().datastore().equals(disk.old().datastore()))
                .map(disk -> finding(scene, disk.old(), disk.now()))
                .toList();
    }

    private static Finding finding(Scene scene, Disk old, Disk now) {
        Interval at = scene.sinceLastSighting();
        Evidence change = Evidence.ofChange(at.to().time(), old.datastore(), now.datastore());
        Evidence evidence = scene.newest(OccurrenceKind.MOVED).map(change::by).orElse(change);
        return new Finding(
                Ids.of(Reason.DiskRelocated, at, now.id()),
                Reason.DiskRelocated,
                at,
                List.of(now.id()),
                Cure.Full,
                null,
                evidence,
                now.label() + " moved from datastore " + old.datastore() + " to " + now.datastore() + ".",
                "Nothing to do, unless the policy says that a full is needed.");
    }
}
