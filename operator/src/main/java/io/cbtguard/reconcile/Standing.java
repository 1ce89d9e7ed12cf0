package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.judge.Reason;
import io.cbtguard.record.RecordRef;
import org.jspecify.annotations.Nullable;

/**
 * Where a ProtectedVM stands: to which record it is bound, and whether all it names is there and allowed.
 *
 * @param reason {@code Bound} if all is well; otherwise why not
 * @param record the record it is bound to, also when it does not stand well; null if to none
 * @param vcenter the VCenter it names, null if there is none
 */
record Standing(
        Reason reason,
        String message,
        @Nullable RecordRef record,
        @Nullable VCenter vcenter) {
    boolean ready() {
        return reason == Reason.Bound;
    }

    /** Whether this may pass by itself, without anybody changing anything. */
    boolean passing() {
        return reason == Reason.CatchingUp || reason == Reason.VCenterUnreachable;
    }

    Standing but(Reason otherReason, String otherMessage) {
        return new Standing(otherReason, otherMessage, record, vcenter);
    }
}
