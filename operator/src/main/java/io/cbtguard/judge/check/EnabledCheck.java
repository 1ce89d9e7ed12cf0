package io.cbtguard.judge.check;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.SeenSnapshot;
import io.cbtguard.judge.record.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tracking was switched on while the VM had snapshots: what such an epoch tracks is not reliable and nothing says so, since 6.5 not
 * even an error (KB 1020128, Broadcom 320557, Veritas 100033481). It ends only by a reset without snapshots.
 */
public final class EnabledCheck implements CbtCheck {
    /** In the id of a finding of which only the proof is missing that there was no snapshot. */
    private static final String UNPROVEN = "unproven";

    private static final String UNPROVEN_MESSAGE =
            "Changed Block Tracking began anew, and nothing proves that the VM had no snapshot then: what it tracks since may"
                    + " not be reliable, and no error would say so.";

    @Override
    public List<Finding> inspect(Scene scene) {
        Optional<Interval> enabled = enabled(scene);
        if (enabled.isEmpty() || !beganAnew(scene)) {
            return ofDisks(scene);
        }
        Interval at = enabled.get();
        if (Stream.concat(enabled.stream(), switched(scene).stream()).anyMatch(a -> withSnapshots(scene, a))) {
            return List.of(known(scene, at, List.of()));
        }
        return clean(scene, began(scene, at)) || (mayComeBack(scene) && nothingLost(scene, at))
                ? List.of()
                : List.of(unproven(scene, at, List.of()));
    }

    /** Of disks of a VM whose own flag stayed as it was, or whose epoch goes on for others. */
    private static List<Finding> ofDisks(Scene scene) {
        Interval at = began(scene, scene.sinceLastSighting());
        List<String> under = EpochTurns.endedOrBegun(scene).stream()
                .filter(disk -> snapshots(scene, disk).anyMatch(s -> existedBefore(scene, s, at)))
                .toList();
        List<String> doubtful = EpochTurns.begun(scene).stream()
                .filter(disk -> !under.contains(disk) && !isVouchedFor(scene, at, disk))
                .toList();
        List<Finding> findings = new ArrayList<>();
        if (!under.isEmpty()) {
            findings.add(known(scene, at, under));
        }
        if (!doubtful.isEmpty()) {
            findings.add(unproven(scene, at, doubtful));
        }
        return findings;
    }

    private static boolean isVouchedFor(Scene scene, Interval at, String disk) {
        return nothingLost(scene, at)
                && (snapshots(scene, disk).noneMatch(s -> mayHaveExisted(scene, s, at))
                        || (!mayBeSwitched(scene) && EpochTurns.waited(scene, disk)));
    }

    /** Those that hold the disk, or of which nobody knows what they hold: one that came later is none of theirs. */
    private static Stream<SeenSnapshot> snapshots(Scene scene, String disk) {
        return scene.record().snapshots().stream()
                .filter(snapshot -> !snapshot.idsSeen()
                        || snapshot.disks().stream()
                                .anyMatch(frozen -> frozen.id().equals(disk)));
    }

    /** IDs that are gone of all disks may come back at the next look: the flag itself was on, and no disk shows another epoch. */
    private static boolean mayComeBack(Scene scene) {
        Sighting before = scene.record().sighting();
        return before != null
                && !Boolean.FALSE.equals(before.changeTrackingEnabled())
                && scene.vm().disks().stream().filter(Disk::trackable).allMatch(disk -> disk.epoch()
                        .isEmpty());
    }

    /** Whether it is known that there were snapshots, and not only unknown whether there were. */
    public static boolean isKnown(Finding finding) {
        return !finding.id().contains(UNPROVEN);
    }

    /** Of tracking that was thought to be proven to have begun without a snapshot. */
    public static Finding disproven(Interval since) {
        return finding(
                Ids.of(Reason.EnabledWithSnapshots, since, UNPROVEN),
                since,
                List.of(),
                Evidence.ofChange(since.to().time(), "off", "on, perhaps with snapshots"),
                UNPROVEN_MESSAGE);
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
                UNPROVEN_MESSAGE);
    }

    private static Finding finding(String id, Interval at, List<String> disks, Evidence evidence, String message) {
        return new Finding(
                id,
                Reason.EnabledWithSnapshots,
                at,
                disks,
                Cure.ResetThenFull,
                null,
                evidence,
                message,
                Remedies.RESET_THEN_FULL);
    }

    /**
     * Since when tracking runs in an epoch that is proven to have begun without a snapshot.
     *
     * @return what the record knows, if tracking did not begin anew; null if it did and nobody can say so of it
     */
    public static @Nullable Interval trackedSince(Scene scene) {
        Optional<Interval> enabled = enabled(scene);
        if (enabled.isEmpty() || !beganAnew(scene)) {
            return oneDiskAnew(scene) && !clean(scene, scene.sinceLastSighting())
                    ? null
                    : scene.record().trackedSince();
        }
        Interval at = enabled.get();
        Interval began = began(scene, at);
        return clean(scene, began) ? began : null;
    }

    /** A flag that went off and on without a stun between has changed nothing: the same epoch goes on. */
    private static boolean beganAnew(Scene scene) {
        Sighting before = scene.record().sighting();
        return before == null
                || scene.vm().disks().stream()
                        .filter(Disk::trackable)
                        .noneMatch(now -> now.epoch().isPresent()
                                && before.disks().stream()
                                        .anyMatch(old -> old.id().equals(now.id())
                                                && old.epoch().equals(now.epoch())));
    }

    private static boolean clean(Scene scene, Interval at) {
        return nothingLost(scene, at)
                && scene.record().snapshots().stream().noneMatch(s -> mayHaveExisted(scene, s, at));
    }

    /** Nothing vouches for a time of which history is lost, just now or before: a snapshot may have come and gone in it. */
    private static boolean nothingLost(Scene scene, Interval at) {
        Stream<Interval> told = scene.facts().occurrences().stream()
                .filter(o -> o.kind() == OccurrenceKind.GAP)
                .map(gap -> GapCheck.early(gap.interval()));
        Stream<Interval> known = scene.record().findings().stream()
                .filter(f -> f.reason() == Reason.EventGap)
                .map(Finding::at);
        Sighting before = scene.record().sighting();
        boolean wasAway = before != null && before.disconnectedSince() != null;
        return !wasAway
                && Stream.of(told, known, GapCheck.passed(scene).stream())
                        .flatMap(lost -> lost)
                        .allMatch(lost -> lost.isBefore(at) || at.isBefore(lost));
    }

    /** A disk came, or its epoch ended or began, while that of the VM went on. */
    private static boolean oneDiskAnew(Scene scene) {
        Sighting before = scene.record().sighting();
        if (before == null || !scene.vm().configRead()) {
            return false;
        }
        return scene.vm().disks().stream().filter(Disk::trackable).anyMatch(now -> before.disks().stream()
                .noneMatch(old -> old.id().equals(now.id()) && EpochTurns.isContinued(before, old, now)));
    }

    /** When tracking began within this time: not before it was switched on last, if history tells of that. */
    private static Interval began(Scene scene, Interval within) {
        return lastSwitch(scene)
                .filter(FlagWords::sayOn)
                .map(Occurrence::interval)
                .orElse(within);
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

    /** When the flag was last changed, as far as history tells. */
    private static Optional<Interval> switched(Scene scene) {
        return lastSwitch(scene).map(Occurrence::interval);
    }

    /** A reconfiguration that says what it changed, and that it was something else, is none of the flag. */
    private static boolean mayBeSwitched(Scene scene) {
        return reconfigurations(scene).anyMatch(o -> o.message().isBlank() || FlagWords.areOfTheFlag(o));
    }

    private static Optional<Occurrence> lastSwitch(Scene scene) {
        return reconfigurations(scene)
                .filter(FlagWords::areOfTheFlag)
                .max((a, b) -> Position.compare(a.interval().to(), b.interval().to()));
    }

    private static Stream<Occurrence> reconfigurations(Scene scene) {
        return scene.facts().occurrences().stream()
                .filter(o -> o.kind() == OccurrenceKind.RECONFIGURED && scene.isNew(o));
    }

    /** As history tells it, if the reconfiguration says that it was this; else some time since the last sighting. */
    private static Interval when(Scene scene) {
        return scene.reconfigured()
                .filter(FlagWords::sayOn)
                .map(Occurrence::interval)
                .orElseGet(scene::sinceLastSighting);
    }

    private static boolean withSnapshots(Scene scene, Interval at) {
        return scene.record().snapshots().stream().anyMatch(s -> existedBefore(scene, s, at));
    }

    /** It was there when the time in question began; one made within it may be what made tracking take effect. */
    private static boolean existedBefore(Scene scene, SeenSnapshot snapshot, Interval at) {
        return (snapshot.mint().isBefore(at)
                        || EpochTurns.wasThere(scene, snapshot)
                        || EpochTurns.isOfAnother(scene, snapshot))
                && !isGone(snapshot, at);
    }

    private static boolean mayHaveExisted(Scene scene, SeenSnapshot snapshot, Interval at) {
        return (!at.isBefore(snapshot.mint()) || EpochTurns.isOfAnother(scene, snapshot)) && !isGone(snapshot, at);
    }

    private static boolean isGone(SeenSnapshot snapshot, Interval at) {
        Position gone = snapshot.goneAt();
        return gone != null && !at.from().isBefore(gone);
    }
}
