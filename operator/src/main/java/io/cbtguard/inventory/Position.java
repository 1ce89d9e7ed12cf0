package io.cbtguard.inventory;

import java.time.Instant;

/**
 * A point in vCenter's order: (epoch, event key) where an event marks it, else vCenter's clock.
 *
 * <p>A new epoch begins when event keys fall or vCenter's clock steps back (a restored vCenter, a key overflow); positions of
 * different epochs are ordered by epoch alone. Positions behind the same event (a view in which nothing new was told) are ordered by
 * vCenter's clock. No other clock (host, backup tool, operator) ever orders anything.
 *
 * @param epoch number of the order epoch, from 0
 * @param key key of the event that marks the point, or of the last one before it, {@link #NO_KEY} when only the time is known
 * @param time vCenter's time, as vCenter gave it (microseconds)
 */
public record Position(int epoch, long key, Instant time) {
    /** The value of {@link #key} when no event marks the point. */
    public static final long NO_KEY = -1;

    public static Position ofTime(int epoch, Instant time) {
        return new Position(epoch, NO_KEY, time);
    }

    public boolean hasKey() {
        return key != NO_KEY;
    }

    /** True only if this point certainly came before the other one; the same point is not before itself. */
    public boolean isBefore(Position other) {
        if (epoch != other.epoch) {
            return epoch < other.epoch;
        }
        if (hasKey() && other.hasKey() && key != other.key) {
            return key < other.key;
        }
        return time.isBefore(other.time);
    }

    /** For sorting; positions of which neither certainly came before the other are equal. */
    public static int compare(Position a, Position b) {
        return a.isBefore(b) ? -1 : b.isBefore(a) ? 1 : 0;
    }

    public static Position earlier(Position a, Position b) {
        return b.isBefore(a) ? b : a;
    }

    public static Position later(Position a, Position b) {
        return a.isBefore(b) ? b : a;
    }
}
