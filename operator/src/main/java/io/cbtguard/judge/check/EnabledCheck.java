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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tracking was switched on while the VM had snapshots: what such an epoch tracks is not reliable and nothing says so, since 6.5 not
 * even an error (KB 1020128, Broadcom 320557, Veritas 100033481). It ends only by a reset without snapshots.
 */
public final class EnabledCheck implements CbtCheck {
    @Override
    public List<Finding> inspect(Scene scene) {
        Optional<Interval> enabled = enabled(scene);
        if (enabled.isEmpty()
                || Stream.concat(enabled.stream(), switched(scene).stream())
                        .noneMatch(at -> withSnapshots(scene, at))) {
            return List.of();
        }
        Interval at = enabled.get();
        Evidence evidence = scene.changed(at, "off", "on, with snapshots");
        return List.of(new Finding(
                Ids.of(Reason.EnabledWithSnapshots, at, ""),
                Reason.EnabledWithSnapshots,
                at,
                List.of(),
                Cure.ResetThenFull,
                null,
                evidence,
                "Changed Block Tracking was switched on while the VM had snapshots: what it tracks since then is not reliable,"
                        + " and no error says so.",
                "Remove all snapshots, switch Changed Block Tracking off and on again, then take a full backup."));
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
        return clean(scene, at) ? at : null;
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
        return reconfigured.message().contains("changeTrackingEnabled");
    }

    /** As history tells it, if the reconfiguration says that it was this; else some time since the last sighting. */
    private static Interval when(Scene scene) {
        return scene.reconfigured()
                .filter(EnabledCheck::isOfTheFlag)
                .map(Occurrence::interval)
                .orElseGet(scene::sinceLastSighting);
    }

    private static boolean withSnapshots(Scene scene, Interval at) {
        return scene.record().snapshots().stream().anyMatch(s -> existedBefore(s, at));
    }

    /** It was there when the time in question began; one made within it may be what made tracking take effect. */
    private static boolean existedBefore(SeenSnapshot snapshot, Interval at) {
        return snapshot.mint().isBefore(at) && !isGone(snapshot, at);
    }

    private static boolean mayHaveExisted(SeenSnapshot snapshot, Interval at) {
        return !at.isBefore(snapshot.mint()) && !isGone(snapshot, at);
    }

    private static boolean isGone(SeenSnapshot snapshot, Interval at) {
        Position gone = snapshot.goneAt();
        return gone != null && !at.from().isBefore(gone);
    }
}
