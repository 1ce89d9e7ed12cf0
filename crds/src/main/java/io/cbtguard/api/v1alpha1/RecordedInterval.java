package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A stretch of vCenter's order in which something happened; both ends belong to it. */
@ApiType
public record RecordedInterval(
        @Required @JsonPropertyDescription("The earliest position at which it may have happened.")
        RecordedPosition from,

        @Required @JsonPropertyDescription("The latest position at which it may have happened.")
        RecordedPosition to) {}
