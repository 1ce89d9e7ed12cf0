package io.cbtguard.judge.record;

import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Reason;

/**
 * A full that somebody or something asked for, without distrust of the baselines. Met by a full minted after it, and then kept so
 * that the same request does not count twice.
 *
 * @param token what made the request one of its own (the annotation's value), so that it counts once
 */
public record Demand(Reason reason, Position at, String token, String message, boolean met) {
    public Demand nowMet() {
        return new Demand(reason, at, token, message, true);
    }
}
