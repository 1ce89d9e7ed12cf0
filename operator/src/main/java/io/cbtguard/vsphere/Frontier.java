package io.cbtguard.vsphere;

import io.cbtguard.inventory.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far history has been read: the order epoch and the last event. Written by the history's thread, read by the inventory's,
 * which needs to know what had been read when a property wait began.
 *
 * @param epoch order epoch, see {@link Position}
 * @param last the last event read; null if there was none yet
 */
record Frontier(int epoch, @Nullable Position last) {
    /** The point at which vCenter's clock said {@code now} and this was the last event known. */
    Position at(Instant now) {
        return new Position(epoch, last == null ? Position.NO_KEY : last.key(), now);
    }
}
