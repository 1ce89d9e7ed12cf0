package io.cbtguard.testkit.proxy;

import java.util.function.Predicate;

/**
 * What to do at one write, once. After that the proxy only forwards.
 *
 * @param kind the fault
 * @param which the writes that count; those to several objects come in no certain order, so one counts those to one
 * @param write the ordinal of the write it happens at among these, from 1, counted from the moment the plan is armed
 */
public record Plan(Kind kind, Predicate<Write> which, int write) {

    /** Where the fault lies. */
    public enum Kind {
        /** The writer dies before its request reaches the API server. */
        KILL_BEFORE,
        /** The API server has done it; the writer dies before it sees the answer. */
        KILL_AFTER,
        /** The API server has done it; the writer lives, and finds its connection closed. */
        DROP_ANSWER
    }

    public Plan {
        if (write < 1) {
            throw new IllegalArgumentException("writes are counted from 1");
        }
    }

    public static Plan killBefore(int write) {
        return new Plan(Kind.KILL_BEFORE, any -> true, write);
    }

    public static Plan killAfter(int write) {
        return new Plan(Kind.KILL_AFTER, any -> true, write);
    }

    public static Plan dropAnswer(int write) {
        return new Plan(Kind.DROP_ANSWER, any -> true, write);
    }
}
