package io.cbtguard.inventory;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a change ID, which the API calls opaque and the VDDK documents as {@code <epoch UUID>/<number>}. Parsed leniently: what
 * cannot be parsed has no epoch and no number, and that is Unknown, never "equal".
 */
public final class ChangeId {
    private ChangeId() {}

    /** The epoch UUID: all up to the first slash; empty for {@code *}, an empty or a slashless text. */
    public static Optional<String> epoch(String changeId) {
        int slash = changeId.indexOf('/');
        if (slash <= 0 || changeId.startsWith("*")) {
            return Optional.empty();
        }
        return Optional.of(changeId.substring(0, slash));
    }

    /** Whether it says both epoch and number; what does not is never a baseline. */
    public static boolean isWhole(String changeId) {
        return epoch(changeId).isPresent() && number(changeId).isPresent();
    }

    /** The number behind the first slash; empty if there is none or it is no decimal number. */
    public static OptionalLong number(String changeId) {
        int slash = changeId.indexOf('/');
        if (slash <= 0) {
            return OptionalLong.empty();
        }
        for (int i = slash + 1; i < changeId.length(); i++) {
            if (changeId.charAt(i) < '0' || changeId.charAt(i) > '9') { // no sign, which parseLong would take
                return OptionalLong.empty();
            }
        }
        try {
            return OptionalLong.of(Long.parseLong(changeId.substring(slash + 1)));
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }
}
