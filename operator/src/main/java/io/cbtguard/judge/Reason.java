package io.cbtguard.judge;

/**
 * The closed list of reasons, spelled as conditions, findings, decisions and metrics show them. The order of the causes is the
 * order in which ties between findings are broken.
 */
public enum Reason {
    // causes
    SnapshotReverted,
    ChangeIdRegressed,
    HostUpgraded,
    AffectedHostBuild,
    CbtDisabled,
    TrackingNotActive,
    CbtReset,
    EnabledWithSnapshots,
    RestoredInPlace,
    DiskResized,
    DiskReplaced,
    DiskAdded,
    DiskRemoved,
    DiskRelocated,
    DisksPromoted,
    UncleanShutdown,
    VmIdentityChanged,
    DiskNotTrackable,
    ChangeIdRejected,
    EventGap,
    BaseUnknown,
    FullRequested,
    PlannedChange,
    PolicyFullDue,
    NoBaseline,
    // good or neutral states
    Current,
    Tracking,
    Trusted,
    NotNeeded,
    Safe,
    Bound,
    Suspended,
    CatchingUp,
    // why a VM cannot be judged
    VMNotFound,
    VMAmbiguous,
    AlreadyProtected,
    VCenterNotFound,
    VCenterUnreachable,
    VCenterReplaced,
    PolicyNotFound,
    NotAllowed,
    RecordTooNew,
    // AtRisk
    NewestRestorePointSuspect,
    RPOExceeded,
    NeverBackedUp,
    ForceFullPending,
    // runs
    BaselineValid,
    DecisionDeadline,
    CommitPending,
    NameReused,
    WaitingForVCenter,
    WaitingForConsolidation,
    TaskInFlight,
    OtherRunOpen,
    TokenMismatch,
    RunExpired,
    Cancelled,
    CauseDuringRun,
    ReportMismatch,
    SnapshotNotSeen,
    ReportedFailed
}
