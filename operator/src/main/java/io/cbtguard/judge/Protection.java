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
 * @param refuseOnInvalid {@code onInvalid: Refuse}
 * @param fullOnUnknown {@code onUnknown: Full}
 * @param acceptGaps {@code rules.eventGap: Accept}
 * @param trustUnseenSnapshot {@code rules.unseenSnapshot: TrustReport}
 */
public record Protection(
        String namespaceUid,
        String namespace,
        List<String> exclude,
        @Nullable Duration rpo,
        boolean refuseOnInvalid,
        boolean fullOnUnknown,
        Duration decisionTimeout,
        Duration reportTimeout,
        Duration forceFullGrace,
        boolean acceptGaps,
        boolean trustUnseenSnapshot) {
    /** The rules for a record that no ProtectedVM claims at the moment: nothing is tolerated. */
    public static final Protection STRICT = new Protection(
            "",
            "",
            List.of(),
            null,
            false,
            false,
            Duration.ofMinutes(10),
            Duration.ofHours(24),
            Duration.ofHours(24),
            false,
            false);
}
