package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** An object in this or another namespace; no namespace means the one of the object that refers. */
@ApiType
public record NamespacedRef(
        @Required @Size(min = 1, max = Formats.NAME_LENGTH) @JsonPropertyDescription("Name of the object.")
        String name,

        @Size(min = 1, max = Formats.NAMESPACE_LENGTH) @JsonPropertyDescription("Namespace of the object; absent: the namespace of the object that refers to it.")
        @Nullable String namespace) {}
