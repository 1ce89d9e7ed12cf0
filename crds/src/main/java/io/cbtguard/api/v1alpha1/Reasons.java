package io.cbtguard.api.v1alpha1;

/**
 * The reasons of conditions, findings and decisions: a closed list that grows only together with its documentation.
 * Reasons of findings say what happened to the VM; the others say where a condition stands.
 */
public final class Reasons {
    // Findings: what happened, in the order in which they take precedence at the same position.
    public static final String SNAPSHOT_REVERTED = "SnapshotReverted";
    public static final String CHANGE_ID_REGRESSED = "ChangeIdRegressed";
    public static final String HOST_UPGRADED = "HostUpgraded";
    public static final String AFFECTED_HOST_BUILD = "AffectedHostBuild";
    public static final String CBT_DISABLED = "CbtDisabled";
    public static final String TRACKING_NOT_ACTIVE = "TrackingNotActive";
    public static final String CBT_RESET = "CbtReset";
    public static final String ENABLED_WITH_SNAPSHOTS = "EnabledWithSnapshots";
    public static final String RESTORED_IN_PLACE = "RestoredInPlace";
    public static final String DISK_RESIZED = "DiskResized";
    public static final String DISK_REPLACED = "DiskReplaced";
    public static final String DISK_ADDED = "DiskAdded";
    public static final String DISK_REMOVED = "DiskRemoved";
    public static final String DISK_RELOCATED = "DiskRelocated";
    public static final String DISKS_PROMOTED = "DisksPromoted";
    public static final String UNCLEAN_SHUTDOWN = "UncleanShutdown";
    public static final String CONSOLIDATION_FAILED = "ConsolidationFailed";
    public static final String CBT_CONFIG_INCONSISTENT = "CbtConfigInconsistent";
    public static final String HOT_ADD_LEFTOVER = "HotAddLeftover";
    public static final String VM_IDENTITY_CHANGED = "VmIdentityChanged";
    public static final String DISK_NOT_TRACKABLE = "DiskNotTrackable";
    public static final String CHANGE_ID_REJECTED = "ChangeIdRejected";
    public static final String EVENT_GAP = "EventGap";
    public static final String BASE_UNKNOWN = "BaseUnknown";
    public static final String FOREIGN_SNAPSHOT = "ForeignSnapshot";
    public static final String FULL_REQUESTED = "FullRequested";
    public static final String PLANNED_CHANGE = "PlannedChange";
    public static final String POLICY_FULL_DUE = "PolicyFullDue";
    public static final String NO_BASELINE = "NoBaseline";

    // ProtectedVM: good states.
    public static final String BOUND = "Bound";
    public static final String CURRENT = "Current";
    public static final String TRACKING = "Tracking";
    public static final String TRUSTED = "Trusted";
    public static final String NOT_NEEDED = "NotNeeded";
    public static final String SAFE = "Safe";

    // ProtectedVM: what keeps it from being judged.
    public static final String VM_NOT_FOUND = "VMNotFound";
    public static final String VM_AMBIGUOUS = "VMAmbiguous";
    public static final String ALREADY_PROTECTED = "AlreadyProtected";
    public static final String VCENTER_NOT_FOUND = "VCenterNotFound";
    public static final String VCENTER_UNREACHABLE = "VCenterUnreachable";
    public static final String VCENTER_REPLACED = "VCenterReplaced";
    public static final String POLICY_NOT_FOUND = "PolicyNotFound";
    public static final String NOT_ALLOWED = "NotAllowed";
    public static final String CATCHING_UP = "CatchingUp";
    public static final String SUSPENDED = "Suspended";
    public static final String RECORD_TOO_NEW = "RecordTooNew";
    public static final String AWAITING_FULL = "AwaitingFull";
    public static final String ASSUMED_AFTER_RESET = "AssumedAfterReset";

    // ProtectedVM: at risk.
    public static final String NEWEST_RESTORE_POINT_SUSPECT = "NewestRestorePointSuspect";
    public static final String RPO_EXCEEDED = "RPOExceeded";
    public static final String NEVER_BACKED_UP = "NeverBackedUp";
    public static final String FORCE_FULL_PENDING = "ForceFullPending";
    public static final String RESTORE_TEST_OVERDUE = "RestoreTestOverdue";

    // VCenter.
    public static final String CONNECTED = "Connected";
    public static final String UNREACHABLE = "Unreachable";
    public static final String CREDENTIALS_REJECTED = "CredentialsRejected";
    public static final String CERTIFICATE_REJECTED = "CertificateRejected";
    public static final String SECRET_NOT_FOUND = "SecretNotFound";
    public static final String SECRET_KEY_MISSING = "SecretKeyMissing";
    public static final String SECRET_SERVER_MISMATCH = "SecretServerMismatch";
    public static final String DUPLICATE_VCENTER = "DuplicateVCenter";
    public static final String PRIVILEGES_MISSING = "PrivilegesMissing";
    public static final String NAMESPACE_NOT_WATCHED = "NamespaceNotWatched";

    // VMBackup.
    public static final String BASELINE_VALID = "BaselineValid";
    public static final String DECISION_DEADLINE = "DecisionDeadline";
    public static final String COMMIT_PENDING = "CommitPending";
    public static final String NAME_REUSED = "NameReused";
    public static final String WAITING_FOR_VCENTER = "WaitingForVCenter";
    public static final String WAITING_FOR_BUDGET = "WaitingForBudget";
    public static final String WAITING_FOR_CONSOLIDATION = "WaitingForConsolidation";
    public static final String TASK_IN_FLIGHT = "TaskInFlight";
    public static final String OTHER_RUN_OPEN = "OtherRunOpen";
    public static final String TOKEN_MISMATCH = "TokenMismatch";
    public static final String RUN_EXPIRED = "RunExpired";
    public static final String CANCELLED = "Cancelled";
    public static final String CAUSE_DURING_RUN = "CauseDuringRun";
    public static final String REPORT_MISMATCH = "ReportMismatch";
    public static final String SNAPSHOT_NOT_SEEN = "SnapshotNotSeen";
    public static final String REPORTED_FAILED = "ReportedFailed";

    private Reasons() {}
}
