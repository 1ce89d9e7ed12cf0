package io.cbtguard.judge.check;

import io.cbtguard.inventory.ChangeId;
import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The UUID part of a disk's change ID is another one: tracking was reset (switched off and on, change tracking file recreated or
 * lost) and IDs of the former epoch are refused or meaningless (VDDK guide, KB 2139574).
 */
final class EpochCheck implements CbtCheck {
    @Override
    public List<Finding> inspect(Scene scene) {
        List<Finding> findings = new ArrayList<>();
        if (!scene.vm().configRead()) {
            return findings;
        }
        for (Disk disk : scene.vm().disks()) {
            disk.epoch()
                    .flatMap(epoch -> former(scene, disk.id(), epoch).map(old -> reset(scene, disk, old, epoch)))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    /** Another epoch that the last sighting or a living baseline of this disk shows. */
    private static Optional<String> former(Scene scene, String disk, String now) {
        Sighting before = scene.record().sighting();
        Stream<String> seen = before == null
                ? Stream.empty()
                : before.disks().stream()
                        .filter(d -> d.id().equals(disk) && d.changeId() != null)
                        .flatMap(d -> Stream.ofNullable(d.changeId()));
        Stream<String> living = scene.record().chains().stream()
                .map(Chain::baselines)
                .flatMap(List::stream)
                .filter(b -> b.disk().equals(disk) && b.alive())
                .map(Baseline::changeId);
        return Stream.concat(seen, living)
                .flatMap(id -> ChangeId.epoch(id).stream())
                .filter(epoch -> !epoch.equals(now))
                .findFirst();
    }

    private static Finding reset(Scene scene, Disk disk, String old, String now) {
        Interval at = scene.sinceLastSighting();
        Evidence evidence = scene.changed(at, old, now);
        String who = evidence.user().isEmpty() ? "" : " by " + evidence.user();
        return new Finding(
                Ids.of(Reason.CbtReset, disk.id() + "/" + now),
                Reason.CbtReset,
                at,
                List.of(disk.id()),
                Cure.Full,
                now,
                evidence,
                "Change tracking of " + disk.label() + " was reset" + who
                        + ": change IDs of the former epoch are void.",
                "Take a full backup of the disk. If another tool resets tracking, let only one of them do so.");
    }
}
