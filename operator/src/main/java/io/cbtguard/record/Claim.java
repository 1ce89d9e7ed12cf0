package io.cbtguard.record;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * Which ProtectedVM a record belongs to at the moment. It stands on the record, where tenants cannot write, because the status of a
 * ProtectedVM proves nothing; and in an annotation, because it is no part of what is known of the VM.
 *
 * @param namespace of the ProtectedVM
 * @param name of the ProtectedVM
 * @param uid of the ProtectedVM
 */
public record Claim(String namespace, String name, String uid) {
    static final String ANNOTATION = "cbtguard.io/protected-by";

    public static Claim of(HasMetadata protectedVm) {
        var meta = protectedVm.getMetadata();
        return new Claim(meta.getNamespace(), meta.getName(), meta.getUid());
    }

    static Optional<Claim> parse(String text) {
        String[] parts = text.split("/", -1);
        return parts.length == 3 ? Optional.of(new Claim(parts[0], parts[1], parts[2])) : Optional.empty();
    }

    @Override
    public String toString() {
        return namespace + "/" + name + "/" + uid;
    }
}
