package io.cbtguard.record;

/** A record cannot be used now; the kind says what to do, never the text. */
public final class RecordException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is the matter with the record. */
    public enum Kind {
        /** Written by a newer operator: it is left alone, and nothing is decided. */
        TOO_NEW,
        /** Not of the form that any operator writes. */
        UNREADABLE,
        /** There is no such object. */
        GONE,
        /** Somebody else wrote it last: what it says must be made good from vCenter's history before it counts. */
        FOREIGN,
        /** Others keep writing it, or the API server refuses; it may work later. */
        NOT_WRITABLE
    }

    private final Kind kind;
    private final transient RecordRef ref;

    RecordException(Kind kind, RecordRef ref, String message) {
        super("VMRecord " + ref + ": " + kind + ": " + message);
        this.kind = kind;
        this.ref = ref;
    }

    RecordException(Kind kind, RecordRef ref, Throwable cause) {
        super("VMRecord " + ref + ": " + kind + ": " + cause.getMessage(), cause);
        this.kind = kind;
        this.ref = ref;
    }

    public RecordRef ref() {
        return ref;
    }

    public Kind kind() {
        return kind;
    }
}
