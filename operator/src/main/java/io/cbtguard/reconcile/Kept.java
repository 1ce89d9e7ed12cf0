package io.cbtguard.reconcile;

import io.cbtguard.judge.Facts;
import io.cbtguard.judge.Reason;
import io.cbtguard.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record after all that the view knows was taken into it, or why that could not be done now.
 *
 * @param record null if it cannot be used at all
 * @param facts what a verdict may rest on; not fresh if the record could not learn them
 * @param obstacle why the record does not hold what vCenter knows now; null if it does
 * @param message the obstacle in a sentence; empty without one
 * @param result what the caller's change said; null if it was not applied
 */
record Kept<T>(
        @Nullable StoredRecord record,
        @Nullable Facts facts,
        @Nullable Reason obstacle,
        String message,
        @Nullable T result) {
    boolean learned() {
        return obstacle == null;
    }
}
