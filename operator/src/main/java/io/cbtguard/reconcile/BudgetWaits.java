package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * How long VMBackups have waited for their turn or for another run. That is not waiting for vCenter: {@code decisionTimeout} counts from the end of it.
 */
final class BudgetWaits {
    private final Clock clock;
    private final Map<String, Wait> waits = new ConcurrentHashMap<>();
    private final Map<String, Instant> behind = new ConcurrentHashMap<>();
    private final Map<String, Instant> told = new ConcurrentHashMap<>();

    BudgetWaits(Clock clock) {
        this.clock = clock;
    }

    /** @param until the last time that nothing else was waited for */
    private record Wait(Instant since, Instant until) {}

    /** It waits for nothing but its turn now. */
    void waits(VMBackup backup) {
        Instant now = clock.instant();
        waits.merge(
                backup.getMetadata().getUid(),
                new Wait(shownSince(backup, now), now),
                (old, first) -> new Wait(old.since(), now));
    }

    /** How long it has waited since it was first told to; zero if it never was. */
    Duration waited(VMBackup backup) {
        Wait wait = waits.get(backup.getMetadata().getUid());
        return wait == null ? Duration.ZERO : Duration.between(wait.since(), clock.instant());
    }

    /** How long it has been asking for something else than a turn. */
    Duration asking(VMBackup backup) {
        String uid = backup.getMetadata().getUid();
        Wait wait = waits.get(uid);
        Instant since = Stream.of(
                        Instant.parse(backup.getMetadata().getCreationTimestamp()),
                        wait == null ? Instant.MIN : wait.until(),
                        behind.getOrDefault(uid, Instant.MIN))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return Duration.between(since, clock.instant());
    }

    /** It waits for nothing but another run of its chain now. */
    void isBehind(VMBackup backup) {
        behind.put(backup.getMetadata().getUid(), clock.instant());
    }

    /**
     * Whether its place in the queue is to be written down now: when it begins to wait, and then every so often. What was written before
     * this process began may stand as long.
     */
    boolean isToBeTold(VMBackup backup, Duration every) {
        String uid = backup.getMetadata().getUid();
        Instant now = clock.instant();
        if (!Waves.isShownToWait(backup)) {
            told.put(uid, now);
            return true;
        }
        Instant last = told.putIfAbsent(uid, now);
        if (last == null || now.isBefore(last.plus(every))) {
            return false;
        }
        told.put(uid, now);
        return true;
    }

    void forget(String uid) {
        waits.remove(uid);
        behind.remove(uid);
        told.remove(uid);
    }

    /** Of one that waited before this process began, the status knows: Decided has been False since its first answer. */
    private static Instant shownSince(VMBackup backup, Instant now) {
        return Waves.isShownToWait(backup)
                ? Conditions.find(backup.getStatus().conditions(), ConditionTypes.DECIDED)
                        .map(Condition::getLastTransitionTime)
                        .map(Instant::parse)
                        .orElse(now)
                : now;
    }
}
