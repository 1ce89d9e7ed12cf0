package io.cbtguard.api.v1alpha1;

/** What a backup is, or has to be. */
public enum BackupType {
    Full,
    Incremental,
    Unknown
}
