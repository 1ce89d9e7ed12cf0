package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An object in the same namespace. */
@ApiType
public record LocalRef(
        @Required
        @Size(min = 1, max = Formats.NAME_LENGTH) @JsonPropertyDescription("Name of the object, in the same namespace.")
        String name) {}
