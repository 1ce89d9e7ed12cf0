package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.judge.Advisory;
import io.cbtguard.judge.Reach;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.StoredRecord;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How far each advisory reaches into each record. Found while a record is looked at anyway, as reading ten thousand records once more
 * for each advisory took a third of a restart.
 */
final class Reaches {
    private final Supplier<List<Advisory>> advisories;
    private final Map<String, Seen> byRecord = new ConcurrentHashMap<>();

    /** @param advisories all that there are, in force or not; the same instance while none has changed */
    Reaches(Supplier<List<Advisory>> advisories) {
        this.advisories = advisories;
    }

    private record Of(Advisory advisory, Reach reach) {}

    /** @param generation of the record's content that was looked at */
    private record Seen(String uid, long generation, List<Advisory> by, List<Of> reaches) {
        boolean speaksOf(String otherUid, long otherGeneration) {
            return uid.equals(otherUid) && generation == otherGeneration;
        }
    }

    /** A record as it is now. */
    void seen(StoredRecord record) {
        seen(record.ref(), record.uid(), record.generation(), advisory -> Reach.of(record.value(), advisory));
    }

    /** It counts as one that no advisory reaches. */
    void unreadable(VMRecord record) {
        seen(RecordRef.of(record), record.getMetadata().getUid(), generation(record), advisory -> new Reach(false, 0));
    }

    private void seen(RecordRef record, String uid, long generation, Function<Advisory, Reach> reach) {
        List<Advisory> all = advisories.get();
        byRecord.compute(
                record.toString(),
                (ref, old) -> old != null && old.by() == all && old.speaksOf(uid, generation)
                        ? old
                        : new Seen(
                                uid,
                                generation,
                                all,
                                all.stream()
                                        .map(advisory -> new Of(advisory, reach.apply(advisory)))
                                        .toList()));
    }

    private static long generation(VMRecord record) {
        return Objects.requireNonNullElse(record.getMetadata().getGeneration(), 0L);
    }

    /** Empty while the record has not been looked at as it is now, or not since the advisory says this. */
    Optional<Reach> of(VMRecord record, Advisory advisory) {
        Seen seen = byRecord.get(RecordRef.of(record).toString());
        return seen == null || !seen.speaksOf(record.getMetadata().getUid(), generation(record))
                ? Optional.empty()
                : seen.reaches().stream()
                        .filter(of -> of.advisory().equals(advisory))
                        .map(Of::reach)
                        .findFirst();
    }

    /** @param record {@code namespace/name} of one that is gone */
    void forget(String record) {
        byRecord.remove(record);
    }
}
