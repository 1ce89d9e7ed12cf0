package io.cbtguard.judge.check;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Sighting;
import java.util.ArrayList;
import java.util.List;

/**
 * The size of a disk changed. Always shown; that it ends a baseline is the policy's word, or an advisory's (ESXi 4.x to 5.5 lose
 * track of a disk that grows across 128 GiB or a multiple of it by a power of two: KB 2090639, Broadcom 310751).
 */
final class ResizeCheck implements CbtCheck {
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
                    .filter(now -> now.capacityBytes() != old.capacityBytes())
                    .ifPresent(now -> findings.add(finding(scene, old, now)));
        }
        return findings;
    }

    private static Finding finding(Scene scene, Disk old, Disk now) {
        Interval at = scene.sinceLastSighting();
        Evidence change = Evidence.ofChange(
                at.to().time(), Long.toString(old.capacityBytes()), Long.toString(now.capacityBytes()));
        return new Finding(
                Ids.of(Reason.DiskResized, at, now.id()),
                Reason.DiskResized,
                at,
                List.of(now.id()),
                Cure.Full,
                null,
                scene.reconfigured()
                        .map(o -> change.by(o.user(), o.eventKey(), o.eventType()))
                        .orElse(change),
                now.label() + " went from " + old.capacityBytes() + " to " + now.capacityBytes() + " bytes.",
                "Nothing to do, unless the policy or an advisory says that a full is needed.");
    }
}
