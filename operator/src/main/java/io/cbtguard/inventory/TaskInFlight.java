package io.cbtguard.inventory;

/**
 * A task that is queued or running on a VM.
 *
 * @param key task key
 * @param vm moRef of the VM it acts on
 * @param task {@code descriptionId}
 * @param queued position at which it was queued
 * @param user who started it, empty if unknown
 * @param revert whether it is a revert of either kind, whose outcome is a cause
 */
public record TaskInFlight(String key, String vm, String task, Position queued, String user, boolean revert) {}
