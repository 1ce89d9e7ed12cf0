package io.cbtguard.simulator.core;

/** How {@code QueryChangedDiskAreas("*")} answers for a disk whose tracking began while the VM had snapshots. */
public enum AllocatedAnswer {
    /** As if there had been none. */
    RIGHT,
    /** What lies in files below the live one is left out, without a fault. */
    LIVE_FILE_ONLY,
    /** The whole disk: too much, and nothing is missed. */
    WHOLE_DISK
}
