package io.cbtguard.judge.check;

import io.cbtguard.inventory.ChangeId;
import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.SeenSnapshot;
import io.cbtguard.judge.record.Sighting;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tracking was switched on while the VM had snapshots: what such an epoch tracks is not reliable and nothing says so, since 6.5 not
 * even an error (KB 1020128, Broadcom 320557, Veritas 100033481). It ends only by a reset without snapshots.
 */
public final class EnabledCheck implements CbtCheck {
    private static final String REMEDY =
            "Remove all snapshots, switch Changed Block Tracking off and on again, each with a stun after"
                    + " it (as a snapshot made and removed brings), then take a full backup.";

    /** In the id of a finding of which only the proof is missing that there was no snapshot. */
    private static final String UNPROVEN = "unproven";

    @Override
    public List<Finding> inspect(Scene scene) {
        Optional<Interval> enabled = enabled(scene);
        if (enabled.isEmpty() || !beganAnew(scene)) {
            Interval at = began(scene, scene.sinceLastSighting());
            List<String> anew = disks(scene, EnabledCheck::isInAnotherEpoch);
            if (withSnapshots(scene, at)) {
                List<String> ended = disks(
                        scene, (any, old, now) -> isInAnotherEpoch(any, old, now) || isWaitingForAnother(old, now));
                return ended.isEmpty() ? List.of() : List.of(known(scene, at, ended));
            }
            return anew.isEmpty() || clean(scene, at) ? List.of() : List.of(unproven(scene, at, anew));
        }
        Interval at = enabled.get();
        if (Stream.concat(enabled.stream(), switched(scene).stream()).anyMatch(a -> withSnapshots(scene, a))) {
            return List.of(known(scene, at, List.of()));
        }
        return clean(scene, began(scene, at)) ? List.of() : List.of(unproven(scene, at, List.of()));
    }

    /** Whether it is known that there were snapshots, and not only unknown whether there were. */
    public static boolean isKnown(Finding finding) {
        return !finding.id().contains(UNPROVEN);
    }

    private static Finding known(Scene scene, Interval at, List<String> disks) {
        return finding(
                Ids.of(Reason.EnabledWithSnapshots, at, String.join(",", disks)),
                at,
                disks,
                scene.changed(at, "off", "on, with snapshots"),
                "Changed Block Tracking was switched on while the VM had snapshots: what it tracks since then is not reliable,"
                        + " and no error says so.");
    }

    private static Finding unproven(Scene scene, Interval at, List<String> disks) {
        return finding(
                Ids.of(Reason.EnabledWithSnapshots, at, UNPROVEN + String.join(",", disks)),
                at,
                disks,
                scene.changed(at, "off", "on, perhaps with snapshots"),
                "Changed Block Tracking began anew, and nothing proves that the VM had no snapshot then: what it tracks since may"
                        + " not be reliable, and no error would say so.");
    }

    private static Finding finding(String id, Interval at, List<String> disks, Evidence evidence, String message) {
        return new Finding(
                id, Reason.EnabledWithSnapshots, at, disks, Cure.ResetThenFull, null, evidence, message, REMEDY);
    }

    /**
     * Since when tracking runs in an epoch that is proven to have begun without a snapshot.
     *
     * @return what the record knows, if tracking did not begin anew; null if it did and nobody can say so of it
     */
    public static @Nullable Interval trackedSince(Scene scene) {
        Optional<Interval> enabled = enabled(scene);
        if (enabled.isEmpty()) {
            return oneDiskAnew(scene) && !clean(scene, scene.sinceLastSighting())
                    ? null
                    : scene.record().trackedSince();
        }
        Interval at = enabled.get();
        if (!beganAnew(scene)) {
            return scene.record().trackedSince();
        }
        Interval began = began(scene, at);
        return clean(scene, began) ? began : null;
    }

    /** A flag that went off and on without a stun between has changed nothing: the same epoch goes on. */
    private static boolean beganAnew(Scene scene) {
        Sighting before = scene.record().sighting();
        return before == null
                || scene.vm().disks().stream()
                        .noneMatch(now -> now.epoch().isPresent()
                                && before.disks().stream()
                                        .anyMatch(old -> old.id().equals(now.id())
                                                && old.epoch().equals(now.epoch())));
    }

    /**
     * Disks of which this is so since the last look, and those that are back and tracked anew; one that was added has no snapshots of
     * its own.
     */
    private static List<String> disks(Scene scene, Turn isSo) {
        Sighting before = scene.record().sighting();
        if (before == null || before.disks().isEmpty() || !scene.vm().configRead()) {
            return List.of();
        }
        return scene.vm().disks().stream()
                .filter(Disk::trackable)
                .filter(now -> before.disks().stream()
                        .filter(old -> old.id().equals(now.id()))
                        .findFirst()
                        .map(old -> isSo.turned(scene, old, now))
                        .orElseGet(() -> isTracked(now) && isInSnapshot(scene, now)))
                .map(Disk::id)
                .toList();
    }

    /** Nothing vouches for a time of which history is lost, just now or before: a snapshot may have come and gone in it. */
    private static boolean clean(Scene scene, Interval at) {
        Stream<Interval> told = scene.facts().occurrences().stream()
                .filter(o -> o.kind() == OccurrenceKind.GAP)
                .map(gap -> GapCheck.early(gap.interval()));
        Stream<Interval> known = scene.record().findings().stream()
                .filter(f -> f.reason() == Reason.EventGap)
                .map(Finding::at);
        Sighting before = scene.record().sighting();
        boolean wasAway = before != null && before.disconnectedSince() != null;
        return !wasAway
                && scene.record().snapshots().stream().noneMatch(s -> mayHaveExisted(s, at))
                && Stream.concat(told, known).allMatch(lost -> lost.isBefore(at) || at.isBefore(lost));
    }

    /** A disk came, or its epoch ended or began, while that of the VM went on. */
    private static boolean oneDiskAnew(Scene scene) {
        Sighting before = scene.record().sighting();
        if (before == null || !scene.vm().configRead()) {
            return false;
        }
        return scene.vm().disks().stream().filter(Disk::trackable).anyMatch(now -> before.disks().stream()
                .noneMatch(old -> old.id().equals(now.id()) && isContinued(old, now)));
    }

    /** While a disk that is switched on waits for a stun, what begins is vouched for: a snapshot would have begun it. */
    private static boolean isContinued(Disk old, Disk now) {
        Optional<String> former = old.epoch();
        Optional<String> present = now.epoch();
        if (former.isPresent()) {
            return former.equals(present);
        }
        boolean begins = present.isPresent() || Boolean.TRUE.equals(now.ctkEnabled());
        return Boolean.TRUE.equals(old.ctkEnabled()) || !begins;
    }

    private interface Turn {
        boolean turned(Scene scene, Disk old, Disk now);
    }

    /** Its epoch has ended, and another begins with the next stun. */
    private static boolean isWaitingForAnother(Disk old, Disk now) {
        return old.epoch().isPresent() && now.epoch().isEmpty() && Boolean.TRUE.equals(now.ctkEnabled());
    }

    /** An ID that is gone may come back: only another one in its place says that tracking began anew. */
    private static boolean isInAnotherEpoch(Scene scene, Disk old, Disk now) {
        if (old.epoch().isPresent()) {
            return now.epoch().isPresent() && !now.epoch().equals(old.epoch());
        }
        if (Boolean.TRUE.equals(old.ctkEnabled())) {
            Set<String> known = epochs(scene, now);
            return now.epoch().isPresent()
                    && !known.isEmpty()
                    && !known.contains(now.epoch().get());
        }
        return !isContinued(old, now);
    }

    private static boolean isTracked(Disk disk) {
        return disk.epoch().isPresent() || Boolean.TRUE.equals(disk.ctkEnabled());
    }

    private static boolean isInSnapshot(Scene scene, Disk disk) {
        return scene.record().snapshots().stream()
                .filter(snapshot -> wasThere(scene, snapshot))
                .flatMap(snapshot -> snapshot.disks().stream())
                .anyMatch(frozen -> frozen.id().equals(disk.id()));
    }

    /** Epochs that snapshots of before and baselines have IDs of. */
    private static Set<String> epochs(Scene scene, Disk disk) {
        Stream<String> frozen = scene.record().snapshots().stream()
                .filter(snapshot -> wasThere(scene, snapshot))
                .flatMap(snapshot -> snapshot.disks().stream())
                .filter(d -> d.id().equals(disk.id()))
                .flatMap(d -> Stream.ofNullable(d.changeId()));
        Stream<String> baselines = scene.record().chains().stream()
                .flatMap(chain -> chain.baselines().stream())
                .filter(b -> b.disk().equals(disk.id()))
                .map(Baseline::changeId);
        return Stream.concat(frozen, baselines)
                .flatMap(id -> ChangeId.epoch(id).stream())
                .collect(Collectors.toSet());
    }

    private static boolean wasThere(Scene scene, SeenSnapshot snapshot) {
        Sighting before = scene.record().sighting();
        return snapshot.mint().isBefore(scene.sinceLastSighting())
                || (before != null && before.snapshots().contains(snapshot.moRef()));
    }

    /** When tracking began within this time: not before it was switched on last, if history tells of that. */
    private static Interval began(Scene scene, Interval within) {
        return switched(scene).orElse(within);
    }

    private static Optional<Interval> enabled(Scene scene) {
        Sighting before = scene.record().sighting();
        boolean isOn = scene.vm().configRead() && Boolean.TRUE.equals(scene.vm().changeTrackingEnabled());
        if (before == null || !isOn) {
            return Optional.empty();
        }
        if (Boolean.FALSE.equals(before.changeTrackingEnabled())) {
            return Optional.of(when(scene));
        }
        // off and on between two looks shows in change IDs that are gone until tracking takes effect, or of another
        // epoch;
        // in those of all disks, for one alone has another cause
        boolean all = scene.vm().disks().stream().filter(Disk::trackable).allMatch(now -> before.disks().stream()
                .anyMatch(old -> isAnew(old, now)));
        boolean any = scene.vm().disks().stream().anyMatch(Disk::trackable);
        return any && all ? Optional.of(scene.sinceLastSighting()) : Optional.empty();
    }

    private static boolean isAnew(Disk old, Disk now) {
        return old.id().equals(now.id())
                && old.epoch().isPresent()
                && !old.epoch().equals(now.epoch());
    }

    /** When the flag was last changed, as far as history tells: tracking that is on by now began no earlier. */
    private static Optional<Interval> switched(Scene scene) {
        return scene.facts().occurrences().stream()
                .filter(o -> o.kind() == OccurrenceKind.RECONFIGURED && scene.isNew(o) && isOfTheFlag(o))
                .map(Occurrence::interval)
                .reduce((older, newer) -> newer);
    }

    private static boolean isOfTheFlag(Occurrence reconfigured) {
        return reconfigured.message().contains("changeTrackingEnabled")
                || reconfigured.message().contains("ctkEnabled");
    }

    /** As history tells it, if the reconfiguration says that it was this; else some time since the last sighting. */
    private static Interval when(Scene scene) {
        return scene.reconfigured()
                .filter(EnabledCheck::isOfTheFlag)
                .map(Occurrence::interval)
                .orElseGet(scene::sinceLastSighting);
    }

    private static boolean withSnapshots(Scene scene, Interval at) {
        return scene.record().snapshots().stream().anyMatch(s -> existedBefore(scene, s, at));
    }

    /** It was there when the time in question began; one made within it may be what made tracking take effect. */
    private static boolean existedBefore(Scene scene, SeenSnapshot snapshot, Interval at) {
        return (snapshot.mint().isBefore(at) || wasThere(scene, snapshot)) && !isGone(snapshot, at);
    }

    private static boolean mayHaveExisted(SeenSnapshot snapshot, Interval at) {
        return !at.isBefore(snapshot.mint()) && !isGone(snapshot, at);
    }

    private static boolean isGone(SeenSnapshot snapshot, Interval at) {
        Position gone = snapshot.goneAt();
        return gone != null && !at.from().isBefore(gone);
    }
}
