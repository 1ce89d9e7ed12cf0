package io.cbtguard.judge.check;

/** What to do, where several causes ask for the same. */
public final class Remedies {
    /**
     * How a disk's tracking begins anew on a clean map. A flag that goes off and on without a stun in between changes nothing, and
     * tracking that begins while there are snapshots is not reliable (KB 1020128, Broadcom 320557).
     */
    public static final String RESET =
            "Remove all snapshots and switch Changed Block Tracking off and on again, each with a stun after it (as a"
                    + " snapshot made and removed brings)";

    public static final String RESET_THEN_FULL = RESET + ", then take a full backup.";

    private Remedies() {}
}
