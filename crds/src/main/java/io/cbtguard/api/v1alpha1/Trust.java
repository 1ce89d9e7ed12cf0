package io.cbtguard.api.v1alpha1;

/** Whether a restore point can be trusted. */
public enum Trust {
    Good,
    Unknown,
    Suspect
}
