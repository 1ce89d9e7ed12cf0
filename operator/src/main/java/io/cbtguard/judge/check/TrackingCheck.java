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
import org.jspecify.annotations.Nullable;

/**
 * Change tracking was switched off for the VM or for one disk: blocks written from then on are recorded nowhere (KB 1031873,
 * KB 1020128). Who did it is taken from the reconfiguration that history tells of.
 */
final class TrackingCheck implements CbtCheck {
    @Override
    public List<Finding> inspect(Scene scene) {
        Sighting before = scene.record().sighting();
        if (before == null || !scene.vm().configRead()) {
            return List.of();
        }
        if (isOff(scene.vm().changeTrackingEnabled())) {
            return isOff(before.changeTrackingEnabled()) ? List.of() : List.of(off(scene, List.of(), "the VM"));
        }
        List<Finding> findings = new ArrayList<>();
        for (Disk disk : scene.vm().disks()) {
            boolean wasOff = before.disks().stream().anyMatch(d -> d.id().equals(disk.id()) && isOff(d.ctkEnabled()));
            if (disk.trackable() && isOff(disk.ctkEnabled()) && !wasOff) {
                findings.add(off(scene, List.of(disk.id()), disk.label()));
            }
        }
        return findings;
    }

    private static boolean isOff(@Nullable Boolean flag) {
        return Boolean.FALSE.equals(flag);
    }

    private static Finding off(Scene scene, List<String> disks, String what) {
        Interval at = scene.sinceLastSighting();
        Evidence change = Evidence.ofChange(at.to().time(), "true", "false");
        Evidence evidence = scene.reconfigured()
                .map(o -> change.by(o.user(), o.eventKey(), o.eventType()))
                .orElse(change);
        String who = evidence.user().isEmpty() ? "" : " by " + evidence.user();
        return new Finding(
                Ids.of(Reason.CbtDisabled, at, String.join(",", disks)),
                Reason.CbtDisabled,
                at,
                disks,
                Cure.Full,
                null,
                evidence,
                "Changed Block Tracking was switched off for " + what + who + ": writes since then are not recorded.",
                "Switch Changed Block Tracking on again, then take a full backup.");
    }
}
