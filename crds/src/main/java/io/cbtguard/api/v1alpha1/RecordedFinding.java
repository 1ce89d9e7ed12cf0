package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One cause applied to one scope. */
@ApiType
public record RecordedFinding(
        @Required @JsonPropertyDescription("The same for the same cause, however often it is learned.")
        String id,

        @Required @JsonPropertyDescription("The word for the cause.")
        String reason,

        @Required @JsonPropertyDescription("When it happened, in vCenter's order.")
        RecordedInterval at,

        @JsonPropertyDescription("Identities of the disks concerned; empty: the whole VM.") @OmitEmpty
        List<String> disks,

        @Required @JsonPropertyDescription("What ends its effect: None, Full or ResetThenFull.")
        String cure,

        @JsonPropertyDescription("Baselines of this tracking epoch began after the cause and are not touched.")
        @Nullable String sparesEpoch,

        @JsonPropertyDescription("What it rests on.") @Nullable Evidence evidence,

        @JsonPropertyDescription("What happened and what it means for a restore.") @Nullable String message,

        @JsonPropertyDescription("What to do.") @Nullable String remedy) {
    /** Absent lists are empty ones. */
    public RecordedFinding {
        disks = Formats.listOf(disks);
    }

    /** What a finding rests on, as vCenter told it. */
    @ApiType
    public record Evidence(
            @JsonPropertyDescription("Key of the event; 0: unknown.")
            long eventKey,

            @JsonPropertyDescription("Type of the event.") @OmitEmpty @Nullable String eventType,

            @JsonPropertyDescription("descriptionId of the task.") @OmitEmpty @Nullable String task,

            @JsonPropertyDescription("Key of the task.") @OmitEmpty @Nullable String taskKey,

            @JsonPropertyDescription("Who did it.") @OmitEmpty @Nullable String user,

            @JsonPropertyDescription("The snapshot concerned.") @OmitEmpty @Nullable String snapshot,

            @Pattern(Formats.TIME) @JsonPropertyDescription("vCenter's time.") @OmitEmpty @Nullable String time,

            @JsonPropertyDescription("What was before.") @OmitEmpty @Nullable String oldValue,

            @JsonPropertyDescription("What is after.") @OmitEmpty @Nullable String newValue) {}
}
