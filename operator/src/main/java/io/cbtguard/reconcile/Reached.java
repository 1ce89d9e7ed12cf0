package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.judge.Advisory;
import io.cbtguard.judge.Reach;
import io.cbtguard.record.RecordRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How far one advisory reaches into all records. Counted again, only the records that have changed are read: of ten thousand, few
 * do.
 *
 * @param advisory of whose content this speaks
 */
record Reached(Advisory advisory, Map<RecordRef, OfRecord> byRecord) {
    Reached(Advisory advisory) {
        this(advisory, Map.of());
    }

    /** @param version resource version of the record */
    record OfRecord(String version, Reach reach) {}

    /**
     * @param read how far the advisory reaches into one record
     */
    Reached next(Advisory now, List<VMRecord> records, Function<VMRecord, Reach> read) {
        Map<RecordRef, OfRecord> known = now.equals(advisory) ? byRecord : Map.of();
        Map<RecordRef, OfRecord> next = HashMap.newHashMap(records.size());
        for (VMRecord record : records) {
            RecordRef ref = RecordRef.of(record);
            String version = record.getMetadata().getResourceVersion();
            OfRecord old = known.get(ref);
            next.put(
                    ref,
                    old != null && old.version().equals(version) ? old : new OfRecord(version, read.apply(record)));
        }
        return new Reached(now, next);
    }

    long vms() {
        return byRecord.values().stream().filter(of -> of.reach().now()).count();
    }

    long suspectPoints() {
        return byRecord.values().stream().mapToLong(of -> of.reach().suspect()).sum();
    }
}
