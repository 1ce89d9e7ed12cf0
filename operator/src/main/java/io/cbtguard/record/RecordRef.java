package io.cbtguard.record;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Where a VMRecord is: the VCenter's namespace, and a name that follows from the VM. */
public record RecordRef(String namespace, String name) {
    public static RecordRef of(HasMetadata object) {
        return new RecordRef(
                object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
