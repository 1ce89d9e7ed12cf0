package io.cbtguard.judge.check;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.judge.Facts;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Pending;
import io.cbtguard.judge.record.SeenSnapshot;
import io.cbtguard.judge.record.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Distrusts change IDs minted before a snapshot revert: vCenter still answers queries for them, but the answer can leave sectors
 * out, and no later step would notice (KB 1021607, Symantec TECH136138).
 *
 * <p>Three kinds of evidence: the revert event; a revert task of either kind (one whose outcome is not known counts, one that failed
 * counts unless its fault proves that it never began); and state that only a revert explains (inferred: a new snapshot always
 * becomes the current one, and removing the current one makes its parent current, so the newest snapshot can only stop being the
 * current one by a revert).
 */
final class RevertCheck implements CbtCheck {
    static final String STATE = "state";

    /** Faults that are raised before a task touches the VM (API reference, RevertToSnapshot_Task). */
    private static final Set<String> NEVER_BEGAN = Set.of(
            "NoPermission",
            "NotFound",
            "ManagedObjectNotFound",
            "InvalidPowerState",
            "InvalidState",
            "TaskInProgress",
            "NotSupported",
            "NotAuthenticated");

    @Override
    public List<Finding> inspect(Scene scene) {
        List<Finding> told = told(scene.facts());
        told.addAll(vanished(scene));
        shown(scene, told).ifPresent(told::add);
        return told;
    }

    /** What history alone says; it needs no sight of the VM. */
    static List<Finding> told(Facts facts) {
        List<Finding> told = new ArrayList<>();
        for (Occurrence o : facts.occurrences()) {
            if (o.kind() == OccurrenceKind.REVERTED) {
                told.add(reverted(o, "was reverted"));
            } else if (o.kind() == OccurrenceKind.REVERT_FAILED && mayHaveBegun(o)) {
                told.add(reverted(o, "was being reverted when that failed (" + o.fault() + ")"));
            }
        }
        return told;
    }

    private static boolean mayHaveBegun(Occurrence o) {
        return o.started() && !NEVER_BEGAN.contains(o.fault());
    }

    private static Finding reverted(Occurrence o, String what) {
        String id = o.taskKey().isEmpty()
                ? "event-" + o.read().epoch() + "-" + o.eventKey() + "-"
                        + o.interval().to().time()
                : o.taskKey();
        String who = o.user().isEmpty() ? "" : " by " + o.user();
        String to = o.snapshot().isEmpty() ? "" : " to snapshot " + o.snapshot();
        return finding(Ids.of(Reason.SnapshotReverted, id), o.interval(), Evidence.of(o), "The VM " + what + to + who);
    }

    /** Reverts that were in flight and are gone without an outcome: whoever forgot them cannot vouch for them. */
    private static List<Finding> vanished(Scene scene) {
        Set<String> running = Set.copyOf(scene.facts().inFlight().stream()
                .filter(task -> task.revert())
                .map(task -> task.key())
                .toList());
        Set<String> told = Set.copyOf(scene.facts().occurrences().stream()
                .filter(o -> o.kind() == OccurrenceKind.REVERTED || o.kind() == OccurrenceKind.REVERT_FAILED)
                .map(Occurrence::taskKey)
                .distinct()
                .toList());
        List<Finding> findings = new ArrayList<>();
        for (Pending pending : scene.record().pending()) {
            if (!running.contains(pending.taskKey()) && !told.contains(pending.taskKey())) {
                Interval at = new Interval(pending.queued(), scene.facts().through());
                Evidence evidence = new Evidence(
                        0,
                        "",
                        pending.task(),
                        pending.taskKey(),
                        pending.user(),
                        "",
                        pending.queued().time(),
                        "",
                        "");
                findings.add(finding(
                        Ids.of(Reason.SnapshotReverted, pending.taskKey()),
                        at,
                        evidence,
                        "A revert of the VM was in flight and its outcome was never seen"));
            }
        }
        return findings;
    }

    private static Optional<Finding> shown(Scene scene, List<Finding> told) {
        if (!scene.vm().configRead()) {
            return Optional.empty();
        }
        return leftNewest(scene, told).or(() -> wentBack(scene, told));
    }

    /** The newest snapshot is not the current one, and no known revert after its creation says why. */
    private static Optional<Finding> leftNewest(Scene scene, List<Finding> told) {
        Snapshot newest = scene.vm().snapshots().stream()
                .max(Comparator.comparingInt(Snapshot::id))
                .orElse(null);
        String current = scene.vm().currentSnapshot();
        if (newest == null || newest.moRef().equals(current) || wasLeftBefore(scene, newest)) {
            return Optional.empty();
        }
        Interval mint = scene.record()
                .seenSnapshot(newest.moRef())
                .map(SeenSnapshot::mint)
                .orElse(Objects.requireNonNullElseGet(newest.appeared(), scene::sinceLastSighting));
        boolean explained = known(scene, told).anyMatch(f -> !f.at().isBefore(mint));
        if (explained) {
            return Optional.empty();
        }
        Position from = mint.from();
        Sighting sighting = scene.record().sighting();
        if (sighting != null && newest.moRef().equals(sighting.currentSnapshot())) {
            from = Position.later(from, sighting.at());
        }
        return Optional.of(byState(scene, from, newest.name(), current));
    }

    /** The last sighting showed it left already, and what that meant was judged then. */
    private static boolean wasLeftBefore(Scene scene, Snapshot newest) {
        Sighting sighting = scene.record().sighting();
        return sighting != null
                && sighting.snapshots().contains(newest.moRef())
                && !newest.moRef().equals(sighting.currentSnapshot());
    }

    /** The current snapshot changed to another one that was there before, and the former one, if there was one, still exists. */
    private static Optional<Finding> wentBack(Scene scene, List<Finding> told) {
        Sighting sighting = scene.record().sighting();
        String current = scene.vm().currentSnapshot();
        if (sighting == null || Objects.equals(sighting.currentSnapshot(), current)) {
            return Optional.empty();
        }
        String former = sighting.currentSnapshot();
        boolean formerStillThere = former == null || scene.vm().snapshot(former).isPresent();
        boolean wasThere = current == null || sighting.snapshots().contains(current);
        boolean explained = known(scene, told).anyMatch(f -> sighting.at().isBefore(f.at().to()));
        if (!formerStillThere || !wasThere || explained) {
            return Optional.empty();
        }
        return Optional.of(byState(scene, sighting.at(), former, current));
    }

    private static Stream<Finding> known(Scene scene, List<Finding> told) {
        return Stream.concat(scene.record().findings().stream(), told.stream())
                .filter(f -> f.reason() == Reason.SnapshotReverted);
    }

    private static Finding byState(Scene scene, Position from, @Nullable String former, @Nullable String current) {
        Interval at = new Interval(from, scene.facts().through());
        Evidence evidence = new Evidence(
                0,
                "",
                "",
                "",
                "",
                current == null ? "" : current,
                at.to().time(),
                former == null ? "" : former,
                current == null ? "" : current);
        return finding(
                Ids.of(Reason.SnapshotReverted, at, STATE),
                at,
                evidence,
                "The snapshot tree shows a revert that no event tells of: the VM "
                        + (former == null
                                ? "runs on snapshot " + current + ", which was there before and not its current one"
                                : "no longer runs on snapshot " + former));
    }

    private static Finding finding(String id, Interval at, Evidence evidence, String what) {
        return new Finding(
                id,
                Reason.SnapshotReverted,
                at,
                List.of(),
                Cure.Full,
                null,
                evidence,
                what
                        + ". Change IDs from before it can leave changed blocks out without any error, so an incremental on them"
                        + " would restore corrupt data.",
                "Take a full backup; the next backup that asks is told so.");
    }
}
