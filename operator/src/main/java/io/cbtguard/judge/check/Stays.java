package io.cbtguard.judge.check;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.record.Residence;
import io.cbtguard.judge.record.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The builds a VM came to run on since it was last seen, in order, each only if it differs from the one before. Moves that nobody
 * watched are read from history, so a VM that went to another build and came back is found.
 *
 * <p>A host's build is known only as it is now. So a move to a host dates a change of build no better than from the move until now
 * or until the VM left that host again: the host may have been upgraded under it, and so may the one that it left. A host that
 * shows no build may run any.
 */
public final class Stays {
    private Stays() {}

    /**
     * @param former build before it; null if it is not known
     * @param build null if it is not known: that counts as any build
     * @param began when it came to run there
     * @param host moRef of the host that runs it, null if not known
     * @param move what history tells of it; null if only the host's product shows it
     */
    public record Stay(
            @Nullable EsxBuild former,
            @Nullable EsxBuild build,
            Interval began,
            @Nullable String host,
            @Nullable Occurrence move) {}

    /** The stays that are new to the record; none if it knows no earlier one to compare with. */
    public static List<Stay> since(Scene scene) {
        List<Residence> known = scene.record().residence();
        List<Stay> stays = new ArrayList<>();
        if (known.isEmpty()) {
            return stays;
        }
        List<Occurrence> moves = scene.facts().occurrences().stream()
                .filter(o -> o.kind() == OccurrenceKind.MOVED && o.host() != null && scene.isNew(o))
                .toList();
        EsxBuild last = known.getLast().build();
        Stay before = moves.isEmpty() ? null : upgradedUnder(scene, moves.getFirst(), last);
        if (before != null) {
            stays.add(before);
            last = before.build();
        }
        for (int i = 0; i < moves.size(); i++) {
            Occurrence move = moves.get(i);
            Host host = scene.facts().hosts().get(move.host());
            EsxBuild there = host == null ? null : host.build();
            if (there == null || !there.equals(last)) {
                Position left = i + 1 < moves.size()
                        ? moves.get(i + 1).interval().to()
                        : scene.facts().through();
                Position from = move.interval().from();
                stays.add(new Stay(last, there, new Interval(from, Position.later(from, left)), move.host(), move));
                last = there;
            }
        }
        EsxBuild now = scene.buildNow();
        if (now != null && !Objects.equals(now, last)) {
            stays.add(
                    new Stay(last, now, sinceLastMove(scene, moves), scene.vm().host(), null));
        }
        return stays;
    }

    /** The host on which the VM was last seen runs another build by now: maybe it did so before the VM left it. */
    private static @Nullable Stay upgradedUnder(Scene scene, Occurrence firstMove, @Nullable EsxBuild last) {
        Sighting sighting = scene.record().sighting();
        if (sighting == null || sighting.host() == null) {
            return null;
        }
        Host left = scene.facts().hosts().get(sighting.host());
        EsxBuild build = left == null ? null : left.build();
        if (build != null && build.equals(last)) {
            return null;
        }
        Position from = scene.sinceLastSighting().from();
        Interval began =
                new Interval(from, Position.later(from, firstMove.interval().to()));
        return new Stay(last, build, began, sighting.host(), null);
    }

    private static Interval sinceLastMove(Scene scene, List<Occurrence> moves) {
        Interval since = scene.sinceLastSighting();
        return moves.isEmpty()
                ? since
                : new Interval(Position.earlier(moves.getLast().interval().from(), since.to()), since.to());
    }
}
