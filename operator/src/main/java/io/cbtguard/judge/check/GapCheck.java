package io.cbtguard.judge.check;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Evidence that cannot be read: history beyond vCenter's retention, a history that went back, or a time in which vCenter could not
 * see the host (what is done on the host itself then leaves no event). A disconnection is harmless for a VM that had no snapshot
 * before it and has none after it: without a snapshot there was nothing to revert to.
 */
public final class GapCheck implements CbtCheck {
    @Override
    public List<Finding> inspect(Scene scene) {
        List<Finding> findings = new ArrayList<>();
        for (Occurrence o : scene.facts().occurrences()) {
            if (o.kind() == OccurrenceKind.GAP) {
                findings.add(gap(o.interval(), "vCenter's event history has a gap: " + o.message()));
            }
        }
        Sighting before = scene.record().sighting();
        passed(scene)
                .filter(at -> before != null && hadSnapshots(scene, before))
                .ifPresent(at -> findings.add(unseen(at)));
        if (before != null && before.disconnectedSince() != null && scene.vm().connected()) {
            boolean harmless = !before.snapshotsBeforeDisconnect()
                    && scene.vm().snapshots().isEmpty();
            if (!harmless) {
                Interval at =
                        new Interval(before.disconnectedSince(), scene.facts().through());
                findings.add(unseen(at));
            }
        }
        return findings;
    }

    /** A disconnection that began and ended between two judgements: only history tells of it. */
    private static Optional<Interval> passed(Scene scene) {
        Sighting before = scene.record().sighting();
        if (before == null || before.disconnectedSince() != null || !scene.vm().connected()) {
            return Optional.empty();
        }
        Optional<Position> lost = scene.facts().occurrences().stream()
                .filter(o -> o.kind() == OccurrenceKind.HOST_DISCONNECTED)
                .map(o -> o.interval().from())
                .findFirst();
        Position back = scene.facts().occurrences().stream()
                .filter(o -> o.kind() == OccurrenceKind.HOST_CONNECTED)
                .map(o -> o.interval().to())
                .reduce((older, newer) -> newer)
                .orElse(scene.facts().through());
        return lost.map(from -> new Interval(from, Position.later(from, back)));
    }

    private static boolean hadSnapshots(Scene scene, Sighting before) {
        return !before.snapshots().isEmpty() || !scene.vm().snapshots().isEmpty();
    }

    private static Finding unseen(Interval at) {
        return gap(at, "vCenter could not see the VM's host for a time, and the VM has or had snapshots");
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
                what + ". What happened to the VM between " + at.from().time() + " and "
                        + at.to().time() + " cannot be known.",
                "Take a full backup. Keep vCenter's event retention longer than the longest expected outage.");
    }
}
