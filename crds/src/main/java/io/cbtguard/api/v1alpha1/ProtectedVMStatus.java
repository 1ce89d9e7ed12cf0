package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one VM, shown to people. It is derived from the VMRecord and may be lost or forged without
 * consequence; only {@code VMBackup.status.decision} authorises a backup.
 */
@ApiType
public record ProtectedVMStatus(
        @JsonPropertyDescription("The metadata.generation that this status speaks of.") @Nullable Long observedGeneration,

        @JsonPropertyDescription("The VMRecord that holds the truth behind this status.") @Nullable NamespacedRef record,

        @JsonPropertyDescription("The VM as last seen.") @Nullable ObservedVM vm,

        @JsonPropertyDescription("What the next backup has to be: the worst over the active chains.") @Nullable NextBackup nextBackup,

        @Size(max = 64) @JsonPropertyDescription(
                "The lines of backups of this VM in this namespace, each with its baselines. Two backup"
                        + " tools on one VM are two chains.")
        List<ChainStatus> chains,

        @Size(max = 32) @JsonPropertyDescription("What happened that backups have to answer for, newest first; open findings only.")
        List<FindingStatus> findings,

        @Size(max = 64) @JsonPropertyDescription("Open findings that did not fit into findings, counted by reason.")
        List<FindingCount> olderFindings,

        @Size(max = 10) @JsonPropertyDescription("The newest restore points; the record has the rest.")
        List<RestorePointStatus> restorePoints,

        @JsonPropertyDescription("Number of restore points that are Suspect: a restore from them may be corrupt.")
        @Nullable Long suspectRestorePoints,

        @Pattern(Formats.TIME) @JsonPropertyDescription("Time of the newest Good restore point.") @Nullable String lastGood,

        @Pattern(Formats.TIME) @JsonPropertyDescription("Time of the newest test restore that passed.") @Nullable String lastRestoreTest,

        @Size(max = 64) @JsonPropertyDescription("Backups of the VM that have begun and not ended.")
        List<ActiveRun> activeRuns,

        @Pattern(Formats.TIME) @JsonPropertyDescription(
                "vCenter time of the view that this status shows; moves only together with another" + " field.")
        @Nullable String observedAt,

        @JsonPropertyDescription("Ready, Fresh, CBTEnabled, BaselineValid, ForceFull and AtRisk, each always present.")
        List<Condition> conditions) {

    /** Absent lists are empty ones. */
    public ProtectedVMStatus {
        chains = Formats.listOf(chains);
        findings = Formats.listOf(findings);
        olderFindings = Formats.listOf(olderFindings);
        restorePoints = Formats.listOf(restorePoints);
        activeRuns = Formats.listOf(activeRuns);
        conditions = Formats.listOf(conditions);
    }

    /** The VM as last seen in vCenter. */
    @ApiType
    public record ObservedVM(
            @JsonPropertyDescription("Managed object reference, such as vm-42.") @Nullable String moRef,

            @JsonPropertyDescription("config.instanceUuid.") @Nullable String instanceUuid,

            @JsonPropertyDescription("Name in vCenter.") @Nullable String name,

            @JsonPropertyDescription("Name of the host that it runs on.") @Nullable String host,

            @JsonPropertyDescription("ESXi version of that host.") @Nullable String esxVersion,

            @JsonPropertyDescription("ESXi build number of that host.") @Nullable Long esxBuild,

            @JsonPropertyDescription("poweredOn, poweredOff or suspended.") @Nullable String powerState) {}

    /** What the next backup has to be. */
    @ApiType
    public record NextBackup(
            @Required
            @JsonPropertyDescription(
                    "Full: an incremental would not be trustworthy. Incremental: every change ID can be"
                            + " trusted. Unknown: it cannot be said now.")
            BackupType type,

            @Pattern(Formats.REASON) @Size(max = Formats.REASON_LENGTH) @JsonPropertyDescription("Why, such as SnapshotReverted.")
            @Nullable String reason,

            @JsonPropertyDescription("The reason in a sentence, with who and when, and what to do.") @Nullable String message,

            @Pattern(Formats.TIME) @JsonPropertyDescription("Since when this is so, in vCenter time.") @Nullable String since) {}

    /** One line of backups of one tool and job. */
    @ApiType
    public record ChainStatus(
            @Required @JsonPropertyDescription("VMBackup.spec.chain.")
            String name,

            @JsonPropertyDescription("What the next backup of this chain has to be.") @Nullable NextBackup nextBackup,

            @Pattern(Formats.TIME) @JsonPropertyDescription("Time of the newest full restore point.") @Nullable String lastFull,

            @Pattern(Formats.TIME) @JsonPropertyDescription("Time of the newest Good restore point.") @Nullable String lastGood,

            @Size(max = Formats.DISKS) @JsonPropertyDescription("The VM's disks, with the verdict on their change ID in this chain.")
            List<DiskStatus> disks) {

        /** Absent lists are empty ones. */
        public ChainStatus {
            disks = Formats.listOf(disks);
        }
    }

    /** A disk and the verdict on its baseline. */
    @ApiType
    public record DiskStatus(
            @JsonPropertyDescription("UUID of the disk's backing, such as 6000C29a-....") @Nullable String id,

            @JsonPropertyDescription("Device key, such as 2000.") @Nullable Long key,

            @JsonPropertyDescription("Label, such as Hard disk 1.") @Nullable String label,

            @JsonPropertyDescription("Size of the disk.") @Nullable Long capacityBytes,

            @Required
            @JsonPropertyDescription("Valid: an incremental on the baseline is right. Invalid: it would be wrong, or"
                    + " there is no baseline. Unknown: it cannot be said now. NotTrackable: the disk never has change"
                    + " IDs. Excluded: the ProtectedVM leaves it out.")
            DiskVerdict verdict,

            @Pattern(Formats.REASON) @Size(max = Formats.REASON_LENGTH) @JsonPropertyDescription("Why.") @Nullable String reason,

            @JsonPropertyDescription("What the next incremental would start from; absent: nothing.") @Nullable BaselineStatus baseline) {}

    /** A change ID and where it came from. */
    @ApiType
    public record BaselineStatus(
            @Required @JsonPropertyDescription("The change ID: UUID of the tracking epoch, slash, number.")
            String changeId,

            @Pattern(Formats.TIME) @JsonPropertyDescription("vCenter time at which the creation of its snapshot was queued.")
            @Nullable String mintedAt,

            @JsonPropertyDescription("Key of the event at its creation.") @Nullable Long eventKey,

            @JsonPropertyDescription("moRef of the snapshot.") @Nullable String snapshot,

            @JsonPropertyDescription("The backup run that read the snapshot.") @Nullable String run,

            @JsonPropertyDescription("ESXi version that the VM ran on.") @Nullable String esxVersion,

            @JsonPropertyDescription("ESXi build that the VM ran on.") @Nullable Long esxBuild) {}

    /** One cause applied to this VM. */
    @ApiType
    public record FindingStatus(
            @Required
            @Pattern(Formats.REASON) @Size(max = Formats.REASON_LENGTH) @JsonPropertyDescription("What happened, such as SnapshotReverted.")
            String reason,

            @Pattern(Formats.TIME) @JsonPropertyDescription("When, in vCenter time.") @Nullable String at,

            @JsonPropertyDescription("The one chain that it concerns; absent: all.") @Nullable String chain,

            @Size(max = Formats.DISKS) @JsonPropertyDescription("Ids of the disks that it concerns; empty: all.")
            List<String> disks,

            @JsonPropertyDescription("What ends it. Full: a committed full backup that began afterwards. ResetThenFull:"
                    + " such a full after a CBT reset.")
            @Nullable Cure cure,

            @JsonPropertyDescription("Where this is known from.") @Nullable Evidence evidence,

            @JsonPropertyDescription("What happened, in a sentence.") @Nullable String message,

            @JsonPropertyDescription("What to do about it.") @Nullable String remedy) {

        /** Absent lists are empty ones. */
        public FindingStatus {
            disks = Formats.listOf(disks);
        }
    }

    /** What in vCenter a finding rests on. */
    @ApiType
    public record Evidence(
            @JsonPropertyDescription("Key of the vCenter event.") @Nullable Long eventKey,

            @JsonPropertyDescription("User who did it, as vCenter names them.") @Nullable String user,

            @JsonPropertyDescription("Kind of the task, such as vm.Snapshot.revert.") @Nullable String task,

            @JsonPropertyDescription("Name of the snapshot.") @Nullable String snapshot,

            @JsonPropertyDescription("The value before.") @Nullable String oldValue,

            @JsonPropertyDescription("The value afterwards.") @Nullable String newValue) {}

    /** Findings of one reason that are not listed one by one. */
    @ApiType
    public record FindingCount(
            @Required
            @Pattern(Formats.REASON) @Size(max = Formats.REASON_LENGTH) @JsonPropertyDescription("The reason that they share.")
            String reason,

            @Required @JsonPropertyDescription("How many.") long count) {}

    /** What a backup left, and whether a restore from it can be trusted. */
    @ApiType
    public record RestorePointStatus(
            @Required @JsonPropertyDescription("Name of the run: its VMBackup.")
            String run,

            @JsonPropertyDescription("uid of that VMBackup.") @Nullable String uid,

            @JsonPropertyDescription("Its chain.") @Nullable String chain,

            @Required @JsonPropertyDescription("How it was taken: Full, Incremental, or Unknown.")
            BackupType type,

            @JsonPropertyDescription("The run that an incremental builds on.") @Nullable String parent,

            @Pattern(Formats.TIME) @JsonPropertyDescription("The moment that it shows, in vCenter time.") @Nullable String at,

            @Required
            @JsonPropertyDescription("Good: nothing speaks against it. Suspect: a restore may be corrupt, see reason."
                    + " Unknown: cannot be vouched for.")
            Trust trust,

            @Pattern(Formats.REASON) @Size(max = Formats.REASON_LENGTH) @JsonPropertyDescription("Why it is not Good.")
            @Nullable String reason) {}

    /** A backup that has begun and not ended. */
    @ApiType
    public record ActiveRun(
            @Required @JsonPropertyDescription("Name of the VMBackup.")
            String name,

            @JsonPropertyDescription("uid of the VMBackup.") @Nullable String uid,

            @JsonPropertyDescription("Its chain.") @Nullable String chain) {}
}
