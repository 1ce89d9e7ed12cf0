package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What ends a finding. */
public enum Cure {
    @JsonProperty("Full")
    FULL,
    @JsonProperty("ResetThenFull")
    RESET_THEN_FULL
}
