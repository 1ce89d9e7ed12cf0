package io.cbtguard.reconcile;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.vsphere.VcenterWatch;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What a watch said in passing that nothing else keeps: the time at vCenter, and the gaps in its history. */
final class Heard {
    private final Clock own;
    private final VcenterClock clock;
    private volatile @Nullable Instant awaySince;
    private final ConcurrentSkipListMap<String, Interval> gaps = new ConcurrentSkipListMap<>();

    /** @param awaySince since when an earlier watch of the same vCenter has not been connected; null if it was, or there was none */
    Heard(Clock own, @Nullable Instant awaySince) {
        this.own = own;
        this.clock = new VcenterClock(own);
        this.awaySince = awaySince == null ? own.instant() : awaySince;
    }

    void view(VcenterView view, Set<String> vmMoRefs) {
        clock.heard(view.observedAt());
        for (String moRef : vmMoRefs) {
            for (Occurrence occurrence : view.occurrences(moRef)) {
                if (occurrence.kind() == OccurrenceKind.GAP && occurrence.vm() == null) {
                    Interval gap = occurrence.interval();
                    gaps.putIfAbsent(gap.from().time() + " " + gap.to().time(), gap);
                }
            }
        }
    }

    void health(VcenterWatch.Health health) {
        if (health.connected()) {
            awaySince = null;
        } else if (awaySince == null) {
            awaySince = own.instant();
        }
        if (health.connected() && health.lastContact() != null) {
            clock.heard(health.lastContact());
        }
    }

    /** Since when it has not been connected, whatever the reasons were; null while it is. */
    @Nullable Instant awaySince() {
        return awaySince;
    }

    VcenterClock clock() {
        return clock;
    }

    /** Oldest first. */
    List<Interval> gaps() {
        return List.copyOf(gaps.values());
    }
}
