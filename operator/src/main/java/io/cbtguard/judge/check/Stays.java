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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The builds a VM came to run on since it was last seen, in order, each only if it differs from the one before. Moves that nobody
 * watched are read from history, so a VM that went to another build and came back is found.
 *
 * <p>A host's build is known only as it is now. So a move to a host dates a change of build no better than from the move until now
 * or until the VM left that host again: the host may have been upgraded under it, and so may the one that it left. A host that
 * shows no build may run any.
 *
 * <p>A move that was told late stands where the record has read to already. From there on the VM may have run on its host's build or
 * on what the record took it for.
 */
public final class Stays {
    private final Scene scene;
    private final List<Residence> known;
    private final List<Stay> found = new ArrayList<>();
    /** What the VM may have run on last; null stands for any build. */
    private List<@Nullable EsxBuild> last = List.of();
    /** From here on only today's build of a host says what it ran. */
    private boolean isAfterTheKnown;

    private Stays(Scene scene) {
        this.scene = scene;
        this.known = scene.record().residence();
    }

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
        Stays stays = new Stays(scene);
        if (!stays.known.isEmpty()) {
            stays.find();
        }
        return stays.found;
    }

    private void find() {
        List<Occurrence> told = told();
        int known = (int) told.stream().filter(scene::standsInWhatIsKnown).count();
        for (int i = 0; i < known; i++) {
            readPast(told.get(i), next(told, i));
        }
        maybe(this.known.getLast());
        if (known < told.size()) {
            isAfterTheKnown = true;
            upgradedUnder(told.get(known));
        }
        for (int i = known; i < told.size(); i++) {
            moved(told.get(i), next(told, i));
        }
        EsxBuild now = scene.buildNow();
        if (now != null) {
            arrived(
                    now,
                    sinceLastMove(told.subList(known, told.size())),
                    scene.vm().host(),
                    null);
        }
    }

    /** The moves in the order in which they happened, each once: what is told late or twice comes in another one. */
    private List<Occurrence> told() {
        Map<Position, Occurrence> byPlace = new LinkedHashMap<>();
        for (Occurrence told : scene.facts().occurrences()) {
            if (told.kind() == OccurrenceKind.MOVED && told.host() != null) {
                byPlace.merge(told.interval().to(), told, (one, other) -> scene.isNew(one) ? one : other);
            }
        }
        return byPlace.values().stream()
                .sorted((a, b) ->
                        Position.compare(a.interval().to(), b.interval().to()))
                .toList();
    }

    private static @Nullable Occurrence next(List<Occurrence> moves, int i) {
        return i + 1 < moves.size() ? moves.get(i + 1) : null;
    }

    /** What the record knows is not judged again, but for where the VM came from if it lacks the move before it. */
    private void readPast(Occurrence move, @Nullable Occurrence next) {
        boolean isMissed = scene.isNew(move) || scene.isMissed(move);
        Residence then = knownAt(move.interval().to());
        if (then == null || (!isMissed && found.isEmpty())) {
            return;
        }
        if (isMissed) {
            maybe(then);
            moved(move, next);
        } else {
            arrived(then.build(), move.interval(), move.host(), move);
        }
    }

    /** Where the record has the VM at a position; null before all that it knows. */
    private @Nullable Residence knownAt(Position at) {
        return known.stream()
                .filter(stay -> !at.isBefore(stay.from()))
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    /** So says the record; if it lacks a move since then, that is no more than possible. */
    private void maybe(Residence then) {
        List<@Nullable EsxBuild> possible = new ArrayList<>();
        if (!found.isEmpty() && !found.getLast().began().from().isBefore(then.from())) {
            possible.add(found.getLast().build());
        }
        possible.add(then.build());
        last = possible;
    }

    private void moved(Occurrence move, @Nullable Occurrence next) {
        Host host = scene.facts().hosts().get(move.host());
        Position from = move.interval().from();
        Position left = next == null ? scene.facts().through() : next.interval().to();
        arrived(host == null ? null : host.build(), new Interval(from, Position.later(from, left)), move.host(), move);
    }

    private void arrived(@Nullable EsxBuild build, Interval began, @Nullable String host, @Nullable Occurrence move) {
        Optional<EsxBuild> other = former(build);
        if (other.isPresent() || last.contains(null) || build == null) {
            found.add(new Stay(other.orElse(null), build, began, host, move));
        } else if (isAfterTheKnown
                && !found.isEmpty()
                && build.equals(found.getLast().build())) {
            lengthen(began.to());
        }
        last = Arrays.asList(build);
    }

    /** The first of those that it came from, if that is another one. */
    private Optional<EsxBuild> former(@Nullable EsxBuild build) {
        return last.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .filter(former -> !former.equals(build))
                .findFirst();
    }

    /** That a host runs the same build today does not say that it did when the VM came: until it left, it may have changed. */
    private void lengthen(Position to) {
        Stay stay = found.removeLast();
        Interval began =
                new Interval(stay.began().from(), Position.later(stay.began().to(), to));
        found.add(new Stay(stay.former(), stay.build(), began, stay.host(), stay.move()));
    }

    /** The host on which the VM was last seen runs another build by now: maybe it did so before the VM left it. */
    private void upgradedUnder(Occurrence firstMove) {
        Sighting sighting = scene.record().sighting();
        if (sighting == null || sighting.host() == null) {
            return;
        }
        Host left = scene.facts().hosts().get(sighting.host());
        EsxBuild build = left == null ? null : left.build();
        if (build == null || !build.equals(known.getLast().build())) {
            Position from = scene.sinceLastSighting().from();
            Position to = Position.later(from, firstMove.interval().to());
            arrived(build, new Interval(from, to), sighting.host(), null);
        }
    }

    private Interval sinceLastMove(List<Occurrence> moves) {
        Interval since = scene.sinceLastSighting();
        return moves.isEmpty()
                ? since
                : new Interval(Position.earlier(moves.getLast().interval().from(), since.to()), since.to());
    }
}
