package io.cbtguard.judge;

/**
 * A full that somebody wants although no baseline is distrusted.
 *
 * @param reason {@code FullRequested} or {@code PlannedChange}
 * @param token what makes it one of its own: the same token counts once
 * @param message why, for people
 */
public record Wish(Reason reason, String token, String message) {}
