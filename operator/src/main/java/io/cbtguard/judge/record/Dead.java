package io.cbtguard.judge.record;

import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Reason;

/**
 * Why a baseline died. Final.
 *
 * @param finding id of the finding that killed it
 */
public record Dead(Reason reason, Position at, String finding) {}
