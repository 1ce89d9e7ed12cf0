package io.cbtguard.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Patterns and limits that several fields share, and the null handling of absent lists and defaults. */
final class Formats {
    static final String GROUP = "cbtguard.io";
    static final String VERSION = "v1alpha1";
    static final String CATEGORY = "cbtguard";

    /** Hours, minutes and seconds; no days, because nobody agrees how long one is. */
    static final String DURATION = "^([0-9]+(h|m|s))+$";

    /** Keeps a duration of any unit within what {@link java.time.Instant} can add. */
    static final int DURATION_LENGTH = 12;

    /** RFC 3339; the generator turns a field with this pattern into {@code format: date-time}. */
    static final String TIME = "^rfc3339$";

    /**
     * RFC 3339 as every reader of it reads it: the API server's {@code date-time} lets through what CEL or Java refuses, such as a
     * comma, lower case, an offset of a day or ten digits of a second. For what people and tools write.
     */
    static final String GIVEN_TIME =
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?"
                    + "(Z|[+-](0[0-9]|1[0-7]):[0-5][0-9])$";

    /** Most characters of an interval in vCenter's order that is written as one word. */
    static final int WORDS = 160;

    /** A reason as in metav1 conditions: a pattern and not an enum, so that old clients read new reasons. */
    static final String REASON = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";

    static final String UUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";
    static final String CHAIN = "^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$";

    static final int NAME_LENGTH = 253;
    static final int NAMESPACE_LENGTH = 63;
    static final int REASON_LENGTH = 128;
    static final int CHANGE_ID_LENGTH = 128;
    static final int MESSAGE_LENGTH = 4096;

    /** vSphere's maximum of virtual disks per VM: four paravirtual controllers with 64 each. */
    static final int DISKS = 256;

    private Formats() {}

    static <T> List<T> listOf(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    static <T> T orDefault(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }
}
