package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a backup tool did. Its times inform; nothing is ordered by them, because its clock proves nothing. */
@ApiType
public record BackupReport(
        @Pattern("^[A-Za-z0-9._~-]+$") @Size(min = 1, max = 128) @JsonPropertyDescription("status.decision.token of this VMBackup; absent only if no decision was asked for.")
        @Nullable String decisionToken,

        @Required @JsonPropertyDescription("Succeeded: there is a restore point. Failed: there is none.")
        Outcome outcome,

        @Pattern(Formats.GIVEN_TIME) @JsonPropertyDescription("When the tool began, by its own clock.") @Nullable String startedAt,

        @Pattern(Formats.GIVEN_TIME) @JsonPropertyDescription("When the tool was done, by its own clock.") @Nullable String finishedAt,

        @JsonPropertyDescription("The snapshot that was read.") @Nullable Snapshot snapshot,

        @Size(max = Formats.DISKS) @JsonPropertyDescription("The disks that were read. A disk of the snapshot that is left out makes the restore"
                + " point Unknown.")
        List<Disk> disks,

        @Size(max = 1024) @JsonPropertyDescription("Where the backup lies; free text.") @Nullable String location,

        @Size(max = Formats.MESSAGE_LENGTH) @JsonPropertyDescription("Anything else that people should read.") @Nullable String message) {

    /** Absent lists are empty ones. */
    public BackupReport {
        disks = Formats.listOf(disks);
    }

    /** How it went. */
    public enum Outcome {
        Succeeded,
        Failed
    }

    /** The snapshot that was read. */
    @ApiType
    public record Snapshot(
            @Required
            @Size(min = 1, max = 128) @JsonPropertyDescription("Managed object reference, such as snapshot-77.")
            String moRef) {}

    /** How one disk was read. */
    @ApiType
    @ValidationRule(
            value = "has(self.id) || has(self.key)",
            message = "say which disk this is: set id or key, both are in status.decision.disks")
    @ValidationRule(
            value = "self.read != 'Changed' || has(self.changeId) || (has(self.refused) && self.refused)",
            message =
                    "read: Changed needs changeId: the change ID of this disk in the snapshot that was read, which the"
                            + " next incremental starts from")
    public record Disk(
            @Size(min = 1, max = 128) @JsonPropertyDescription("UUID of the disk's backing, as in the decision.")
            @Nullable String id,

            @Min(0) @Max(Integer.MAX_VALUE) @JsonPropertyDescription("Device key, as in the decision.") @Nullable Long key,

            @Size(min = 1, max = Formats.CHANGE_ID_LENGTH) @JsonPropertyDescription("The change ID of this disk in the snapshot that was read (its backing's changeId"
                    + " in the snapshot's config): what the next incremental starts from.")
            @Nullable String changeId,

            @Required
            @JsonPropertyDescription("All: every block. Allocated: the allocated blocks, found without change tracking."
                    + " AllocatedCbt: the answer of QueryChangedDiskAreas for \"*\". Changed: its answer for"
                    + " baseChangeId.")
            Read read,

            @Size(min = 1, max = Formats.NAME_LENGTH) @JsonPropertyDescription("With Changed: the run that it builds on, as in the decision.")
            @Nullable String baseRun,

            @Size(min = 1, max = Formats.CHANGE_ID_LENGTH) @JsonPropertyDescription("With Changed: the change ID that QueryChangedDiskAreas was asked for.")
            @Nullable String baseChangeId,

            @JsonPropertyDescription("Number of bytes read.") @Nullable Long bytes,

            @Default("false") @JsonPropertyDescription("True: vCenter refused the change ID of the decision.")
            boolean refused) {}

    /** How a disk was read. */
    public enum Read {
        All,
        Allocated,
        AllocatedCbt,
        Changed
    }
}
