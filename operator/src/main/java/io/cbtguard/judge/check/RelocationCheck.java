package io.cbtguard.judge.check;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Sighting;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk lies on another datastore. Storage vMotion reset tracking on ESXi 5.x (KB 2048201 as quoted by vendors); later versions show
 * it by the epoch if they do, so that the move alone is a cause only if the policy says so.
 */
final class RelocationCheck implements CbtCheck {
    @Override
    public List<Finding> inspect(Scene scene) {
        Sighting before = scene.record().sighting();
        List<Finding> findings = new ArrayList<>();
        if (before == null || !scene.vm().configRead()) {
            return findings;
        }
        for (Disk old : before.disks()) {
            scene.vm()
                    .disk(old.id())
                    .filter(now -> !old.datastore().isEmpty()
                            && !now.datastore().isEmpty()
                            && !now.datastore().equals(old.datastore()))
                    .ifPresent(now -> findings.add(finding(scene, old, now)));
        }
        return findings;
    }

    private static Finding finding(Scene scene, Disk old, Disk now) {
        Interval at = scene.sinceLastSighting();
        Evidence change = Evidence.ofChange(at.to().time(), old.datastore(), now.datastore());
        Evidence evidence = scene.facts().occurrences().stream()
                .filter(o -> o.kind() == OccurrenceKind.MOVED && scene.isNew(o))
                .reduce((older, newer) -> newer)
                .map((Occurrence o) -> change.by(o.user(), o.eventKey(), o.eventType()))
                .orElse(change);
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
