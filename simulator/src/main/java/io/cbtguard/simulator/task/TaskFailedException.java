package io.cbtguard.simulator.task;

import io.cbtguard.simulator.core.FaultException;

/** A task that somebody waited for ended with a fault. */
public final class TaskFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String fault;

    TaskFailedException(Task task, FaultException cause) {
        super(task.ref() + " on " + task.entity() + ": " + cause.getMessage(), cause);
        fault = cause.fault().getClass().getSimpleName();
    }

    /** The fault's type, such as {@code InvalidPowerState}. */
    public String fault() {
        return fault;
    }

    /** Waits for a task outside of the inventory's lock; throws this if it fails. */
    public static Task await(Task task) {
        Task ended = task.completion().join();
        FaultException error = ended.error();
        if (error != null) {
            throw new TaskFailedException(ended, error);
        }
        return ended;
    }
}
