package io.cbtguard.inventory;

/** What an event or task says happened, as far as a judgement needs to tell it apart. */
public enum OccurrenceKind {
    /** A snapshot was reverted: the revert event, or a revert task of either kind that ended successfully. */
    REVERTED,
    /** A revert task that ended in a fault; {@link Occurrence#fault} says which. */
    REVERT_FAILED,
    /** A snapshot was created: a task that ended successfully; {@link Occurrence#snapshot} is its result. */
    SNAPSHOT_CREATED,
    /** The VM was reconfigured; {@link Occurrence#message} says what, as far as vCenter tells. */
    RECONFIGURED,
    /** The VM runs on {@link Occurrence#host} from now on (migration, relocation, restart elsewhere). */
    MOVED,
    /** A linked clone's disks were promoted: their file chains were rewritten. */
    DISKS_PROMOTED,
    /** {@link Occurrence#host} crashed under its VMs. */
    HOST_CRASHED,
    /** The VM left or entered the inventory (removed, unregistered, registered). */
    IDENTITY,
    /** vCenter lost sight of {@link Occurrence#host}. */
    HOST_DISCONNECTED,
    /** vCenter sees {@link Occurrence#host} again. */
    HOST_CONNECTED,
    /** History between {@link Occurrence#interval}'s ends cannot be read; concerns every VM of the vCenter. */
    GAP
}
