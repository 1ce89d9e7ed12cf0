package io.cbtguard.reconcile;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.StoredRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * History that is being read again for single records, because the record went back, or its VM was out of sight, or it could not be
 * written while the cursor moved on. One reading per record at a time; nobody waits for it.
 */
final class Replays {
    private final Map<RecordRef, Reading> readings = new ConcurrentHashMap<>();

    private record Reading(OpenWatch watch, StoredRecord from, CompletableFuture<List<Occurrence>> occurrences) {
        boolean fits(OpenWatch otherWatch, StoredRecord record) {
            return watch == otherWatch
                    && from.uid().equals(record.uid())
                    && !record.value().evidenceThrough().isBefore(from.value().evidenceThrough());
        }
    }

    /**
     * What was read, once it is there; starts the reading otherwise.
     *
     * @param done called when it has been read, or failed
     */
    Optional<List<Occurrence>> read(OpenWatch watch, StoredRecord record, Runnable done) {
        Reading reading = readings.compute(record.ref(), (ref, old) -> {
            if (old != null && old.fits(watch, record) && !old.occurrences().isCompletedExceptionally()) {
                return old;
            }
            return new Reading(watch, record, reading(watch, record));
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

    /** A watch that is being closed takes no reading any more. */
    private static CompletableFuture<List<Occurrence>> reading(OpenWatch watch, StoredRecord record) {
        try {
            return watch.watch()
                    .readAgain(record.value().binding().moRef(), record.value().evidenceThrough());
        } catch (RuntimeException closing) {
            return CompletableFuture.failedFuture(closing);
        }
    }

    /** Its result is in the record. */
    void stored(RecordRef ref) {
        readings.remove(ref);
    }
}
