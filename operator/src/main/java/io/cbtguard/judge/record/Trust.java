package io.cbtguard.judge.record;

/** How far a restore point can be trusted, best first; the worst along the series and over the disks counts. */
public enum Trust {
    Good,
    Unknown,
    Suspect;

    public Trust worst(Trust other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
