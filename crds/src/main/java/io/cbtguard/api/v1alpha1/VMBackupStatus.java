package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to one backup run, and what became of it. */
@ApiType
public record VMBackupStatus(
        @JsonPropertyDescription("The metadata.generation that this status speaks of.") @Nullable Long observedGeneration,

        @JsonPropertyDescription("Where the run stands; for people, the conditions are for programs.") @Nullable Phase phase,

        @Pattern(Formats.REASON) @Size(max = Formats.REASON_LENGTH) @JsonPropertyDescription("Why it stands there; for people, the conditions are for programs.")
        @Nullable String reason,

        @JsonPropertyDescription("The answer: what the tool may do, and from which change IDs.") @Nullable Decision decision,

        @JsonPropertyDescription(
                "Trust of the restore point as judged at commit; afterwards the record is what counts.")
        @Nullable Trust trust,

        @JsonPropertyDescription("Decided: there is an answer, a refusal too. Complete: nothing more will happen."
                + " Committed: the restore point is recorded.")
        List<Condition> conditions) {

    /** Absent lists are empty ones. */
    public VMBackupStatus {
        conditions = Formats.listOf(conditions);
    }

    /** Where a run stands. */
    public enum Phase {
        Pending,
        Decided,
        Committed,
        NotCommitted,
        Refused,
        Failed,
        Expired,
        Cancelled
    }

    /** The one thing that authorises a backup. */
    @ApiType
    public record Decision(
            @Required
            @JsonPropertyDescription(
                    "Full: read every disk whole. Incremental: read the changes since the change IDs in"
                            + " disks; a tool that has not got the base run must not. Refused: take no backup.")
            DecisionType type,

            @Required
            @Pattern(Formats.REASON) @Size(max = Formats.REASON_LENGTH) @JsonPropertyDescription("Why, such as SnapshotReverted or BaselineValid.")
            String reason,

            @Size(max = Formats.MESSAGE_LENGTH) @JsonPropertyDescription("The reason in a sentence, with what to do.")
            @Nullable String message,

            @Size(max = 128) @JsonPropertyDescription("To be repeated in spec.report.decisionToken; absent when Refused.")
            @Nullable String token,

            @Pattern(Formats.TIME) @JsonPropertyDescription("When it was decided, in vCenter time: what vCenter had recorded by then is taken"
                    + " into account.")
            @Nullable String at,

            @Pattern(Formats.TIME) @JsonPropertyDescription("Until when the run may report, in vCenter time.") @Nullable String validUntil,

            @Size(max = Formats.DISKS) @JsonPropertyDescription("The VM's disks, each with what to read.")
            List<DecidedDisk> disks) {

        /** Absent lists are empty ones. */
        public Decision {
            disks = Formats.listOf(disks);
        }
    }

    /** What is decided. */
    public enum DecisionType {
        Full,
        Incremental,
        Refused
    }

    /** What to read of one disk. */
    @ApiType
    public record DecidedDisk(
            @JsonPropertyDescription("UUID of the disk's backing.") @Nullable String id,

            @JsonPropertyDescription("Device key.") @Nullable Long key,

            @JsonPropertyDescription("Label.") @Nullable String label,

            @Required
            @JsonPropertyDescription("Full: every block. Incremental: the changes since changeId. NotTrackable: every"
                    + " block, if at all; the disk has no change IDs. Excluded: nothing.")
            DiskType type,

            @JsonPropertyDescription("With Incremental: the run that must be there to build on.") @Nullable String baseRun,

            @JsonPropertyDescription("With Incremental: the change ID to ask QueryChangedDiskAreas for.") @Nullable String changeId) {}

    /** What to read of a disk. */
    public enum DiskType {
        Full,
        Incremental,
        NotTrackable,
        Excluded
    }
}
