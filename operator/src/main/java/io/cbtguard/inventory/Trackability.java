package io.cbtguard.inventory;

/** Whether a disk can have change IDs at all (KB 1020128 and the VDDK guide name the kinds that cannot). */
public enum Trackability {
    TRACKABLE,
    INDEPENDENT,
    PHYSICAL_RDM,
    SHARED,
    OLD_HARDWARE,
    CTK_DISALLOWED,
    /** The backing is of a type this client does not know, so its change ID cannot be read: nothing can be said. */
    UNKNOWN_BACKING
}
