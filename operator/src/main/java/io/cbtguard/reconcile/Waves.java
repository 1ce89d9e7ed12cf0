package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.FullBudget;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.reconcile.Wave.Shown;
import io.cbtguard.reconcile.Wave.Turn;
import io.cbtguard.reconcile.Wave.Waiting;
import io.cbtguard.record.RecordException;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.RecordStore;
import io.cbtguard.record.StoredRecord;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may take a full backup now: one {@link Wave} for each vCenter, counted from the records at its first use, so that a restart
 * gives nothing twice. When a place comes back, those are woken whose turn it is, and nobody else.
 */
final class Waves {
    /** The first of a queue that are shown. */
    static final int NEXT = 10;

    static final String BEGINNING = "the operator has just begun, and those who waited before are heard first";

    /** So long those who waited before a restart have, to be heard before anybody gets a place. */
    private static final Duration GATHERING = Duration.ofSeconds(30);

    private static final Duration GATHERED = GATHERING.plusSeconds(1);

    private static final Duration AT_ONCE = Duration.ofMillis(50);
    /** Who was woken and has not come by then is woken again. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private static final Duration SHOW = Duration.ofSeconds(2);

    private final Informed informed;
    private final RecordStore store;
    private final Clock clock;
    private final Map<ResourceID, Opened> waves = new ConcurrentHashMap<>();
    /** Of those in a queue. */
    private final Map<String, ResourceID> vcenters = new ConcurrentHashMap<>();

    /** Of those whose changes mean something to a wave. */
    private final Map<RecordRef, ResourceID> records = new ConcurrentHashMap<>();

    private final Set<Call> calling = ConcurrentHashMap.newKeySet();
    private final Set<ResourceID> showing = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Wakes wakes;

    Waves(Informed informed, RecordStore store, Clock clock) {
        this.informed = informed;
        this.store = store;
        this.clock = clock;
    }

    /** @param awaited uids of VMBackups that were shown to wait before this process began, and were not heard of yet */
    private record Opened(Wave wave, Set<String> awaited, Instant gathersUntil) {}

    void wakeBy(Wakes all) {
        wakes = all;
    }

    /** Takes a place for a run that wants a full, or a place in the queue. */
    Turn ask(ResourceID vcenter, Waiting who) {
        Opened opened = opened(vcenter);
        boolean isLast = opened.awaited().remove(who.uid()) && opened.awaited().isEmpty();
        vcenters.put(who.uid(), vcenter);
        Turn turn = opened.wave().ask(who, budget(vcenter), hasGathered(opened));
        track(who.record(), vcenter);
        if (isLast) {
            call(vcenter, AT_ONCE); // all others have waited for this one to be heard
        }
        show(vcenter);
        return turn;
    }

    /** Where a run stands in its queue; empty if it is in none. */
    Optional<Turn> stand(String uid) {
        ResourceID vcenter = vcenters.get(uid);
        if (vcenter == null) {
            return Optional.empty();
        }
        Opened opened = opened(vcenter);
        return Optional.ofNullable(opened.wave().stand(uid, budget(vcenter), hasGathered(opened)));
    }

    /** The decision that a place was taken for has been written, or has not: from here on only the record says which. */
    void settled(String uid, RecordRef ref) {
        ResourceID vcenter = vcenters.get(uid);
        if (vcenter == null || !opened(vcenter).wave().isBeingWritten(uid)) {
            return;
        }
        vcenters.remove(uid);
        opened(vcenter).wave().seen(ref, () -> value(ref));
        opened(vcenter).wave().written(uid);
        track(ref, vcenter);
        call(vcenter, AT_ONCE);
        show(vcenter);
    }

    /** It waits no more, whatever became of it. */
    void leave(String uid) {
        waves.forEach((vcenter, opened) -> {
            if (opened.awaited().remove(uid)) {
                call(vcenter, AT_ONCE);
            }
        });
        ResourceID vcenter = vcenters.get(uid);
        if (vcenter == null || opened(vcenter).wave().isBeingWritten(uid)) {
            return; // whoever writes it settles it
        }
        vcenters.remove(uid, vcenter);
        if (opened(vcenter).wave().leave(uid)) {
            call(vcenter, AT_ONCE);
            show(vcenter);
        }
    }

    /** A record has changed, or is gone. */
    void seen(VMRecord record) {
        RecordRef ref = RecordRef.of(record);
        if (!informed.synced() || !(wantsFull(record) || records.containsKey(ref))) {
            return;
        }
        String name = informed.vcenterNameOf(ref);
        ResourceID vcenter = name.isEmpty() ? null : new ResourceID(name, ref.namespace());
        ResourceID before = records.get(ref);
        if (before != null && !before.equals(vcenter)) {
            seen(before, ref, Optional::empty);
        }
        if (vcenter != null) {
            seen(vcenter, ref, () -> value(ref));
        }
    }

    /** One that is not open yet counts the records when it opens; that is not to be before this operator leads. */
    private void seen(ResourceID vcenter, RecordRef ref, Supplier<Optional<VmRecord>> newest) {
        Opened opened = waves.get(vcenter);
        if (opened == null) {
            return;
        }
        if (opened.wave().seen(ref, newest)) {
            call(vcenter, AT_ONCE);
        }
        track(ref, vcenter);
        show(vcenter);
    }

    /** Changes of a record are looked at while they can mean anything; asked last, after whatever has changed that. */
    private void track(RecordRef ref, ResourceID vcenter) {
        records.compute(ref, (r, old) -> {
            Opened opened = waves.get(vcenter);
            return opened != null && opened.wave().concerns(ref) ? vcenter : null;
        });
    }

    /** Its budget may be another one. */
    void changed(ResourceID vcenter) {
        call(vcenter, AT_ONCE);
    }

    void removed(ResourceID vcenter) {
        waves.remove(vcenter);
        vcenters.values().removeIf(vcenter::equals);
        records.values().removeIf(vcenter::equals);
    }

    Shown shown(ResourceID vcenter) {
        return opened(vcenter).wave().shown(NEXT);
    }

    private Opened opened(ResourceID vcenter) {
        return waves.computeIfAbsent(vcenter, this::open);
    }

    private Opened open(ResourceID vcenter) {
        Wave wave = new Wave();
        for (VMRecord record : informed.recordsOf(vcenter)) {
            if (wantsFull(record)) {
                RecordRef ref = RecordRef.of(record);
                records.put(ref, vcenter);
                wave.seen(ref, () -> value(ref));
            }
        }
        Set<String> awaited = ConcurrentHashMap.newKeySet();
        informed.protectedVmsOf(vcenter).stream()
                .flatMap(vm -> informed.backupsOf(vm).stream())
                .filter(Waves::isShownToWait)
                .forEach(backup -> awaited.add(backup.getMetadata().getUid()));
        if (!awaited.isEmpty()) {
            call(vcenter, GATHERED);
        }
        return new Opened(wave, awaited, clock.instant().plus(GATHERING));
    }

    private boolean hasGathered(Opened opened) {
        return opened.awaited().isEmpty() || clock.instant().isAfter(opened.gathersUntil());
    }

    static boolean isShownToWait(VMBackup backup) {
        return backup.getStatus() != null
                && Conditions.find(backup.getStatus().conditions(), ConditionTypes.DECIDED)
                        .filter(decided -> "False".equals(decided.getStatus())
                                && Reasons.WAITING_FOR_BUDGET.equals(decided.getReason()))
                        .isPresent();
    }

    private static boolean wantsFull(VMRecord record) {
        return record.getRuns().stream()
                .anyMatch(run -> run.outcome() == null
                        && run.decision() != null
                        && "Full".equals(run.decision().type()));
    }

    /** What cannot be read tells of no fulls: none is decided of it either. */
    private Optional<VmRecord> value(RecordRef ref) {
        try {
            return store.get(ref).map(StoredRecord::value);
        } catch (RecordException unreadable) {
            return Optional.empty();
        }
    }

    private FullBudget budget(ResourceID vcenter) {
        return informed.vcenter(vcenter)
                .map(found -> found.getSpec().fullBudget())
                .orElse(FullBudget.DEFAULTS);
    }

    /** Once for all that happens until then. */
    private void call(ResourceID vcenter, Duration delay) {
        Wakes all = wakes;
        if (all != null && calling.add(new Call(vcenter, delay))) {
            all.after(delay, () -> {
                calling.remove(new Call(vcenter, delay));
                callNow(vcenter, all);
            });
        }
    }

    private record Call(ResourceID vcenter, Duration delay) {}

    private void callNow(ResourceID vcenter, Wakes all) {
        Opened opened = waves.get(vcenter);
        if (opened == null || !hasGathered(opened)) {
            return;
        }
        List<Waiting> next = opened.wave().next(budget(vcenter));
        next.forEach(who -> {
            if (informed.livingBackup(who.uid()).isPresent()) {
                all.backups.wake(who.backup());
            } else {
                leave(who.uid()); // deleted while it was asking
            }
        });
        if (!next.isEmpty()) {
            call(vcenter, AGAIN);
        }
    }

    private void show(ResourceID vcenter) {
        Wakes all = wakes;
        if (all != null && showing.add(vcenter)) {
            all.after(SHOW, () -> {
                showing.remove(vcenter);
                all.vcenters.wake(vcenter);
            });
        }
    }
}
