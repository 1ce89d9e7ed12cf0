package io.cbtguard.judge;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.check.Scene;
import io.cbtguard.judge.check.Stays;
import io.cbtguard.judge.check.Stays.Stay;
import io.cbtguard.judge.record.Residence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Keeps the ESXi builds a VM ran on, in order; the last one is where it runs now. */
final class Residences {
    /** Stays that are kept apart; the oldest become one. */
    static final int KEPT = 32;

    private Residences() {}

    private static Residence on(Scene scene, Residence stay) {
        Host host = scene.vm().host() == null
                ? null
                : scene.facts().hosts().get(scene.vm().host());
        return host == null || host.name().isEmpty() ? stay : stay.on(host.name());
    }

    /** The host was seen to run this build before the VM came and runs it still. */
    private static boolean wasSeen(Scene scene, Stay stay) {
        Host host = stay.host() == null ? null : scene.facts().hosts().get(stay.host());
        if (host == null) {
            return false;
        }
        Position since = host.buildSince();
        return since != null
                && Objects.equals(host.build(), stay.build())
                && since.isBefore(stay.began().from());
    }

    private static boolean isThat(Residence known, Stay stay) {
        return known.from().equals(stay.began().from()) && Objects.equals(known.build(), stay.build());
    }

    private static boolean isOfThePast(Scene scene, Stay stay) {
        return stay.move() != null && scene.standsInWhatIsKnown(stay.move());
    }

    private static int firstAfter(List<Residence> stays, Position at) {
        int after = 0;
        while (after < stays.size() && !at.isBefore(stays.get(after).from())) {
            after++;
        }
        return after;
    }

    static List<Residence> of(Scene scene) {
        EsxBuild now = scene.buildNow();
        List<Residence> known = scene.record().residence();
        if (known.isEmpty()) {
            return List.of(
                    on(scene, new Residence(now, scene.sinceLastSighting().from(), null, now != null, List.of())));
        }
        List<Residence> stays = new ArrayList<>(known);
        for (Stay stay : Stays.since(scene)) {
            if (stay.move() == null || stays.stream().noneMatch(r -> isThat(r, stay))) {
                boolean certain = stay.build() != null && (stay.build().equals(now) || wasSeen(scene, stay));
                Residence found = new Residence(stay.build(), stay.began().from(), null, certain, List.of());
                int later = isOfThePast(scene, stay) ? firstAfter(stays, found.from()) : stays.size();
                if (later < stays.size()) {
                    stays.add(later, found.until(stay.began().to()));
                } else {
                    stays.add(stays.removeLast().until(stay.began().to()));
                    stays.add(found);
                }
            }
        }
        if (now != null && now.equals(stays.getLast().build())) {
            stays.add(on(scene, stays.removeLast()));
        }
        while (stays.size() > KEPT) {
            Residence oldest = stays.remove(0);
            int same = sameBuild(oldest, stays);
            stays.add(0, merged(oldest, stays.remove(same < 0 ? 0 : same)));
        }
        return stays;
    }

    /** The next stay on the same build, but for the present one: what lies between counts for that build, too. */
    private static int sameBuild(Residence oldest, List<Residence> later) {
        return IntStream.range(0, later.size() - 1)
                .filter(i -> Objects.equals(later.get(i).build(), oldest.build()))
                .findFirst()
                .orElse(-1);
    }

    /** Of two builds in the place of one, either may be meant: what is told of one later counts for both. */
    private static Residence merged(Residence older, Residence newer) {
        boolean isSame = Objects.equals(older.build(), newer.build());
        List<String> hosts =
                isSame && !older.hosts().isEmpty() && !newer.hosts().isEmpty()
                        ? Stream.concat(older.hosts().stream(), newer.hosts().stream())
                                .distinct()
                                .toList()
                        : List.of();
        return new Residence(
                isSame ? older.build() : null,
                older.from(),
                newer.to(),
                isSame && older.certain() && newer.certain(),
                hosts);
    }
}
