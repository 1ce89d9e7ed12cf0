package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Which VM was restored, and how. */
@ApiType
@ValidationRule(
        value = "self == oldSelf",
        message = "the spec of a VMRestore cannot be changed: create a new VMRestore")
public record VMRestoreSpec(
        @Required @JsonPropertyDescription("The ProtectedVM whose VM was restored, in the same namespace.")
        LocalRef protectedVMRef,

        @Required @JsonPropertyDescription("InPlace: the VM's own disks were written over.")
        RestoreKind kind,

        @Pattern(Formats.TIME) @JsonPropertyDescription("When it began, if that was before this object was created.")
        @Nullable String at,

        @Size(max = 1024) @JsonPropertyDescription("Anything else that people should read.") @Nullable String message) {

    /** How a VM was restored. */
    public enum RestoreKind {
        InPlace
    }
}
