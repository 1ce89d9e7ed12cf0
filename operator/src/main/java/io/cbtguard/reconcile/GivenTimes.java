package io.cbtguard.reconcile;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Times that people write into objects. The CRDs admit only what can be read here; an object that was stored by an older CRD may say
 * what the API server once let through and Java does not read.
 */
final class GivenTimes {
    private GivenTimes() {}

    /** @return empty if it is absent or cannot be read */
    static Optional<Instant> read(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
