package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A cause that is queued or running and not yet decided. */
@ApiType
public record RecordedPending(
        @Required @JsonPropertyDescription("Key of the task.")
        String taskKey,

        @JsonPropertyDescription("descriptionId of the task.") @Nullable String task,

        @Required @JsonPropertyDescription("Where it was queued.")
        RecordedPosition queued,

        @JsonPropertyDescription("Who started it.") @Nullable String user) {}
