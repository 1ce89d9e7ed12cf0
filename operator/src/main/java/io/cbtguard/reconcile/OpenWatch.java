package io.cbtguard.reconcile;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.vsphere.VcenterWatch;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A running watch and the VCenter object that it belongs to. */
final class OpenWatch {
    /** How long an outage may last before verdicts turn Unknown. */
    static final Duration GRACE = Duration.ofMinutes(5);

    private final ResourceID vcenter;
    private final String vcenterUid;
    private final String fingerprint;
    private final VcenterWatch watch;
    private final Clock own;
    private final Heard heard;
    /** VMs whose history is kept, and since when. */
    private final Map<String, Instant> concerned = new HashMap<>();

    OpenWatch(
            ResourceID vcenter,
            String vcenterUid,
            String fingerprint,
            VcenterWatch watch,
            Heard heard,
            Clock own,
            Set<String> concerned) {
        this.vcenter = vcenter;
        this.vcenterUid = vcenterUid;
        this.fingerprint = fingerprint;
        this.watch = watch;
        this.heard = heard;
        this.own = own;
        concerned.forEach(moRef -> this.concerned.put(moRef, own.instant()));
        watch.setConcerned(Set.copyOf(concerned));
    }

    ResourceID vcenter() {
        return vcenter;
    }

    /** {@code namespace/name} of the VCenter, as metrics and logs say it. */
    String name() {
        return vcenter.getNamespace().orElse("") + "/" + vcenter.getName();
    }

    String vcenterUid() {
        return vcenterUid;
    }

    String fingerprint() {
        return fingerprint;
    }

    VcenterWatch watch() {
        return watch;
    }

    /** The newest complete view; empty until the first full sync. */
    Optional<VcenterView> view() {
        return watch.view().filter(VcenterView::synced);
    }

    /** vCenter's time, estimated. */
    Instant now() {
        return heard.clock().now();
    }

    boolean connected() {
        return watch.health().connected();
    }

    /** Whether verdicts may rest on the view: it is current, or its outage is within its grace. */
    boolean fresh() {
        return connected() || untilStale().isPositive();
    }

    /** Since when it has not been connected; null while it is. */
    @Nullable Instant awaySince() {
        return heard.awaySince();
    }

    /** How much of the grace is left; zero or less when it is over. Meaningful while not connected. */
    Duration untilStale() {
        Instant since = heard.awaySince();
        return since == null ? GRACE : Duration.between(own.instant(), since.plus(GRACE));
    }

    /** History of this VM is kept from now on. */
    synchronized void concern(String moRef) {
        if (concerned.put(moRef, own.instant()) == null) {
            watch.setConcerned(Set.copyOf(concerned.keySet()));
        }
    }

    /** No record is about this VM any more. */
    synchronized void forget(String moRef) {
        if (concerned.remove(moRef) != null) {
            watch.setConcerned(Set.copyOf(concerned.keySet()));
        }
    }

    /** A VM that no record came to be about, because its making failed, does not hold the cursor for ever. */
    synchronized void forgetStrangers(Set<String> withRecord) {
        Instant old = own.instant().minus(GRACE);
        if (concerned.entrySet().removeIf(e -> e.getValue().isBefore(old) && !withRecord.contains(e.getKey()))) {
            watch.setConcerned(Set.copyOf(concerned.keySet()));
        }
    }

    /** Stretches of this vCenter's history that were found to be lost since the watch was opened. */
    List<Interval> gaps() {
        return heard.gaps();
    }

    void acknowledge(String moRef, Position through) {
        watch.acknowledge(moRef, through);
    }

    @Nullable Position cursor() {
        return watch.cursor();
    }
}
