package io.cbtguard.judge.record;

/** What ends the effect of a finding. */
public enum Cure {
    None,
    Full,
    ResetThenFull
}
