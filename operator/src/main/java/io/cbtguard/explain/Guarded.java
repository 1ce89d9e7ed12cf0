package io.cbtguard.explain;

import org.jspecify.annotations.Nullable;

/**
 * A ProtectedVM and the case of its VM.
 *
 * @param vcenter {@code namespace/name} of its VCenter
 * @param standing why there is no case, as the condition Ready says it; empty if there is one
 * @param matter null while there is no record for it
 */
public record Guarded(
        String namespace,
        String name,
        String vcenter,
        String standing,
        @Nullable Case matter) {
    public String fullName() {
        return namespace + "/" + name;
    }
}
