package io.cbtguard.judge.record;

/** How a run ended. */
public enum Phase {
    Committed,
    NotCommitted,
    Refused,
    Failed,
    Expired,
    Cancelled
}
