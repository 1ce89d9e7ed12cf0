package io.cbtguard.judge.record;

import io.cbtguard.inventory.Occurrence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a finding rests on. Texts from vCenter are data. Empty texts and 0 mean "not known".
 *
 * @param eventKey key of vCenter's event
 * @param eventType event type id
 * @param task {@code descriptionId} of the task
 * @param taskKey key of the task
 * @param user vCenter user
 * @param snapshot name or moRef of the snapshot concerned
 * @param time vCenter's time; null if only an order is known
 * @param oldValue what was before
 * @param newValue what is after
 */
public record Evidence(
        long eventKey,
        String eventType,
        String task,
        String taskKey,
        String user,
        String snapshot,
        @Nullable Instant time,
        String oldValue,
        String newValue) {
    public static Evidence ofChange(@Nullable Instant time, String oldValue, String newValue) {
        return new Evidence(0, "", "", "", "", "", time, oldValue, newValue);
    }

    /** What history tells of it, in all that it says. */
    public static Evidence of(Occurrence told) {
        return new Evidence(
                told.eventKey(),
                told.eventType(),
                told.task(),
                told.taskKey(),
                told.user(),
                told.snapshot(),
                told.interval().to().time(),
                "",
                "");
    }

    /** The same with what was before and is after. */
    public Evidence changing(String from, String to) {
        return new Evidence(eventKey, eventType, task, taskKey, user, snapshot, time, from, to);
    }

    /** The same with who did it and the event that says so: history explains what only its result shows. */
    public Evidence by(Occurrence told) {
        return new Evidence(
                told.eventKey(), told.eventType(), task, taskKey, told.user(), snapshot, time, oldValue, newValue);
    }

    /** The same with who declared it. */
    public Evidence by(String who) {
        return new Evidence(eventKey, eventType, task, taskKey, who, snapshot, time, oldValue, newValue);
    }
}
