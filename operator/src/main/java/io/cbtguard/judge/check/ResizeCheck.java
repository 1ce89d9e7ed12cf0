package io.cbtguard.judge.check;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Finding;
import java.util.List;

/**
 * The size of a disk changed. Always shown; that it ends a baseline is the policy's word, or an advisory's (ESXi 4.x to 5.5 lose
 * track of a disk that grows across 128 GiB or a multiple of it by a power of two: KB 2090639, Broadcom 310751).
 */
final class ResizeCheck implements CbtCheck {
    @Override
    public List<Finding> inspect(Scene scene) {
        return scene.sameDisks().stream()
                .filter(disk -> disk.now().capacityBytes() != disk.old().capacityBytes())
                .map(disk -> finding(scene, disk.old(), disk.now()))
                .toList();
    }

    private static Finding finding(Scene scene, Disk old, Disk now) {
        Interval at = scene.sinceLastSighting();
        return new Finding(
                Ids.of(Reason.DiskResized, at, now.id()),
                Reason.DiskResized,
                at,
                List.of(now.id()),
                Cure.Full,
                null,
                scene.changed(at, Long.toString(old.capacityBytes()), Long.toString(now.capacityBytes())),
                now.label() + " went from " + old.capacityBytes() + " to " + now.capacityBytes() + " bytes.",
                "Nothing to do, unless the policy or an advisory says that a full is needed.");
    }
}
