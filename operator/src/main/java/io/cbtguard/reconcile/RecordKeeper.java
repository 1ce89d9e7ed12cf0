package io.cbtguard.reconcile;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.judge.Facts;
import io.cbtguard.judge.Judge;
import io.cbtguard.judge.Protection;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Binding;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.record.RecordException;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.RecordStore;
import io.cbtguard.record.RecordStore.Change;
import io.cbtguard.record.RecordStore.Changed;
import io.cbtguard.record.StoredRecord;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what a view knows into a record, and acknowledges to the watch only what is stored. The one way in which evidence reaches
 * records: whoever needs an up-to-date record comes here first, and every time the same is learned.
 */
final class RecordKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(RecordKeeper.class);

    /** By then the cache shows who wrote it. */
    private static final Duration REFUSED = Duration.ofMillis(500);

    private final Watches watches;
    private final RecordStore store;
    private final Protections protections;
    private final Replays replays;
    private final Parking parking;
    private final Wakes wakes;
    private final News news;
    private final Clock clock;

    RecordKeeper(
            Watches watches,
            RecordStore store,
            Protections protections,
            Parking parking,
            Wakes wakes,
            News news,
            Clock clock) {
        this.watches = watches;
        this.store = store;
        this.protections = protections;
        this.parking = parking;
        this.wakes = wakes;
        this.news = news;
        this.clock = clock;
        this.replays = new Replays(clock);
    }

    /** What to do with a record that has learned these facts, in the same write. */
    interface Then<T> {
        Change<T> apply(VmRecord record, Facts facts);
    }

    Kept<Boolean> keep(RecordRef ref) {
        return keep(ref, null, (record, facts) -> new Change<>(record, true));
    }

    /**
     * @param reached a view that must at least be learned; null if the newest one will do
     * @throws RecordException if the record could not be written
     */
    <T> Kept<T> keep(RecordRef ref, @Nullable VcenterView reached, Then<T> then) {
        StoredRecord held;
        try {
            Optional<StoredRecord> known = store.get(ref);
            if (known.isEmpty()) {
                return new Kept<>(null, null, Reason.CatchingUp, "The record of this VM is not there yet.", null);
            }
            held = known.get();
        } catch (RecordException e) {
            failed(ref, e);
            return unusable(e);
        }
        Optional<OpenWatch> open =
                watches.get(ref.namespace(), held.value().binding().vcenter());
        Optional<VcenterView> newest = open.flatMap(OpenWatch::view);
        if (open.isEmpty() || newest.isEmpty()) {
            return unlearned(held, open.orElse(null), Reason.CatchingUp, "No view of the vCenter yet.");
        }
        OpenWatch watch = open.get();
        VcenterView view = reached != null && reached.version() > newest.get().version() ? reached : newest.get();
        if (!view.about().instanceUuid().equals(held.value().binding().vcenterUuid())) {
            return unlearned(
                    held, watch, Reason.VCenterReplaced, "Another vCenter answers at the address of this VCenter.");
        }
        return learn(ref, held, watch, view, then);
    }

    private <T> Kept<T> learn(RecordRef ref, StoredRecord held, OpenWatch watch, VcenterView view, Then<T> then) {
        List<Occurrence> replayed = List.of();
        boolean wentBack = !held.own() || !held.value().binding().vcenterUid().equals(watch.vcenterUid());
        boolean isBehind = watch.beginsBeyond(held.value().evidenceThrough());
        Position gone = watch.passedBeyond(ref, held.value().evidenceThrough());
        if (wentBack || isBehind || gone != null || parking.isParked(ref) || Gather.isBackInSight(held.value(), view)) {
            Optional<List<Occurrence>> read = replays.read(watch, held, gone, () -> wakes.record(ref));
            if (read.isEmpty()) {
                return unlearned(
                        held, watch, Reason.CatchingUp, "The history of this VM is being read again from vCenter.");
            }
            replayed = read.get();
        }
        Protection protection = protections.of(held.claim());
        Learner<T> learner = new Learner<>(watch, view, replayed, protection, then, !held.own());
        Changed<T> changed;
        try {
            changed = held.own() ? store.update(ref, learner::apply) : store.takeBack(ref, learner::apply);
        } catch (RecordException | KubernetesClientException e) {
            if (e instanceof RecordException unwritable && unwritable.kind() == RecordException.Kind.FOREIGN) {
                wakes.after(REFUSED, () -> wakes.record(ref)); // seen just now: the next pass knows
                return unlearned(held, watch, Reason.CatchingUp, "The record was written by somebody else.");
            }
            failed(ref, e);
            throw e;
        }
        Facts facts = learner.facts(changed.record().value());
        watch.acknowledge(ref, changed.record().value().binding().moRef(), facts.through());
        replays.stored(ref);
        if (watch.passedBeyond(ref, facts.through()) != null) {
            wakes.record(ref); // more of its history was let go meanwhile: it stays parked until it knows that, too
        } else if (parking.written(ref)) {
            LOG.info("VMRecord {}: can be written again", ref);
            wakes.vcenters.wake(watch.vcenter());
        }
        if (changed.written()) {
            news.tell(watch, ref, changed.record().value().binding().moRef(), learner.found);
        }
        return new Kept<>(changed.record(), facts, null, "", changed.result());
    }

    /** The cursor does not wait for this record: it reads again what it misses when it can be written. */
    void pass(OpenWatch watch, RecordRef ref, String moRef, Position through) {
        watch.pass(ref, moRef, replays.letGo(ref, through));
        if (!parking.isParked(ref)) {
            parking.restore(ref); // it learned something older just now
            wakes.record(ref);
        }
    }

    /** Tells of it once, and parks the record if it goes on. */
    void failed(RecordRef ref, RuntimeException why) {
        if (!parking.isFailing(ref)) {
            LOG.warn("VMRecord {} cannot be used now: {}", ref, why.getMessage());
        }
        if (parking.failed(ref, RecordTrouble.ofAny(why))) {
            LOG.warn("VMRecord {} cannot be used for a minute: parked", ref);
        }
    }

    private <T> Kept<T> unlearned(StoredRecord held, @Nullable OpenWatch watch, Reason reason, String message) {
        Instant now = watch == null ? clock.instant() : watch.now();
        return new Kept<>(held, Gather.none(held.value(), now), reason, message, null);
    }

    private static <T> Kept<T> unusable(RecordException e) {
        RecordTrouble trouble = RecordTrouble.of(e);
        return new Kept<>(null, null, trouble.reason(), trouble.message(), null);
    }

    /** One application of a view to whatever version of the record turns out to be the newest. */
    private static final class Learner<T> {
        private final OpenWatch watch;
        private final VcenterView view;
        private final List<Occurrence> replayed;
        private final Protection protection;
        private final Then<T> then;
        private final boolean foreign;
        private List<Finding> found = List.of();

        Learner(
                OpenWatch watch,
                VcenterView view,
                List<Occurrence> replayed,
                Protection protection,
                Then<T> then,
                boolean foreign) {
            this.watch = watch;
            this.view = view;
            this.replayed = replayed;
            this.protection = protection;
            this.then = then;
            this.foreign = foreign;
        }

        Facts facts(VmRecord record) {
            return Gather.facts(record, view, replayed, watch.now(), watch.fresh());
        }

        Change<T> apply(VmRecord stored) {
            VmRecord record = stored.withBinding(bound(stored.binding()));
            Facts facts = facts(record);
            VmRecord next = Judge.learn(record, facts, protection).record();
            if (foreign) {
                next = distrusted(stored, next, facts.through());
            }
            Change<T> change = then.apply(Judge.expire(next, facts), facts);
            found = News.between(stored, change.record());
            return change;
        }

        private Binding bound(Binding binding) {
            String name = watch.vcenter().getName();
            if (binding.vcenterUid().equals(watch.vcenterUid())
                    && binding.vcenter().equals(name)) {
                return binding;
            }
            return new Binding(
                    name,
                    watch.vcenterUid(),
                    binding.vcenterUuid(),
                    binding.vmUuid(),
                    binding.moRef(),
                    binding.recordUid());
        }

        /** What this copy does not know of its own later life, nobody can tell: that counts against all it holds. */
        private static VmRecord distrusted(VmRecord stored, VmRecord learned, Position through) {
            return Judge.putBack(
                    learned,
                    stored.evidenceThrough(),
                    through,
                    "The record of this VM was put back or edited by somebody else; what was stored in between is lost.");
        }
    }
}
