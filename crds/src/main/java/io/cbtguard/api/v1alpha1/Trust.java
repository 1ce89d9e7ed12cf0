package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a restore point can be trusted. */
public enum Trust {
    @JsonProperty("Good")
    GOOD,
    @JsonProperty("Unknown")
    UNKNOWN,
    @JsonProperty("Suspect")
    SUSPECT
}
