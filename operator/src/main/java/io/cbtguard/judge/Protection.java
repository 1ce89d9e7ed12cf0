package io.cbtguard.judge;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ProtectedVM and its policy say, as far as it bears on a judgement.
 *
 * @param namespaceUid uid of the ProtectedVM's namespace: its chains are this namespace's
 * @param namespace name of that namespace
 * @param exclude disks left out of the verdict, by label or identity
 * @param rpo largest age of the newest Good restore point; null: no RPO alarm
 * @param singleDisks {@code scope: Disk}
 * @param refuseOnInvalid {@code onInvalid: Refuse}
 * @param fullOnUnknown {@code onUnknown: Full}
 * @param restoreTestAge largest age of the newest test restore that passed; null: none is asked for
 * @param fullDue when the policy itself asks for a full
 * @param advisories vendor bulletins in force, whatever the policy
 * @param rules how strict to be about single causes
 */
public record Protection(
        String namespaceUid,
        String namespace,
        List<String> exclude,
        @Nullable Duration rpo,
        boolean singleDisks,
        boolean refuseOnInvalid,
        boolean fullOnUnknown,
        Duration decisionTimeout,
        Duration reportTimeout,
        Duration forceFullGrace,
        @Nullable Duration restoreTestAge,
        FullDue fullDue,
        int finishedSeries,
        List<Advisory> advisories,
        Rules rules) {
    /** The rules for a record that no ProtectedVM claims at the moment: nothing is tolerated. */
    public static final Protection STRICT = new Protection(
            "",
            "",
            List.of(),
            null,
            false,
            false,
            false,
            Duration.ofMinutes(10),
            Duration.ofHours(24),
            Duration.ofHours(24),
            null,
            FullDue.NEVER,
            History.FINISHED_KEPT,
            List.of(),
            Rules.STRICT);

    /** The same under these bulletins. */
    public Protection under(List<Advisory> inForce) {
        return new Protection(
                namespaceUid,
                namespace,
                exclude,
                rpo,
                singleDisks,
                refuseOnInvalid,
                fullOnUnknown,
                decisionTimeout,
                reportTimeout,
                forceFullGrace,
                restoreTestAge,
                fullDue,
                finishedSeries,
                inForce,
                rules);
    }

    /**
     * Age and number at which a policy wants a full although no baseline is distrusted.
     *
     * @param maxAge largest age of the newest full of a chain; null: any
     * @param maxIncrementals most incrementals on one full; 0: any number
     */
    public record FullDue(@Nullable Duration maxAge, int maxIncrementals) {
        public static final FullDue NEVER = new FullDue(null, 0);
    }
}
