package io.cbtguard.judge.manual;

import static io.cbtguard.judge.manual.Standing.INFERRED;
import static io.cbtguard.judge.manual.Standing.NOT_JUDGED;
import static io.cbtguard.judge.manual.Standing.OWN;
import static io.cbtguard.judge.manual.Standing.POLICY;
import static io.cbtguard.judge.manual.Standing.SOURCED;
import static io.cbtguard.judge.manual.Standing.UNVERIFIED;

import java.util.List;
import java.util.Optional;

/** Every cause there is a reason for, in the order in which ties between findings are broken. */
public final class Causes {
    private static final String FULL = "a committed full backup that began after it";
    private static final String RESET_THEN_FULL =
            "a reset of tracking (off and on again without snapshots, a stun after each), then a committed full backup";
    private static final String NONE = "none";
    private static final String BEFORE = "those minted before it";

    private static final List<Cause> ALL = List.of(
            new Cause(
                    "SnapshotReverted",
                    "The VM was reverted to a snapshot: a revert event or task tells so, or the snapshot tree shows"
                            + " what only a revert explains. A revert task that failed counts unless its fault proves that"
                            + " it never began.",
                    "VM",
                    BEFORE,
                    FULL,
                    "incrementals minted after it on a change ID minted before it",
                    "VMware KB 1021607, Symantec TECH136138",
                    SOURCED),
            new Cause(
                    "ChangeIdRegressed",
                    "A newer snapshot froze a number of the same epoch that is not above an older one's, or the live"
                            + " number fell: the tracking file of before is back.",
                    "VM",
                    "those minted before the newer snapshot",
                    FULL,
                    "incrementals minted after it on a change ID minted before it",
                    "VDDK programming guide (each snapshot gives a new number)",
                    INFERRED),
            new Cause(
                    "HostUpgraded",
                    "The VM has come to run on another ESXi version or build: its host was upgraded or downgraded, or"
                            + " the VM moved. Counts under `hostUpgrade: Always`.",
                    "VM",
                    BEFORE,
                    FULL,
                    "none by itself; an advisory may",
                    "VMware KB 2136854, Broadcom 317933 for the builds they name; between other builds it is policy",
                    POLICY),
            new Cause(
                    "AffectedHostBuild",
                    "The VM ran, or may have run, on an ESXi build that an advisory names. Judged for the past too.",
                    "VM",
                    "as the advisory says; while the VM is on such a build, all",
                    "as the advisory says: full, or reset and full",
                    "as the advisory says; a build that is merely possible makes Unknown",
                    "the CBTAdvisory and its references",
                    SOURCED),
            new Cause(
                    "CbtDisabled",
                    "Tracking was switched off for the VM or a disk: what is written then is recorded nowhere.",
                    "VM or disk",
                    BEFORE,
                    "tracking on again, then " + FULL,
                    NONE,
                    "VMware KB 1031873, KB 1020128",
                    SOURCED),
            new Cause(
                    "TrackingNotActive",
                    "Tracking is on and there is no change ID yet: it takes effect at the next stun, such as a snapshot.",
                    "VM or disk",
                    NONE + "; the verdict is Unknown",
                    "the next snapshot",
                    NONE,
                    "VMware KB 1020128, KB 1031873",
                    SOURCED),
            new Cause(
                    "CbtReset",
                    "The epoch (the UUID in the change ID) of a disk is another one: tracking was reset.",
                    "disk",
                    "those of other epochs",
                    FULL,
                    NONE,
                    "VDDK programming guide, VMware KB 2139574",
                    SOURCED),
            new Cause(
                    "EnabledWithSnapshots",
                    "Tracking was switched on while the VM had snapshots: what it tracks is not reliable, and since 6.5"
                            + " no error says so. Under `adoption: Reset` also tracking that nobody saw begin.",
                    "VM or disk",
                    "all of that epoch",
                    RESET_THEN_FULL,
                    "incrementals of that epoch, and fulls by `*`; Unknown where only the proof is missing that there was no snapshot",
                    "VMware KB 1020128, Broadcom 320557, Veritas 100033481",
                    SOURCED),
            new Cause(
                    "RestoredInPlace",
                    "A restore went over the VM, declared by a VMRestore of kind InPlace.",
                    "VM",
                    "all",
                    RESET_THEN_FULL,
                    "points taken while it went on, incrementals after it on a change ID from before it, and fulls by `*` until the reset",
                    "VADP programming tips, VMware KB 1020128",
                    SOURCED),
            new Cause(
                    "DiskResized",
                    "The size of a disk changed. Always shown; it ends a change ID where an advisory names the boundary"
                            + " that was crossed, or under `diskResized: Always`.",
                    "disk",
                    BEFORE + ", by advisory or policy",
                    "as the advisory says, else " + FULL,
                    "by advisory",
                    "VMware KB 2090639, Broadcom 310751 (ESXi 4.x to 5.5, 128 GiB)",
                    SOURCED),
            new Cause(
                    "DiskReplaced",
                    "Another disk (backing UUID or diskObjectId at the root of its file chain) is where this one was.",
                    "disk",
                    "those of the former disk",
                    FULL,
                    NONE,
                    "vSphere API, VirtualDisk",
                    SOURCED),
            new Cause(
                    "DiskAdded",
                    "A disk came that no backup has read.",
                    "disk",
                    "it has none",
                    FULL,
                    NONE,
                    "vSphere API, VirtualDisk",
                    SOURCED),
            new Cause(
                    "DiskRemoved",
                    "A disk with a baseline is gone.",
                    "disk",
                    "those of that disk",
                    "none needed",
                    NONE,
                    "vSphere API, VirtualDisk",
                    SOURCED),
            new Cause(
                    "DiskRelocated",
                    "A disk lies on another datastore. Later versions than ESXi 5.x show by the epoch if tracking was"
                            + " reset, so the move alone counts only under `diskRelocated: Always`.",
                    "disk",
                    BEFORE + ", by policy",
                    FULL,
                    NONE,
                    "VMware KB 1020128; KB 2048201 (ESXi 5.x) by number only, its text was not found",
                    SOURCED),
            new Cause(
                    "DisksPromoted",
                    "The disks of a linked clone were promoted: their file chains were rewritten.",
                    "VM",
                    BEFORE,
                    FULL,
                    NONE,
                    "vSphere API, PromoteDisks_Task",
                    INFERRED),
            new Cause(
                    "UncleanShutdown",
                    "A host crash, a restart by HA or a power loss. If tracking was lost the next change ID shows it;"
                            + " under `uncleanShutdown: Full` a full is asked for at once.",
                    "VM",
                    BEFORE + ", by policy",
                    FULL,
                    NONE,
                    "VMware KB 1020128",
                    SOURCED),
            new Cause(
                    "ConsolidationFailed",
                    "Consolidation is needed and failed, or has been pending too long.",
                    "VM",
                    NONE,
                    "consolidation",
                    NONE,
                    "vSphere API, runtime.consolidationNeeded",
                    NOT_JUDGED),
            new Cause(
                    "CbtConfigInconsistent",
                    "The flags of VM and disk disagree, or the tracking file cannot be used.",
                    "disk",
                    "all",
                    RESET_THEN_FULL,
                    NONE,
                    "VMware KB 1020128",
                    NOT_JUDGED),
            new Cause(
                    "HotAddLeftover",
                    "A snapshot was deleted while a backup proxy still held the disk.",
                    "disk",
                    BEFORE,
                    FULL,
                    NONE,
                    "",
                    NOT_JUDGED),
            new Cause(
                    "VmIdentityChanged",
                    "The VM was registered again, reloaded or given another identity. Tolerated under"
                            + " `identity: Accept`.",
                    "VM",
                    BEFORE,
                    FULL,
                    NONE,
                    "vSphere API, VmRegisteredEvent, VmInstanceUuidChangedEvent",
                    INFERRED),
            new Cause(
                    "DiskNotTrackable",
                    "The disk is of a kind that never has change IDs (independent, physical RDM, shared bus, hardware"
                            + " version below 7, ctkDisallowed), or was so for a time.",
                    "disk",
                    "those from before that time",
                    "none by nature; read it fully each time",
                    NONE,
                    "VMware KB 1020128, VDDK programming guide",
                    SOURCED),
            new Cause(
                    "ChangeIdRejected",
                    "The tool reports that vCenter refused the change ID.",
                    "chain and disk",
                    "that one",
                    FULL,
                    NONE,
                    "VDDK programming guide, VMware KB 2139574",
                    SOURCED),
            new Cause(
                    "EventGap",
                    "Evidence cannot be read: history lost or gone back, or vCenter could not see the host for a time."
                            + " Tolerated under `eventGap: Accept`, and then points are at best Unknown.",
                    "VM",
                    BEFORE + ", by policy",
                    FULL,
                    "none; points become Unknown",
                    "vSphere API, EventHistoryCollector",
                    OWN),
            new Cause(
                    "BaseUnknown",
                    "An incremental was reported whose base is no baseline of this chain, or that names none and there is no other to assume.",
                    "chain",
                    "those of the chain",
                    FULL,
                    "the run itself; Unknown where the chain's newest base is assumed",
                    "",
                    OWN),
            new Cause(
                    "ForeignSnapshot",
                    "A snapshot exists that no backup tool made: a revert is possible.",
                    "VM",
                    NONE,
                    "none needed",
                    NONE,
                    "VMware KB 1021607",
                    NOT_JUDGED),
            new Cause(
                    "FullRequested",
                    "A person asked for a full by the annotation `cbtguard.io/request-full`.",
                    "VM",
                    NONE,
                    "a full backup",
                    NONE,
                    "",
                    POLICY),
            new Cause(
                    "PlannedChange",
                    "An announced change asks for a full before and after it.",
                    "VM",
                    NONE,
                    "a full backup",
                    NONE,
                    "",
                    POLICY),
            new Cause(
                    "PolicyFullDue",
                    "The policy's `full.maxAge` or `full.maxIncrementals` asks for a full.",
                    "chain",
                    NONE,
                    "a full backup",
                    NONE,
                    "",
                    POLICY),
            new Cause(
                    "NoBaseline",
                    "There is no change ID to start from: no full of this chain and disk was committed.",
                    "chain and disk",
                    "there is none",
                    "a committed full backup",
                    NONE,
                    "",
                    OWN),
            new Cause(
                    "HotExtendUnverified",
                    "A disk with tracking was extended while the VM ran on 8.0 U2. Nothing judges by this; a resize is"
                            + " shown as DiskResized.",
                    "disk",
                    NONE,
                    "none",
                    NONE,
                    "VMware KB 95965 by number only",
                    UNVERIFIED));

    private Causes() {}

    public static List<Cause> all() {
        return ALL;
    }

    public static Optional<Cause> of(String reason) {
        return ALL.stream().filter(c -> c.reason().equals(reason)).findFirst();
    }
}
