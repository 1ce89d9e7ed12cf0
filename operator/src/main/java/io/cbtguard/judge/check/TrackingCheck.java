package io.cbtguard.judge.check;

import io.cbtguard.inventory.ChangeId;
import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Change tracking was switched off for the VM or for one disk: blocks written from then on are recorded nowhere (KB 1031873,
 * KB 1020128). It lasts until tracking is on again: an ID that a snapshot froze meanwhile is the old one and worth nothing. Who did it
 * is taken from the reconfiguration that history tells of.
 */
final class TrackingCheck implements CbtCheck {
    @Override
    public List<Finding> inspect(Scene scene) {
        Sighting before = scene.record().sighting();
        if (before == null || !scene.vm().configRead()) {
            return List.of();
        }
        Boolean flag = scene.vm().changeTrackingEnabled();
        List<Finding> findings = new ArrayList<>();
        if (isOff(flag) && !isOff(before.changeTrackingEnabled())) {
            findings.add(off(scene, List.of(), "the VM"));
        }
        for (Disk disk : scene.vm().disks()) {
            Optional<Disk> old = before.disks().stream()
                    .filter(d -> d.id().equals(disk.id()))
                    .findFirst();
            boolean diskWasOff = old.filter(d -> isOff(d.ctkEnabled())).isPresent();
            boolean wasOff = diskWasOff || isOff(before.changeTrackingEnabled());
            boolean isOn = Boolean.TRUE.equals(flag) && !isOff(disk.ctkEnabled());
            if (!isOff(flag) && disk.trackable() && isOff(disk.ctkEnabled()) && !diskWasOff) {
                findings.add(off(scene, List.of(disk.id()), disk.label()));
            } else if (wasOff && isOn && old.isPresent()) {
                on(scene, old.get(), disk).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private static boolean isOff(@Nullable Boolean flag) {
        return Boolean.FALSE.equals(flag);
    }

    private static Finding off(Scene scene, List<String> disks, String what) {
        Evidence evidence = scene.changed(scene.sinceLastSighting(), "true", "false");
        String who = evidence.user().isEmpty() ? "" : " by " + evidence.user();
        return finding(
                scene,
                String.join(",", disks),
                disks,
                null,
                evidence,
                "Changed Block Tracking was switched off for " + what + who + ": writes since then are not recorded.");
    }

    /** Matters only if an ID of the old epoch was frozen while tracking was off. */
    private static Optional<Finding> on(Scene scene, Disk old, Disk disk) {
        Optional<String> former = old.epoch();
        Optional<String> spared = disk.epoch().filter(now -> !former.equals(Optional.of(now)));
        boolean frozen = scene.record().snapshots().stream()
                .flatMap(s -> s.disks().stream())
                .filter(d -> d.id().equals(disk.id()))
                .flatMap(d -> Optional.ofNullable(d.changeId()).stream())
                .anyMatch(id -> spared.isEmpty() || !ChangeId.epoch(id).equals(spared));
        return frozen
                ? Optional.of(finding(
                        scene,
                        disk.id() + "/on",
                        List.of(disk.id()),
                        spared.orElse(null),
                        scene.changed(scene.sinceLastSighting(), "false", "true"),
                        "Changed Block Tracking of " + disk.label()
                                + " was off for a time: writes of that time are not recorded."))
                : Optional.empty();
    }

    private static Finding finding(
            Scene scene, String what, List<String> disks, @Nullable String spared, Evidence evidence, String message) {
        Interval at = scene.sinceLastSighting();
        return new Finding(
                Ids.of(Reason.CbtDisabled, at, what),
                Reason.CbtDisabled,
                at,
                disks,
                Cure.Full,
                spared,
                evidence,
                message,
                "Switch Changed Block Tracking on again while the VM has no snapshot, then take a full backup.");
    }
}
