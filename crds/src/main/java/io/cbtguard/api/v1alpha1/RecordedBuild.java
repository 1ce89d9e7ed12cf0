package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The product of an ESXi host; version and build are only ever compared together. */
@ApiType
public record RecordedBuild(
        @Required @JsonPropertyDescription("ESXi version, such as 8.0.3.")
        String version,

        @Required @JsonPropertyDescription("ESXi build number.")
        long build) {}
