package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a backup is, or has to be. */
public enum BackupType {
    @JsonProperty("Full")
    FULL,
    @JsonProperty("Incremental")
    INCREMENTAL,
    @JsonProperty("Unknown")
    UNKNOWN
}
