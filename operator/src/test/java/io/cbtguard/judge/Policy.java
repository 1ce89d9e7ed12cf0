package io.cbtguard.judge;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A policy whose defaults are the API's, to be changed while a story runs. */
final class Policy {
    String namespace = "shop";
    List<String> exclude = List.of();

    @Nullable Duration rpo = Duration.ofHours(24);

    @Nullable Duration restoreTestAge;

    boolean refuseOnInvalid;
    boolean fullOnUnknown;
    boolean acceptGaps;
    boolean trustUnseenSnapshot;
    boolean acceptIdentity;
    boolean resetAdopted;
    boolean singleDisks;
    boolean assumeLastBase;
    boolean relocationKills;
    boolean resizeKills;
    List<Advisory> advisories = List.of();
    boolean waitForConsolidation = true;
    Rules.HostUpgrade hostUpgrade = Rules.HostUpgrade.Always;
    Rules.AffectedHost affectedHost = Rules.AffectedHost.FullOnly;
    Rules.UncleanShutdown uncleanShutdown = Rules.UncleanShutdown.WhenIdChanged;
    Protection.FullDue fullDue = Protection.FullDue.NEVER;

    int finishedSeries = 2;

    Protection protection() {
        return new Protection(
                namespace + "-uid",
                namespace,
                exclude,
                rpo,
                singleDisks,
                refuseOnInvalid,
                fullOnUnknown,
                Duration.ofMinutes(10),
                Duration.ofHours(24),
                Duration.ofHours(24),
                restoreTestAge,
                fullDue,
                finishedSeries,
                advisories,
                new Rules(
                        hostUpgrade,
                        affectedHost,
                        acceptGaps,
                        acceptIdentity,
                        resetAdopted,
                        trustUnseenSnapshot,
                        assumeLastBase,
                        relocationKills,
                        resizeKills,
                        uncleanShutdown,
                        waitForConsolidation));
    }
}
