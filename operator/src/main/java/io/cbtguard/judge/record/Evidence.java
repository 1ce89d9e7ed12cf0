package io.cbtguard.judge.record;

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

    public Evidence by(String who, long event, String type) {
        return new Evidence(event, type, task, taskKey, who, snapshot, time, oldValue, newValue);
    }
}
