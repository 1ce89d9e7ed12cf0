package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far an advisory reaches among what the operator watches. */
@ApiType
public record CBTAdvisoryStatus(
        @JsonPropertyDescription("The metadata.generation that this status speaks of.") @Nullable Long observedGeneration,

        @JsonPropertyDescription("Number of hosts that run an affected build now, without spec.exceptHosts.") @Nullable Long affectedHosts,

        @JsonPropertyDescription("Number of VMs with a record that are on an affected build now.") @Nullable Long affectedVMs,

        @JsonPropertyDescription(
                "Number of restore points that are Suspect because of it, with those that build on them.")
        @Nullable Long suspectRestorePoints,

        @JsonPropertyDescription("Ready; its reason says whether the advisory is in force.")
        List<Condition> conditions) {

    /** Absent lists are empty ones. */
    public CBTAdvisoryStatus {
        conditions = Formats.listOf(conditions);
    }
}
