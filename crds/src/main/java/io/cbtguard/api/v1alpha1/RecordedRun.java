package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A backup run that is open, or ended and not yet shown in its VMBackup. */
@ApiType
public record RecordedRun(
        @Required @JsonPropertyDescription("uid of the VMBackup.")
        String uid,

        @Required @JsonPropertyDescription("Its name.") String name,

        @Required @JsonPropertyDescription("uid of its namespace.")
        String namespaceUid,

        @JsonPropertyDescription("Name of its namespace.") @Nullable String namespace,

        @Required @JsonPropertyDescription("Its chain.") String chain,

        @JsonPropertyDescription("Absent: it reported without asking.") @Nullable Decision decision,

        @JsonPropertyDescription("Absent: it is open.") @Nullable Outcome outcome) {

    /** The answer that it got. */
    @ApiType
    public record Decision(
            @Required @JsonPropertyDescription("Full, Incremental or Refused.")
            String type,

            @Required @JsonPropertyDescription("Why.") String reason,

            @JsonPropertyDescription("The reason in a sentence.") @Nullable String message,

            @JsonPropertyDescription("What its report must carry.") @Nullable String token,

            @Required @JsonPropertyDescription("The barrier at which it was made.")
            RecordedPosition at,

            @Pattern(Formats.TIME) @JsonPropertyDescription("vCenter's time after which the run is expired.") @Nullable String validUntil,

            @JsonPropertyDescription("What to read of each disk.") @OmitEmpty
            List<DecisionDisk> disks) {
        /** Absent lists are empty ones. */
        public Decision {
            disks = Formats.listOf(disks);
        }
    }

    /** What to read of one disk. */
    @ApiType
    public record DecisionDisk(
            @Required @JsonPropertyDescription("Identity of the disk.")
            String id,

            @Required @JsonPropertyDescription("Device key.")
            long key,

            @JsonPropertyDescription("Label.") @Nullable String label,

            @Required @JsonPropertyDescription("Full, Incremental, NotTrackable or Excluded.")
            String type,

            @JsonPropertyDescription("The run to build on.") @Nullable String baseRun,

            @JsonPropertyDescription("The change ID to ask for.") @Nullable String changeId) {}

    /** How it ended. */
    @ApiType
    public record Outcome(
            @Required @JsonPropertyDescription("Committed, NotCommitted, Refused, Failed, Expired or Cancelled.")
            String phase,

            @Required @JsonPropertyDescription("Why.") String reason,

            @JsonPropertyDescription("The reason in a sentence.") @Nullable String message,

            @JsonPropertyDescription("Trust of the point that it left.") @Nullable String trust,

            @Required @JsonPropertyDescription("The barrier at which it was judged.")
            RecordedPosition at) {}
}
