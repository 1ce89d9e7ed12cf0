package io.cbtguard.reconcile;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.vsphere.VcenterWatch;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a watch said in passing that nothing else keeps: the time at vCenter, and the gaps in its history. */
final class Heard {
    private final Clock own;
    private final VcenterClock clock;
    private volatile @Nullable Instant awaySince;
    private volatile List<Interval> gaps = List.of();

    /** @param awaySince since when an earlier watch of the same vCenter has not been connected; null if it was, or there was none */
    Heard(Clock own, @Nullable Instant awaySince) {
        this.own = own;
        this.clock = new VcenterClock(own);
        this.awaySince = awaySince == null ? own.instant() : awaySince;
    }

    void view(VcenterView view) {
        clock.heard(view.observedAt());
        gaps = view.gaps();
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
        return gaps;
    }
}
