package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What vCenter last showed of the VM: what the next judgement compares with. */
@ApiType
public record RecordedSighting(
        @Required @JsonPropertyDescription("Up to which position this was so.")
        RecordedPosition at,

        @JsonPropertyDescription("Name of the VM.") @Nullable String name,

        @JsonPropertyDescription("Inventory path of the VM.") @Nullable String inventoryPath,

        @JsonPropertyDescription("moRef of its host.") @Nullable String host,

        @JsonPropertyDescription("Name of its host.") @Nullable String hostName,

        @JsonPropertyDescription("Build of its host when that was last connected.") @Nullable RecordedBuild build,

        @JsonPropertyDescription("poweredOn, poweredOff or suspended.") @Nullable String powerState,

        @JsonPropertyDescription("Whether tracking is on for the VM; absent: it could not be read.") @Nullable Boolean changeTrackingEnabled,

        @JsonPropertyDescription("Its virtual disks.") @OmitEmpty
        List<Disk> disks,

        @JsonPropertyDescription("moRefs of the snapshots that existed.") @OmitEmpty
        List<String> snapshots,

        @JsonPropertyDescription("moRef of the snapshot that it ran on.") @Nullable String currentSnapshot,

        @JsonPropertyDescription("Since when vCenter cannot see the VM; absent: it can.") @Nullable RecordedPosition disconnectedSince,

        @JsonPropertyDescription("Whether the VM had a snapshot when sight of it was lost.")
        boolean snapshotsBeforeDisconnect,

        @JsonPropertyDescription("Since when the VM is not in the operator's sight at all; absent: it is.") @Nullable RecordedPosition lostSince) {
    /** Absent lists are empty ones. */
    public RecordedSighting {
        disks = Formats.listOf(disks);
        snapshots = Formats.listOf(snapshots);
    }

    /** A virtual disk as its live configuration showed it. */
    @ApiType
    public record Disk(
            @Required @JsonPropertyDescription("UUID of the backing at the root of the disk's file chain.")
            String id,

            @JsonPropertyDescription("diskObjectId of the device.") @Nullable String objectId,

            @Required @JsonPropertyDescription("Device key.")
            long key,

            @JsonPropertyDescription("Device label.") @Nullable String label,

            @Required @JsonPropertyDescription("Size.") long capacityBytes,

            @JsonPropertyDescription("moRef of the datastore that holds the root of its file chain.") @Nullable String datastore,

            @JsonPropertyDescription("The live change ID; absent: none has been minted.") @Nullable String changeId,

            @JsonPropertyDescription("The disk's own ctkEnabled flag; absent: not read or not set.") @Nullable Boolean ctkEnabled,

            @JsonPropertyDescription("Whether it can have change IDs at all, and if not why.") @Nullable String trackability) {}
}
