package io.cbtguard.api.v1alpha1;

/**
 * The reasons of conditions, findings and decisions: a closed list that grows only together with its documentation.
 * Reasons of findings say what happened to the VM; the others say where a condition stands.
 */
public final class Reasons {
    // Findings: what happened, in the order in which they take precedence at the same position.
    /** A snapshot was reverted: change IDs minted before it do not know what the revert changed. */
    public static final String SNAPSHOT_REVERTED = "SnapshotReverted";

    /** A newer snapshot shows a lower number of the same epoch: a revert that nobody announced. */
    public static final String CHANGE_ID_REGRESSED = "ChangeIdRegressed";

    /** The VM has run on another ESXi version or build since the mint. */
    public static final String HOST_UPGRADED = "HostUpgraded";

    /** The VM may have run on a build that an advisory names. */
    public static final String AFFECTED_HOST_BUILD = "AffectedHostBuild";

    /** Tracking is off on the VM or a disk. */
    public static final String CBT_DISABLED = "CbtDisabled";

    /** Tracking is on and has not taken effect: there was no stun since. */
    public static final String TRACKING_NOT_ACTIVE = "TrackingNotActive";

    /** The epoch of the change IDs is another one: tracking was reset. */
    public static final String CBT_RESET = "CbtReset";

    /** Tracking was switched on while snapshots existed. */
    public static final String ENABLED_WITH_SNAPSHOTS = "EnabledWithSnapshots";

    /** A restore went over the VM. */
    public static final String RESTORED_IN_PLACE = "RestoredInPlace";

    /** A disk's size differs from its baseline's. */
    public static final String DISK_RESIZED = "DiskResized";

    /** Another disk is where the baseline's disk was. */
    public static final String DISK_REPLACED = "DiskReplaced";

    /** A disk came that no backup has read. */
    public static final String DISK_ADDED = "DiskAdded";

    /** A disk with a baseline is gone. */
    public static final String DISK_REMOVED = "DiskRemoved";

    /** A disk is on another datastore. */
    public static final String DISK_RELOCATED = "DiskRelocated";

    /** A linked clone was promoted: its disks' chains were rewritten. */
    public static final String DISKS_PROMOTED = "DisksPromoted";

    /** The host or the VM lost power while tracking was on. */
    public static final String UNCLEAN_SHUTDOWN = "UncleanShutdown";

    /** Consolidation is needed and failed, or has been pending too long. */
    public static final String CONSOLIDATION_FAILED = "ConsolidationFailed";

    /** The flags of VM and disk disagree, or the tracking file is unusable. */
    public static final String CBT_CONFIG_INCONSISTENT = "CbtConfigInconsistent";

    /** A snapshot was deleted while a backup proxy still held the disk. */
    public static final String HOT_ADD_LEFTOVER = "HotAddLeftover";

    /** The VM was registered again, cloned, or is in another vCenter. */
    public static final String VM_IDENTITY_CHANGED = "VmIdentityChanged";

    /** The disk is of a kind that never has change IDs. */
    public static final String DISK_NOT_TRACKABLE = "DiskNotTrackable";

    /** A tool reports that vCenter refused the change ID. */
    public static final String CHANGE_ID_REJECTED = "ChangeIdRejected";

    /** Evidence between the mint and now cannot be read. */
    public static final String EVENT_GAP = "EventGap";

    /** An incremental was reported whose base is none of this chain's baselines. */
    public static final String BASE_UNKNOWN = "BaseUnknown";

    /** A snapshot exists that no backup tool made: a revert is possible. */
    public static final String FOREIGN_SNAPSHOT = "ForeignSnapshot";

    /** A person asked for a full backup. */
    public static final String FULL_REQUESTED = "FullRequested";

    /** An announced change asks for a full backup. */
    public static final String PLANNED_CHANGE = "PlannedChange";

    /** The policy's age or count asks for a full backup. */
    public static final String POLICY_FULL_DUE = "PolicyFullDue";

    /** There is no change ID to start from. */
    public static final String NO_BASELINE = "NoBaseline";

    // ProtectedVM: good states.
    /** The VM is found, and the record is bound to it. */
    public static final String BOUND = "Bound";

    /** The view of the VM is current. */
    public static final String CURRENT = "Current";

    /** Tracking is on and has taken effect. */
    public static final String TRACKING = "Tracking";

    /** Every change ID can be trusted. */
    public static final String TRUSTED = "Trusted";

    /** No full backup is needed. */
    public static final String NOT_NEEDED = "NotNeeded";

    /** There is a Good restore point within the RPO. */
    public static final String SAFE = "Safe";

    // ProtectedVM: what keeps it from being judged.
    /** No such VM that this namespace may use. */
    public static final String VM_NOT_FOUND = "VMNotFound";

    /** Several VMs are meant: name it by moRef or instanceUuid. */
    public static final String VM_AMBIGUOUS = "VMAmbiguous";

    /** An older ProtectedVM guards this VM. */
    public static final String ALREADY_PROTECTED = "AlreadyProtected";

    /** No such VCenter. */
    public static final String VCENTER_NOT_FOUND = "VCenterNotFound";

    /** There is no session with the vCenter. */
    public static final String VCENTER_UNREACHABLE = "VCenterUnreachable";

    /** Another vCenter answers at the address than the one that the record is bound to. */
    public static final String VCENTER_REPLACED = "VCenterReplaced";

    /** No such BackupPolicy in this namespace. */
    public static final String POLICY_NOT_FOUND = "PolicyNotFound";

    /** The VCenter's access rule does not admit this VM for this namespace. */
    public static final String NOT_ALLOWED = "NotAllowed";

    /** History is still being read. */
    public static final String CATCHING_UP = "CatchingUp";

    /** Somebody set spec.suspend. */
    public static final String SUSPENDED = "Suspended";

    /** A newer operator wrote the record. */
    public static final String RECORD_TOO_NEW = "RecordTooNew";

    /** The record is not of the form that any operator writes. */
    public static final String RECORD_UNREADABLE = "RecordUnreadable";

    /** The API server does not take the record, or others keep writing it. */
    public static final String RECORD_NOT_WRITABLE = "RecordNotWritable";

    /** Tracking was reset by the operator; the full is not reported yet. */
    public static final String AWAITING_FULL = "AwaitingFull";

    /** A snapshot after a reset is assumed to be a full backup's. */
    public static final String ASSUMED_AFTER_RESET = "AssumedAfterReset";

    // ProtectedVM: at risk.
    /** The newest restore point is Suspect. */
    public static final String NEWEST_RESTORE_POINT_SUSPECT = "NewestRestorePointSuspect";

    /** The newest Good restore point is older than the RPO. */
    public static final String RPO_EXCEEDED = "RPOExceeded";

    /** There is no restore point. */
    public static final String NEVER_BACKED_UP = "NeverBackedUp";

    /** The full that is needed has not come within the policy's grace. */
    public static final String FORCE_FULL_PENDING = "ForceFullPending";

    /** No restore was tested for longer than the policy allows. */
    public static final String RESTORE_TEST_OVERDUE = "RestoreTestOverdue";

    // VCenter.
    /** There is a session. */
    public static final String CONNECTED = "Connected";

    /** The server does not answer. */
    public static final String UNREACHABLE = "Unreachable";

    /** The server refuses user and password. */
    public static final String CREDENTIALS_REJECTED = "CredentialsRejected";

    /** The server's certificate is not the one expected. */
    public static final String CERTIFICATE_REJECTED = "CertificateRejected";

    /** No such Secret, or ConfigMap of certificates, in the namespace. */
    public static final String SECRET_NOT_FOUND = "SecretNotFound";

    /** It lacks a key. */
    public static final String SECRET_KEY_MISSING = "SecretKeyMissing";

    /** The Secret is for another server: its annotation cbtguard.io/server is missing or different. */
    public static final String SECRET_SERVER_MISMATCH = "SecretServerMismatch";

    /** An older VCenter watches the same vCenter. */
    public static final String DUPLICATE_VCENTER = "DuplicateVCenter";

    /** The account lacks privileges. */
    public static final String PRIVILEGES_MISSING = "PrivilegesMissing";

    /** The VCenter is in none of the operator's --vcenter-namespaces. */
    public static final String NAMESPACE_NOT_WATCHED = "NamespaceNotWatched";

    // CBTAdvisory.
    /** The advisory counts. */
    public static final String IN_FORCE = "InForce";

    /** The advisory is switched off. */
    public static final String DISABLED = "Disabled";

    /** Another advisory replaces this bundled one. */
    public static final String OVERRIDDEN = "Overridden";

    /** The advisory counts, but what it means to replace is no bundled advisory. */
    public static final String OVERRIDES_NOTHING = "OverridesNothing";

    // VMBackup.
    /** Every change ID can be trusted: an incremental is right. */
    public static final String BASELINE_VALID = "BaselineValid";

    /** There was no decision before spec.deadline. */
    public static final String DECISION_DEADLINE = "DecisionDeadline";

    /** The report waits for vCenter and is judged later. */
    public static final String COMMIT_PENDING = "CommitPending";

    /** A run of this name exists for the VM: names are single-use. */
    public static final String NAME_REUSED = "NameReused";

    /** The namespace has as many chains for this VM as it may have. */
    public static final String TOO_MANY_CHAINS = "TooManyChains";

    /** The decision waits for vCenter. */
    public static final String WAITING_FOR_VCENTER = "WaitingForVCenter";

    /** The full waits for its turn. */
    public static final String WAITING_FOR_BUDGET = "WaitingForBudget";

    /** The decision waits for consolidation. */
    public static final String WAITING_FOR_CONSOLIDATION = "WaitingForConsolidation";

    /** The decision waits for a task on the VM. */
    public static final String TASK_IN_FLIGHT = "TaskInFlight";

    /** The decision waits for another run of the chain. */
    public static final String OTHER_RUN_OPEN = "OtherRunOpen";

    /** The report carries another token than the decision. */
    public static final String TOKEN_MISMATCH = "TokenMismatch";

    /** The report came after the run had expired. */
    public static final String RUN_EXPIRED = "RunExpired";

    /** The run was cancelled. */
    public static final String CANCELLED = "Cancelled";

    /** Something happened between the base and the commit. */
    public static final String CAUSE_DURING_RUN = "CauseDuringRun";

    /** The reported change IDs are not the ones that the snapshot had. */
    public static final String REPORT_MISMATCH = "ReportMismatch";

    /** The reported snapshot was never seen. */
    public static final String SNAPSHOT_NOT_SEEN = "SnapshotNotSeen";

    /** The tool reports that it failed. */
    public static final String REPORTED_FAILED = "ReportedFailed";

    // VMRestore.
    /** A test restore passed, and the record holds it. */
    public static final String RESTORE_TEST_PASSED = "RestoreTestPassed";

    /** A test restore failed, and the record holds it. */
    public static final String RESTORE_TEST_FAILED = "RestoreTestFailed";

    /** No restore point of the VM is of the run that the test names. */
    public static final String RESTORE_POINT_NOT_FOUND = "RestorePointNotFound";

    private Reasons() {}
}
