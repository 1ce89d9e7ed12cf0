package io.cbtguard.judge.record;

import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Reason;

/**
 * A full that somebody or something asked for, without distrust of the baselines. Ends with a full minted after it.
 *
 * @param token what made the request one of its own (the annotation's value), so that it counts once
 */
public record Demand(Reason reason, Position at, String token, String message) {}
