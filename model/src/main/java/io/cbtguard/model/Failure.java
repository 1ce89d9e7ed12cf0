package io.cbtguard.model;

/** What a history showed that must not be. */
record Failure(Kind kind, int step, String what) {
    enum Kind {
        /** a Good restore point differs from the disk at its mint */
        UNSOUND_POINT,
        /** an incremental was allowed on a base that predates a revert which history had told of */
        UNSOUND_DECISION,
        /** a full was forced though nothing had happened */
        WASTE,
        /** handling the same twice changed the record */
        NOT_SETTLED,
        /** the judge threw */
        THROWN
    }

    @Override
    public String toString() {
        return kind + " at step " + step + ": " + what;
    }
}
