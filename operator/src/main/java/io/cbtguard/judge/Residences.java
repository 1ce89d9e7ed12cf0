package io.cbtguard.judge;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Interval;
import io.cbtguard.judge.check.Scene;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Residence;
import java.util.ArrayList;
import java.util.List;

/** Keeps the ESXi builds a VM ran on, in order; the last one is where it runs now. */
final class Residences {
    /** Stays that are kept; the oldest fall out first. */
    static final int KEPT = 32;

    private Residences() {}

    static List<Residence> of(Scene scene, List<Finding> causes) {
        List<Residence> stays = new ArrayList<>(scene.record().residence());
        EsxBuild now = scene.buildNow();
        if (now == null || (!stays.isEmpty() && now.equals(stays.getLast().build()))) {
            return stays;
        }
        Interval since = causes.stream()
                .filter(f -> f.reason() == Reason.HostUpgraded)
                .map(Finding::at)
                .reduce((older, newer) -> newer)
                .orElseGet(scene::sinceLastSighting);
        if (!stays.isEmpty()) {
            stays.add(stays.removeLast().until(since.to()));
        }
        stays.add(new Residence(now, since.from(), null, true));
        return stays.subList(Math.max(0, stays.size() - KEPT), stays.size());
    }
}
