package io.cbtguard.judge;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.judge.check.Scene;
import io.cbtguard.judge.check.Stays;
import io.cbtguard.judge.check.Stays.Stay;
import io.cbtguard.judge.record.Residence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Keeps the ESXi builds a VM ran on, in order; the last one is where it runs now. */
final class Residences {
    /** Stays that are kept; the oldest fall out first. */
    static final int KEPT = 32;

    private Residences() {}

    static List<Residence> of(Scene scene) {
        EsxBuild now = scene.buildNow();
        List<Residence> known = scene.record().residence();
        if (known.isEmpty()) {
            return List.of(new Residence(now, scene.sinceLastSighting().from(), null, now != null));
        }
        List<Residence> stays = new ArrayList<>(known);
        for (Stay stay : Stays.since(scene)) {
            if (stays.stream()
                    .noneMatch(r -> r.from().equals(stay.began().from()) && Objects.equals(r.build(), stay.build()))) {
                stays.add(stays.removeLast().until(stay.began().to()));
                boolean certain = stay.build() != null && stay.build().equals(now);
                stays.add(new Residence(stay.build(), stay.began().from(), null, certain));
            }
        }
        return stays.subList(Math.max(0, stays.size() - KEPT), stays.size());
    }
}
