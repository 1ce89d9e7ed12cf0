package io.cbtguard.api.v1alpha1;

/** What ends a finding. */
public enum Cure {
    Full,
    ResetThenFull
}
