package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a restore counts by now. */
@ApiType
public record VMRestoreStatus(
        @JsonPropertyDescription("The metadata.generation that this status speaks of.") @Nullable Long observedGeneration,

        @JsonPropertyDescription("Recorded: the VM's record holds it, and it counts whatever becomes of this object.")
        List<Condition> conditions) {

    /** Absent lists are empty ones. */
    public VMRestoreStatus {
        conditions = Formats.listOf(conditions);
    }
}
