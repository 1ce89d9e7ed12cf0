package io.cbtguard.judge.record;

/** What a run left, or what it was told to be. */
public enum BackupType {
    Full,
    Incremental,
    Unknown,
    Refused,
    NotTrackable,
    Excluded
}
