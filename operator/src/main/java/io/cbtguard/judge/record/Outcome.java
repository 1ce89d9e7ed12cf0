package io.cbtguard.judge.record;

import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Reason;

/**
 * How a run ended.
 *
 * @param trust trust of the point it left, {@code Unknown} if it left none
 * @param at the barrier at which it was judged
 */
public record Outcome(Phase phase, Reason reason, String message, Trust trust, Position at) {}
