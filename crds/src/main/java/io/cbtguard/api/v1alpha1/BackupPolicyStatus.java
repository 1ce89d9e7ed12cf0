package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums over the ProtectedVMs that refer to the policy. */
@ApiType
public record BackupPolicyStatus(
        @JsonPropertyDescription("The metadata.generation that this status speaks of.") @Nullable Long observedGeneration,

        @JsonPropertyDescription("Number of ProtectedVMs that refer to this policy.") @Nullable Long protectedVMs,

        @JsonPropertyDescription("How many of them need a full backup next (ForceFull=True).") @Nullable Long forceFull,

        @JsonPropertyDescription("How many of them are at risk (AtRisk=True).") @Nullable Long atRisk,

        @JsonPropertyDescription("Number of their restore points that are Suspect.") @Nullable Long suspectRestorePoints,

        @JsonPropertyDescription("Ready.") List<Condition> conditions) {

    /** Absent lists are empty ones. */
    public BackupPolicyStatus {
        conditions = Formats.listOf(conditions);
    }
}
