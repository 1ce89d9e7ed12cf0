package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A snapshot that was seen while it lived, with the change IDs that it froze. */
@ApiType
public record RecordedSnapshot(
        @Required @JsonPropertyDescription("Managed object reference.")
        String moRef,

        @Required @JsonPropertyDescription("vCenter's running number of the VM's snapshots.")
        long id,

        @JsonPropertyDescription("Its name.") @Nullable String name,

        @Pattern(Formats.TIME) @JsonPropertyDescription("Its createTime, by a host's clock: it identifies and orders nothing.")
        @Nullable String createTime,

        @Required @JsonPropertyDescription("When it was created, in vCenter's order.")
        RecordedInterval mint,

        @JsonPropertyDescription("Whether mint comes from its task and not from two views.")
        boolean fromTask,

        @JsonPropertyDescription("Build of the VM's host when the snapshot was first seen.") @Nullable RecordedBuild build,

        @JsonPropertyDescription("The change ID of each disk.") @OmitEmpty
        List<Disk> disks,

        @JsonPropertyDescription("The first position at which it no longer existed; absent: it lives.") @Nullable RecordedPosition goneAt) {
    /** Absent lists are empty ones. */
    public RecordedSnapshot {
        disks = Formats.listOf(disks);
    }

    /** The change ID of one disk in a snapshot. */
    @ApiType
    public record Disk(
            @Required @JsonPropertyDescription("Identity of the disk.")
            String id,

            @Required @JsonPropertyDescription("Device key.")
            long key,

            @JsonPropertyDescription("Absent: the snapshot froze none for this disk.") @Nullable String changeId) {}
}
