package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a disk's change ID can be trusted. */
public enum DiskVerdict {
    @JsonProperty("Valid")
    VALID,
    @JsonProperty("Invalid")
    INVALID,
    @JsonProperty("Unknown")
    UNKNOWN,
    @JsonProperty("NotTrackable")
    NOT_TRACKABLE,
    @JsonProperty("Excluded")
    EXCLUDED
}
