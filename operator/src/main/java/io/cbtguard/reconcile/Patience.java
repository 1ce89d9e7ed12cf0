package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.judge.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds back that a new ProtectedVM is being looked up. Most are found within seconds, and then the write that says so is one for
 * nothing: with a thousand of them at once, each makes all others wait longer.
 */
final class Patience {
    /** Who looks at a status that is empty for longer than this wonders whether the operator runs at all. */
    static final Duration FIRST_WORD = Duration.ofSeconds(10);

    private final Clock clock;
    private final Map<String, Step> steps = new ConcurrentHashMap<>();

    private record Step(String message, Instant since) {}

    Patience(Clock clock) {
        this.clock = clock;
    }

    /**
     * For how much longer nothing needs to be said; zero or less: say it now. Counts anew for each step, as a VM may have waited in
     * the queue for its next one. There is no waiting where something else has been said before, or where the VCenter says that it
     * cannot be reached.
     */
    Duration left(ProtectedVM vm, Standing standing) {
        if (vm.getStatus() != null || standing.reason() != Reason.CatchingUp || !isComing(standing.vcenter())) {
            return Duration.ZERO;
        }
        Instant now = clock.instant();
        Step step = steps.compute(
                vm.getMetadata().getUid(),
                (uid, old) -> old != null && old.message().equals(standing.message())
                        ? old
                        : new Step(standing.message(), now));
        return FIRST_WORD.minus(Duration.between(step.since(), now));
    }

    /** The object is gone, or something has been said of it. */
    void forget(String uid) {
        steps.remove(uid);
    }

    private static boolean isComing(@Nullable VCenter vcenter) {
        return vcenter != null
                && !vcenter.getSpec().suspend()
                && Conditions.find(VCenterProjection.old(vcenter).conditions(), ConditionTypes.READY)
                        .filter(ready -> ready.getStatus().equals("False")
                                && !ready.getReason().equals(Reasons.CATCHING_UP))
                        .isEmpty();
    }
}
