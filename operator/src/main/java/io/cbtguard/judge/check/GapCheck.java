package io.cbtguard.judge.check;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Facts;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Evidence that cannot be read: history beyond vCenter's retention, a history that went back, or a time in which vCenter could not
 * see the host (what is done on the host itself then leaves no event). A disconnection is harmless for a VM that had no snapshot
 * before it and has none after it: without a snapshot there was nothing to revert to.
 */
public final class GapCheck implements CbtCheck {
    @Override
    public List<Finding> inspect(Scene scene) {
        List<Finding> findings = told(scene.facts());
        Sighting before = scene.record().sighting();
        if (before == null) {
            return findings;
        }
        Position away = before.disconnectedSince();
        passed(scene).stream()
                .filter(at -> away == null || at.to().isBefore(away))
                .filter(at -> hadSnapshots(scene, before, at))
                .forEach(at -> findings.add(unseen(at)));
        boolean matters =
                before.snapshotsBeforeDisconnect() || !scene.vm().snapshots().isEmpty();
        if (away != null && scene.vm().connected() && matters) {
            findings.add(unseen(new Interval(away, scene.facts().through())));
        }
        return findings;
    }

    /** What history alone says; it needs no sight of the VM. */
    static List<Finding> told(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Occurrence o : facts.occurrences()) {
            if (o.kind() == OccurrenceKind.GAP) {
                findings.add(gap(early(o.interval()), "vCenter's event history has a gap: " + o.message()));
            }
        }
        return findings;
    }

    /** Disconnections that began and ended between two judgements: only history tells of them. */
    static List<Interval> passed(Scene scene) {
        List<Interval> passed = new ArrayList<>();
        for (Occurrence lost : scene.facts().occurrences()) {
            if (lost.kind() == OccurrenceKind.HOST_DISCONNECTED && (scene.isNew(lost) || scene.isMissed(lost))) {
                Position from = lost.interval().from();
                back(scene, lost).ifPresent(back -> passed.add(new Interval(from, Position.later(from, back))));
            }
        }
        return passed;
    }

    /** The first return of the same host after it, or move to another; if none is told, now, unless it is away still. */
    private static Optional<Position> back(Scene scene, Occurrence lost) {
        return scene.facts().occurrences().stream()
                .filter(o -> o.kind() == OccurrenceKind.HOST_CONNECTED && Objects.equals(o.host(), lost.host())
                        || o.kind() == OccurrenceKind.MOVED && !Objects.equals(o.host(), lost.host()))
                .map(o -> o.interval().to())
                .filter(back -> !back.isBefore(lost.interval().to()))
                .reduce(Position::earlier)
                .or(() -> scene.vm().connected() ? Optional.of(scene.facts().through()) : Optional.empty());
    }

    /** Whether the VM had a snapshot then, or may have had one: seen before, or seen since and not proven to be younger. */
    private static boolean hadSnapshots(Scene scene, Sighting before, Interval at) {
        boolean sinceBefore =
                !at.from().isBefore(before.at()) && !before.snapshots().isEmpty();
        return sinceBefore
                || scene.record().snapshots().stream()
                        .anyMatch(s -> !at.isBefore(s.mint())
                                && (s.goneAt() == null || !s.goneAt().isBefore(at.from())));
    }

    private static Finding unseen(Interval at) {
        return gap(at, "vCenter could not see the VM's host for a time, and the VM has or had snapshots");
    }

    /** What was lost may have been about to tell, late, of something before it. */
    public static Interval early(Interval lost) {
        Position from = lost.from();
        return new Interval(Position.ofTime(from.epoch(), from.time().minus(Occurrence.TOLD_LATE)), lost.to());
    }

    /** A gap in the evidence over an interval. */
    public static Finding gap(Interval at, String what) {
        return new Finding(
                Ids.of(Reason.EventGap, at, ""),
                Reason.EventGap,
                at,
                List.of(),
                Cure.Full,
                null,
                Evidence.ofChange(at.to().time(), "", ""),
                what.replaceAll("[.]+$", "") + ". What happened to the VM between "
                        + at.from().time() + " and " + at.to().time() + " cannot be known.",
                "Take a full backup. Keep vCenter's event retention longer than the longest expected outage.");
    }
}
