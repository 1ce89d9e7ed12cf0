package io.cbtguard.judge;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.check.Scene;
import java.util.List;
import java.util.stream.Stream;

/**
 * Remembers the moves and losses of sight between which vCenter may yet tell of another. Those of earlier looks stay until there are
 * more: time alone writes nothing.
 */
final class RecentEvents {
    private RecentEvents() {}

    static List<Position> of(Scene scene) {
        List<Position> known = scene.record().recentEvents();
        List<Position> more = scene.facts().occurrences().stream()
                .filter(o -> matters(scene, o))
                .map(o -> o.interval().to())
                .filter(at -> isRecent(scene, at) && !known.contains(at))
                .distinct()
                .toList();
        if (more.isEmpty()) {
            return known;
        }
        return Stream.concat(known.stream(), more.stream())
                .filter(at -> isRecent(scene, at))
                .toList();
    }

    /** A loss of sight says nothing of a VM without snapshots: a vCenter that starts again must not cost each VM a write. */
    private static boolean matters(Scene scene, Occurrence occurrence) {
        return switch (occurrence.kind()) {
            case MOVED -> true;
            case HOST_DISCONNECTED ->
                scene.record().snapshots().stream()
                        .anyMatch(s -> !occurrence.interval().isBefore(s.mint())
                                && (s.goneAt() == null
                                        || !s.goneAt()
                                                .isBefore(occurrence.interval().from())));
            default -> false;
        };
    }

    private static boolean isRecent(Scene scene, Position at) {
        return Scene.mayStillBeTold(at, scene.facts().through());
    }
}
