package io.cbtguard.reconcile;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.record.RecordRef;
import io.cbtguard.vsphere.VcenterWatch;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
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
    private final int begunInEpoch;
    private final Clock own;
    private final Heard heard;
    /** VMs whose history is kept, and since when. */
    private final Map<String, Instant> concerned = new HashMap<>();

    private final Holders holders = new Holders();
    /** Up to where history was let go for records that could not take it in. */
    private final Map<RecordRef, Position> passed = new HashMap<>();

    private volatile @Nullable VmIndex index;

    OpenWatch(
            ResourceID vcenter,
            String vcenterUid,
            String fingerprint,
            VcenterWatch watch,
            int begunInEpoch,
            Heard heard,
            Clock own,
            Map<RecordRef, String> records) {
        this.vcenter = vcenter;
        this.vcenterUid = vcenterUid;
        this.fingerprint = fingerprint;
        this.watch = watch;
        this.begunInEpoch = begunInEpoch;
        this.heard = heard;
        this.own = own;
        records.forEach((ref, moRef) -> {
            concerned.put(moRef, own.instant());
            holders.add(ref, moRef, own.instant());
        });
        watch.setConcerned(Set.copyOf(concerned.keySet()));
    }

    ResourceID vcenter() {
        return vcenter;
    }

    /** {@code namespace/name} of the VCenter, as metrics and logs say it. */
    String name() {
        return Informed.fullName(vcenter);
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

    /** Whether what this watch reads begins after all that is known up to there: how that order ended, it cannot tell. */
    boolean beginsBeyond(Position known) {
        return known.epoch() < begunInEpoch;
    }

    /** The newest complete view; empty until the first full sync. */
    Optional<VcenterView> view() {
        return watch.view().filter(VcenterView::synced);
    }

    /** The VMs of this view by their names; made once for each view that somebody asks about. */
    synchronized VmIndex index(VcenterView of) {
        VmIndex known = index;
        if (known == null || !known.isOf(of)) {
            known = VmIndex.of(of);
            index = known;
        }
        return known;
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

    /** This record takes in the history of this VM: nothing is acknowledged that it does not hold. */
    synchronized void concern(RecordRef ref, String moRef) {
        holders.add(ref, moRef, own.instant());
        concern(moRef);
    }

    /** This record is not about this VM any more; another one may be. */
    synchronized void release(RecordRef ref, String moRef) {
        passed.remove(ref);
        if (!holders.remove(ref, moRef)) {
            return;
        }
        tell(moRef);
        if (!holders.any(moRef) && concerned.remove(moRef) != null) {
            watch.setConcerned(Set.copyOf(concerned.keySet()));
        }
    }

    /**
     * A VM that no record came to be about, because its making failed, does not hold the cursor for ever.
     *
     * @param records all that there are, and the moRefs of their VMs
     */
    synchronized void forgetStrangers(Map<RecordRef, String> records) {
        Instant old = own.instant().minus(GRACE);
        holders.removeOthers(records, old);
        Set<String> withRecord = new HashSet<>(records.values());
        if (concerned.entrySet().removeIf(e -> e.getValue().isBefore(old) && !withRecord.contains(e.getKey()))) {
            watch.setConcerned(Set.copyOf(concerned.keySet()));
        }
    }

    /** Stretches of this vCenter's history that were found to be lost since the watch was opened. */
    List<Interval> gaps() {
        return heard.gaps();
    }

    /** This record holds what this VM's history says up to here; vCenter's watch hears what all records of the VM hold. */
    synchronized void acknowledge(RecordRef ref, String moRef, Position through) {
        passed.computeIfPresent(ref, (r, gone) -> through.isBefore(gone) ? gone : null);
        holders.holds(ref, moRef, through, own.instant());
        tell(moRef);
    }

    /** This record cannot take in its VM's history, and the cursor does not wait for it: what views no longer show it has to read again. */
    synchronized void pass(RecordRef ref, String moRef, Position through) {
        passed.merge(ref, through, Position::later);
        holders.holds(ref, moRef, through, own.instant());
        tell(moRef);
    }

    /** Up to where history was let go that a record which knows so much does not know; null if it knows all that is gone. */
    synchronized @Nullable Position passedBeyond(RecordRef ref, Position known) {
        Position gone = passed.get(ref);
        return gone != null && known.isBefore(gone) ? gone : null;
    }

    private void tell(String moRef) {
        Position least = holders.least(moRef);
        if (least != null) {
            watch.acknowledge(moRef, least);
        }
    }

    @Nullable Position cursor() {
        return watch.cursor();
    }
}
