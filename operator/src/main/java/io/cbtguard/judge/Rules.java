package io.cbtguard.judge;

/**
 * How strict a policy is about single causes. What is tolerated leaves restore points that are Unknown at best.
 *
 * @param hostUpgrade {@code hostUpgrade}
 * @param affectedHost {@code affectedHost}
 * @param acceptGaps {@code eventGap: Accept}
 * @param acceptIdentity {@code identity: Accept}
 * @param resetAdopted {@code adoption: Reset}
 * @param trustUnseenSnapshot {@code unseenSnapshot: TrustReport}
 * @param assumeLastBase {@code assumeBase: LastCommitted}
 * @param relocationKills {@code diskRelocated: Always}
 * @param resizeKills {@code diskResized: Always}
 * @param uncleanShutdown {@code uncleanShutdown}
 * @param waitForConsolidation {@code consolidation: Wait}
 */
public record Rules(
        HostUpgrade hostUpgrade,
        AffectedHost affectedHost,
        boolean acceptGaps,
        boolean acceptIdentity,
        boolean resetAdopted,
        boolean trustUnseenSnapshot,
        boolean assumeLastBase,
        boolean relocationKills,
        boolean resizeKills,
        UncleanShutdown uncleanShutdown,
        boolean waitForConsolidation) {
    /** The API's defaults: nothing is tolerated. */
    public static final Rules STRICT = new Rules(
            HostUpgrade.Always,
            AffectedHost.FullOnly,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            UncleanShutdown.WhenIdChanged,
            true);

    /** When another ESXi build ends a baseline. */
    public enum HostUpgrade {
        Always,
        /** Only what an advisory says of the builds. */
        WhenAffected
    }

    /** What to do while the VM is on a build that an advisory names. */
    public enum AffectedHost {
        FullOnly,
        Warn,
        Refuse
    }

    /** What follows when the VM or its host stopped without an orderly shutdown. */
    public enum UncleanShutdown {
        WhenIdChanged,
        Full,
        Warn
    }
}
