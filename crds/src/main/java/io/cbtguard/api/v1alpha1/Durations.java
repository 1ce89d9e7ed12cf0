package io.cbtguard.api.v1alpha1;

import java.text.ParseException;
import java.time.Duration;

/** Reads the durations of this API: a sum of hours, minutes and seconds, such as {@code 24h} or {@code 1h30m}. */
public final class Durations {
    private Durations() {}

    /** As it would stand in a resource, in whole seconds. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds % 3600 == 0 && seconds > 0
                ? seconds / 3600 + "h"
                : seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /**
     * The length of a duration as it stands in a resource.
     *
     * @throws IllegalArgumentException if {@code text} is not of the form that the CRDs admit
     */
    public static Duration parse(String text) {
        if (!text.matches(Formats.DURATION)) {
            throw new IllegalArgumentException("not a duration such as 24h or 1h30m: " + text);
        }
        try {
            return io.fabric8.kubernetes.api.model.Duration.parse(text).getDuration();
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a duration such as 24h or 1h30m: " + text, e);
        }
    }
}
