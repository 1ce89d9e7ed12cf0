package io.cbtguard.api.v1alpha1;

/** Whether a disk's change ID can be trusted. */
public enum DiskVerdict {
    Valid,
    Invalid,
    Unknown,
    NotTrackable,
    Excluded
}
