package io.cbtguard.reconcile;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.StoredRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * History that is being read again for single records, because the record went back, or its VM was out of sight, or it could not be
 * written while the cursor moved on. One reading per record at a time; nobody waits for it.
 */
final class Replays {
    /** So long what was read may wait for its record to be writable. */
    private static final Duration LASTS = Duration.ofMinutes(1);

    private final Map<RecordRef, Reading> readings = new ConcurrentHashMap<>();
    private final Clock clock;

    Replays(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param covers up to where history was known when it began, all of which it tells of; null: nothing was
     * @param read when it was done; null until then
     */
    private record Reading(
            OpenWatch watch,
            StoredRecord from,
            @Nullable Position covers,
            AtomicReference<@Nullable Instant> read,
            CompletableFuture<List<Occurrence>> occurrences) {
        boolean fits(OpenWatch otherWatch, StoredRecord record, @Nullable Position gone) {
            return watch == otherWatch
                    && from.uid().equals(record.uid())
                    && !record.value().evidenceThrough().isBefore(from.value().evidenceThrough())
                    && (gone == null || (covers != null && !covers.isBefore(gone)));
        }
    }

    /**
     * What was read, once it is there; starts the reading otherwise.
     *
     * @param gone up to where views no longer tell of what the record has not; null if they tell of all
     * @param done called when it has been read, or failed
     */
    Optional<List<Occurrence>> read(OpenWatch watch, StoredRecord record, @Nullable Position gone, Runnable done) {
        Reading reading = readings.compute(record.ref(), (ref, old) -> {
            if (old != null
                    && old.fits(watch, record, gone)
                    && !old.occurrences().isCompletedExceptionally()) {
                return old;
            }
            return begun(watch, record);
        });
        if (reading.occurrences().state() == java.util.concurrent.Future.State.SUCCESS) {
            return Optional.of(reading.occurrences().join());
        }
        var unused = reading.occurrences().whenComplete((occurrences, failure) -> {
            if (failure == null) {
                done.run(); // a failure is tried again a little later
            }
        });
        return Optional.empty();
    }

    private Reading begun(OpenWatch watch, StoredRecord record) {
        Position covers = watch.view().map(VcenterView::through).orElse(null);
        Reading reading = new Reading(watch, record, covers, new AtomicReference<>(), reading(watch, record));
        var unused = reading.occurrences()
                .whenComplete((occurrences, failure) -> reading.read().set(clock.instant()));
        return reading;
    }

    /** A watch that is being closed takes no reading any more. */
    private static CompletableFuture<List<Occurrence>> reading(OpenWatch watch, StoredRecord record) {
        try {
            return watch.watch()
                    .readAgain(record.value().binding().moRef(), record.value().evidenceThrough());
        } catch (RuntimeException closing) {
            return CompletableFuture.failedFuture(closing);
        }
    }

    /**
     * How far history may be let go for a record that cannot be written, at most up to there. Not further than a reading covers that
     * the record may yet take in: one under way comes to its end, and one that is done and has waited for too long is given up.
     */
    Position letGo(RecordRef ref, Position through) {
        Reading waiting = readings.computeIfPresent(ref, (r, reading) -> isGivenUp(reading) ? null : reading);
        return waiting == null || waiting.covers() == null ? through : Position.earlier(waiting.covers(), through);
    }

    private boolean isGivenUp(Reading reading) {
        Instant read = reading.read().get();
        return reading.occurrences().isCompletedExceptionally()
                || (read != null && clock.instant().isAfter(read.plus(LASTS)));
    }

    /** Its result is in the record. */
    void stored(RecordRef ref) {
        readings.remove(ref);
    }
}
