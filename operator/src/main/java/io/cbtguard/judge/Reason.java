package io.cbtguard.judge;

/**
 * The closed list of reasons, spelled as conditions, findings, decisions and metrics show them. The order of the causes is the
 * order in which ties between findings are broken.
 */
public enum Reason {
    // causes
    SnapshotReverted,
    HostUpgraded,
    CbtDisabled,
    TrackingNotActive,
    CbtReset,
    EnabledWithSnapshots,
    DiskReplaced,
    DiskAdded,
    DiskRemoved,
    DiskNotTrackable,
    EventGap,
    BaseUnknown,
    FullRequested,
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
