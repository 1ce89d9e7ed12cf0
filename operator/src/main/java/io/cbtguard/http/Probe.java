package io.cbtguard.http;

/** A question with a yes or no answer and a line that says why. */
@FunctionalInterface
public interface Probe {
    Answer ask();

    /**
     * @param message one line for people
     */
    record Answer(boolean good, String message) {}
}
