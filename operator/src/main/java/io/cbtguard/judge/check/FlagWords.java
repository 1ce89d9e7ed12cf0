package io.cbtguard.judge.check;

import io.cbtguard.inventory.Occurrence;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What an event says of the switches of Changed Block Tracking: {@code config.changeTrackingEnabled: false -> true}, the same of a disk's
 * {@code ctkEnabled} in extraConfig, or what was asked for, {@code config.changeTrackingEnabled = true}.
 */
final class FlagWords {
    private FlagWords() {}

    static boolean areOfTheFlag(Occurrence reconfigured) {
        return clauses(reconfigured).findAny().isPresent();
    }

    /** Whether something was switched on; the value that something has now comes last. */
    static boolean sayOn(Occurrence reconfigured) {
        return clauses(reconfigured)
                .anyMatch(clause -> clause.substring(Math.max(clause.lastIndexOf("->"), clause.lastIndexOf('=')))
                        .contains("true"));
    }

    private static Stream<String> clauses(Occurrence reconfigured) {
        return Arrays.stream(reconfigured.message().toLowerCase(Locale.ROOT).split(";"))
                .filter(clause -> clause.contains("changetrackingenabled") || clause.contains("ctkenabled"))
                .filter(clause -> clause.contains("->") || clause.contains("="));
    }
}
