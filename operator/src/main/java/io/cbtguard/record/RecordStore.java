package io.cbtguard.record;

import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.judge.record.VmRecord;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of VMRecords. A change is made from the newest version known and written with that version as its precondition;
 * where another write came first, what was judged is thrown away and judged again from a live read. An answer that is lost is not
 * guessed: the object is read again. What nobody can see is not written.
 */
public final class RecordStore {
    private static final int TRIES = 5;

    private final KubernetesClient client;
    private final RecordCache cache;
    private final BooleanSupplier informed;
    private final Clock clock;
    private final RecordObjects objects = new RecordObjects();
    private final Map<RecordRef, VMRecord> newest = new ConcurrentHashMap<>();
    private final RecordLocks locks = new RecordLocks();

    /** @param informed whether the caches that records are judged by show all that is there; nothing is written else */
    public RecordStore(KubernetesClient client, RecordCache cache, BooleanSupplier informed, Clock clock) {
        this.client = client;
        this.cache = cache;
        this.informed = informed;
        this.clock = clock;
    }

    /** What a change makes of a record, and what it has to say besides. */
    public record Change<T>(VmRecord record, T result) {}

    /** A record after a change, and what the change said the last time it was applied. */
    public record Changed<T>(StoredRecord record, T result, boolean written) {}

    /**
     * The newest version known without asking the API server: what this process wrote or the informer saw.
     *
     * @throws RecordException if it is there and cannot be read
     */
    public Optional<StoredRecord> get(RecordRef ref) {
        return Optional.ofNullable(known(ref)).map(objects::stored);
    }

    /**
     * What this object says.
     *
     * @throws RecordException if it cannot be read
     */
    public StoredRecord read(VMRecord object) {
        return objects.stored(object);
    }

    /** The ProtectedVM that a VMRecord belongs to. */
    public static Optional<Claim> claimOf(VMRecord object) {
        return RecordObjects.claim(object);
    }

    /** The ProtectedVM that a record belongs to, by the newest version known. */
    public Optional<Claim> claimOf(RecordRef ref) {
        return Optional.ofNullable(known(ref)).flatMap(RecordObjects::claim);
    }

    /**
     * Changes a record. Nothing is written if the change returns the same instance or one that says the same.
     *
     * @throws RecordException if it is gone, too new, unreadable, written by somebody else, or cannot be written
     */
    public <T> Changed<T> update(RecordRef ref, Function<VmRecord, Change<T>> change) {
        return write(ref, new Edit<>(change, held -> held.claim(), false));
    }

    /**
     * The same for a record that somebody else wrote: the change has made its content good from vCenter's history, and this
     * operator answers for it from now on.
     */
    public <T> Changed<T> takeBack(RecordRef ref, Function<VmRecord, Change<T>> change) {
        return write(ref, new Edit<>(change, held -> held.claim(), true));
    }

    /** Says which ProtectedVM a record belongs to, or that it belongs to none; the rule sees the present claim. */
    public StoredRecord claim(RecordRef ref, UnaryOperator<@Nullable Claim> rule) {
        return write(ref, new Edit<>(r -> new Change<>(r, ref), held -> rule.apply(held.claim()), false))
                .record();
    }

    /**
     * Creates a record, or returns the one that is already there. It is written again at once, because only then it carries its own
     * uid; should that fail, it counts as somebody else's, which it may be.
     */
    public StoredRecord create(RecordRef ref, VmRecord value, Claim claim) {
        try (var held = locks.lock(ref)) {
            mayWrite(ref);
            VMRecord first = resource(ref, objects.first(ref, value, claim)).create();
            return objects.stored(remember(ref, signed(ref, first, value, claim)));
        } catch (KubernetesClientException e) {
            VMRecord live = live(ref);
            if (live == null) {
                throw new RecordException(RecordException.Kind.NOT_WRITABLE, ref, e);
            }
            return objects.stored(live);
        }
    }

    private VMRecord signed(RecordRef ref, VMRecord first, VmRecord value, Claim claim) {
        try {
            return resource(ref, objects.next(first, value, claim, null)).update();
        } catch (KubernetesClientException e) {
            return first;
        }
    }

    /** Deletes this very version of a record; false if it has changed meanwhile. */
    public boolean delete(StoredRecord record) {
        VMRecord known = known(record.ref());
        if (known == null || RecordObjects.generation(known.getMetadata()) != record.generation()) {
            return false;
        }
        try {
            resource(record.ref(), known)
                    .lockResourceVersion(known.getMetadata().getResourceVersion())
                    .delete();
            newest.remove(record.ref());
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    /** The informer saw this version: what this process remembers of older ones is of no use any more. */
    public void seen(VMRecord object) {
        newest.computeIfPresent(RecordRef.of(object), (ref, own) -> isNewer(own, object) ? own : null);
    }

    /** The informer saw the object go. */
    public void seenGone(VMRecord object) {
        newest.computeIfPresent(
                RecordRef.of(object),
                (ref, own) ->
                        own.getMetadata().getUid().equals(object.getMetadata().getUid()) ? null : own);
    }

    private record Edit<T>(
            Function<VmRecord, Change<T>> change, Function<StoredRecord, @Nullable Claim> claim, boolean takesBack) {}

    private <T> Changed<T> write(RecordRef ref, Edit<T> edit) {
        try (var held = locks.lock(ref)) {
            VMRecord base = known(ref);
            KubernetesClientException last = null;
            for (int i = 0; i < TRIES; i++) {
                VMRecord before = base == null ? live(ref) : base;
                if (before == null) {
                    throw new RecordException(RecordException.Kind.GONE, ref, "not found");
                }
                try {
                    return write(ref, before, edit);
                } catch (KubernetesClientException e) {
                    if (!worthAnotherTry(e)) {
                        throw new RecordException(RecordException.Kind.NOT_WRITABLE, ref, e);
                    }
                    last = e;
                    base = null;
                }
            }
            throw new RecordException(
                    RecordException.Kind.NOT_WRITABLE, ref, last == null ? new IllegalStateException() : last);
        }
    }

    /** Somebody wrote first, or the answer was lost: then what is there now decides. */
    private static boolean worthAnotherTry(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_CONFLICT
                || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                || e.getCode() == 0
                || e.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    private <T> Changed<T> write(RecordRef ref, VMRecord before, Edit<T> edit) {
        StoredRecord held = objects.stored(before);
        if (!held.own() && !edit.takesBack()) {
            throw new RecordException(RecordException.Kind.FOREIGN, ref, "somebody else wrote it last");
        }
        if (held.own() && edit.takesBack()) {
            throw new RecordException(RecordException.Kind.FOREIGN, ref, "it was taken back meanwhile");
        }
        Change<T> change = edit.change().apply(held.value());
        Claim claim = edit.claim().apply(held);
        Instant since = claim != null ? null : held.unclaimedSince() != null ? held.unclaimedSince() : clock.instant();
        boolean sameValue = change.record() == held.value() || change.record().equals(held.value());
        boolean sameClaim = Objects.equals(claim, held.claim()) && Objects.equals(since, held.unclaimedSince());
        if (sameValue && sameClaim && held.own()) {
            return new Changed<>(held, change.result(), false);
        }
        mayWrite(ref);
        VMRecord next = objects.next(before, change.record(), claim, since);
        VMRecord written = remember(ref, resource(ref, next).update());
        return new Changed<>(objects.stored(written), change.result(), true);
    }

    /** Asked when all is judged: what was read before caches began to be emptied was whole. */
    private void mayWrite(RecordRef ref) {
        if (!informed.getAsBoolean()) {
            throw new RecordException(
                    RecordException.Kind.NOT_WRITABLE, ref, "the operator is ending and judges nothing any more");
        }
    }

    private @Nullable VMRecord known(RecordRef ref) {
        VMRecord own = newest.get(ref);
        VMRecord cached = cache.get(ref).orElse(null);
        if (own == null || cached == null) {
            return own == null ? cached : own;
        }
        return isNewer(own, cached) ? own : cached;
    }

    /** Generations count the data changes of one object; of two objects with one name, the informer's word counts. */
    private static boolean isNewer(VMRecord own, VMRecord cached) {
        return own.getMetadata().getUid().equals(cached.getMetadata().getUid())
                && RecordObjects.generation(own.getMetadata()) > RecordObjects.generation(cached.getMetadata());
    }

    private @Nullable VMRecord live(RecordRef ref) {
        VMRecord live = client.resources(VMRecord.class)
                .inNamespace(ref.namespace())
                .withName(ref.name())
                .get();
        return live == null ? null : remember(ref, live);
    }

    private VMRecord remember(RecordRef ref, VMRecord object) {
        newest.put(ref, object);
        return object;
    }

    private Resource<VMRecord> resource(RecordRef ref, VMRecord object) {
        return client.resources(VMRecord.class).inNamespace(ref.namespace()).resource(object);
    }
}
