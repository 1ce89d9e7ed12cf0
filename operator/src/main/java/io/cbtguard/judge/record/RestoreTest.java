package io.cbtguard.judge.record;

import java.time.Instant;

/**
 * A restore point that somebody restored somewhere else, to see whether it can be.
 *
 * @param run name of the VMBackup whose point it was
 * @param outcome what came of it
 * @param at when, as declared; not vCenter's time, and nothing is ordered by it but other tests
 * @param by who declared it, such as {@code VMRestore shop/web-01-test}
 */
public record RestoreTest(String run, Result outcome, Instant at, String by) {
    /** Spelled as the API shows it. */
    public enum Result {
        Passed,
        Failed
    }

    public boolean passed() {
        return outcome == Result.Passed;
    }
}
