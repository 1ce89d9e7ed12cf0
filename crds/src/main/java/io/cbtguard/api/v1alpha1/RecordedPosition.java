package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A point in vCenter's order: by epoch, then by event key, else by vCenter's clock. */
@ApiType
public record RecordedPosition(
        @Required
        @JsonPropertyDescription(
                "Counts the orders of this vCenter: a new one begins when event keys fall or its clock steps back.")
        long epoch,

        @JsonPropertyDescription("Key of the event that marks the point; absent or -1: only the time is known.")
        @Nullable Long key,

        @Required @Pattern(Formats.TIME) @JsonPropertyDescription("vCenter's time.")
        String time) {}
