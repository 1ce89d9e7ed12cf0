package io.cbtguard.reconcile;

import io.cbtguard.judge.Reason;
import io.cbtguard.record.RecordException;

/**
 * Why a record cannot be used, in the words of the API.
 *
 * @param message what it means and what to do
 */
record RecordTrouble(Reason reason, String message) {
    /** The same of whatever a use of it threw: what the API server refuses may pass. */
    static RecordTrouble ofAny(RuntimeException e) {
        return of(e instanceof RecordException known ? known.kind() : RecordException.Kind.NOT_WRITABLE);
    }

    static RecordTrouble of(RecordException e) {
        return of(e.kind());
    }

    private static RecordTrouble of(RecordException.Kind kind) {
        return switch (kind) {
            case TOO_NEW ->
                new RecordTrouble(
                        Reason.RecordTooNew,
                        "The record of this VM was written by a newer operator: upgrade this one. Until then nothing is"
                                + " decided.");
            case UNREADABLE ->
                new RecordTrouble(
                        Reason.RecordUnreadable,
                        "The record of this VM is not of the form that the operator writes. Have an administrator restore"
                                + " it, or delete it: then the VM begins anew with a full.");
            case NOT_WRITABLE ->
                new RecordTrouble(
                        Reason.RecordNotWritable,
                        "The record of this VM cannot be written; the operator's log says why. It is tried again.");
            case FOREIGN, GONE ->
                new RecordTrouble(
                        Reason.CatchingUp,
                        "The record of this VM was changed by somebody else and is being looked at.");
        };
    }

    /** Whether somebody has to do something about it, now that it is known. */
    boolean lasts() {
        return reason == Reason.RecordTooNew || reason == Reason.RecordUnreadable;
    }
}
