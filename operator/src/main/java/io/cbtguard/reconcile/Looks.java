package io.cbtguard.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;

/** When to look at an object again; statuses are written by {@link StatusWriter}, so there is never anything else to say. */
final class Looks {
    private static final long SOON_MS = 100;

    private Looks() {}

    static <R extends HasMetadata> UpdateControl<R> soon() {
        return UpdateControl.<R>noUpdate().rescheduleAfter(SOON_MS);
    }

    /** Not later than after this delay. */
    static <R extends HasMetadata> UpdateControl<R> within(Duration delay, UpdateControl<R> look) {
        long millis = Math.min(delay.toMillis(), look.getScheduleDelay().orElse(Long.MAX_VALUE));
        return look.rescheduleAfter(millis);
    }

    static <R extends HasMetadata> UpdateControl<R> in(Duration delay) {
        return UpdateControl.<R>noUpdate().rescheduleAfter(Math.max(SOON_MS, delay.toMillis()));
    }
}
