package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A stretch in which the VM ran on one ESXi build. */
@ApiType
public record RecordedResidence(
        @JsonPropertyDescription("Absent: nobody remembers, which counts as any build.") @Nullable RecordedBuild build,

        @Required @JsonPropertyDescription("The first position at which it may have begun.")
        RecordedPosition from,

        @JsonPropertyDescription("The last position at which it may have ended; absent: the present one.") @Nullable RecordedPosition to,

        @JsonPropertyDescription("Whether the build was seen and not merely possible.")
        boolean certain) {}
