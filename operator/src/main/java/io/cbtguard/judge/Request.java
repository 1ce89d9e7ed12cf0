package io.cbtguard.judge;

/**
 * A VMBackup that asks for a decision.
 *
 * @param uid uid of the VMBackup
 * @param token token for the decision, made by the caller (a judgement makes no random numbers)
 * @param waitedOut whether {@code decisionTimeout} has passed since the request
 */
public record Request(String uid, String name, String chain, Type type, String token, boolean waitedOut) {
    /** Spelled as the API shows it. */
    public enum Type {
        Auto,
        Full,
        Incremental
    }
}
