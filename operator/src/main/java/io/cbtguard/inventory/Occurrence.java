package io.cbtguard.inventory;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that vCenter's history (events and tasks) says happened. A fact, not yet a cause: what follows from it is judged.
 *
 * @param kind what happened
 * @param interval from what queued or announced it to what completed it, in vCenter's order
 * @param read the position of the history record this was read from; acknowledgement goes by it
 * @param vm moRef of the VM concerned; null if it concerns a host or the whole vCenter
 * @param host moRef of the host concerned, null if none
 * @param eventKey key of the event, 0 if only a task tells of it
 * @param eventType event type id, such as {@code com.vmware.vc.vm.VmStateRevertedToSnapshot}; empty if only a task tells of it
 * @param task {@code descriptionId} of the task, such as {@code vm.Snapshot.revert}; empty if unknown
 * @param taskKey key of the task, empty if unknown
 * @param snapshot moRef or name of the snapshot concerned, empty if unknown
 * @param fault name of the fault a failed task ended with, empty if none; {@code started} tells whether it ever began
 * @param started whether the task began to run (a task that failed before it began has done nothing)
 * @param user vCenter user who caused it, empty if unknown
 * @param message vCenter's own text: data, to be shown escaped
 */
public record Occurrence(
        OccurrenceKind kind,
        Interval interval,
        Position read,
        @Nullable String vm,
        @Nullable String host,
        long eventKey,
        String eventType,
        String task,
        String taskKey,
        String snapshot,
        String fault,
        boolean started,
        String user,
        String message) {
    /** History written later than this after it happened is not found: collectors tell of events in the order of their keys. */
    public static final Duration TOLD_LATE = Duration.ofMinutes(2);
}
