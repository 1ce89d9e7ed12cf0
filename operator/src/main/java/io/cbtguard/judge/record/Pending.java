package io.cbtguard.judge.record;

import io.cbtguard.inventory.Position;

/**
 * A cause that is queued or running but not yet decided: Unknown until its outcome is known.
 *
 * @param taskKey key of the task
 * @param task {@code descriptionId} of the task
 * @param queued where it was queued
 * @param user who started it, empty if unknown
 */
public record Pending(String taskKey, String task, Position queued, String user) {}
