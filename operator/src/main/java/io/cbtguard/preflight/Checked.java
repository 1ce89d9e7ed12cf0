package io.cbtguard.preflight;

/**
 * One thing that was looked at.
 *
 * @param what the thing, for people
 * @param remark what was seen, and what to do if it does not suffice; may be empty
 */
record Checked(String what, Result result, String remark) {
    /** As the table shows it. */
    enum Result {
        ok,
        /** Good to know, and no hindrance. */
        note,
        missing
    }

    static Checked ok(String what, String remark) {
        return new Checked(what, Result.ok, remark);
    }

    static Checked note(String what, String remark) {
        return new Checked(what, Result.note, remark);
    }

    static Checked missing(String what, String remark) {
        return new Checked(what, Result.missing, remark);
    }

    boolean isMissing() {
        return result == Result.missing;
    }
}
