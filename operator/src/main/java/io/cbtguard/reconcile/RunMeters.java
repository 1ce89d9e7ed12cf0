package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus;
import io.cbtguard.api.v1alpha1.VMBackupStatus.Phase;
import io.cbtguard.metrics.GuardMetrics;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts decisions and judged reports, each once: when its VMBackup's status first shows it. */
final class RunMeters {
    /** An object's creation is known to the second, by the API server's clock. */
    private static final Duration CREATION_IS_ROUGH = Duration.ofSeconds(2);

    private final Informed informed;
    private final GuardMetrics metrics;
    private final Clock clock;
    private final Map<String, Instant> asked = new ConcurrentHashMap<>();
    /** Statuses may be shown twice before the informer shows them once. */
    private final Set<String> decided = ConcurrentHashMap.newKeySet();

    private final Map<String, Long> judged = new ConcurrentHashMap<>();

    RunMeters(Parts parts) {
        this.informed = parts.informed();
        this.metrics = parts.metrics();
        this.clock = parts.clock();
        parts.wakes().whenGone(uid -> {
            asked.remove(uid);
            decided.remove(uid);
            judged.remove(uid);
        });
    }

    /** A VMBackup is being looked at. */
    void seen(VMBackup backup) {
        if (!isDecided(backup.getStatus())) {
            asked.computeIfAbsent(backup.getMetadata().getUid(), uid -> begun(backup));
        }
    }

    /** Not seen at its creation: then the operator was away meanwhile, and whoever asked waited all the same. */
    private Instant begun(VMBackup backup) {
        Instant created = Instant.parse(backup.getMetadata().getCreationTimestamp());
        Instant now = clock.instant();
        return Duration.between(created, now).compareTo(CREATION_IS_ROUGH) > 0 ? created : now;
    }

    /** This is what is shown from now on, in the place of the status that the object has. */
    void shown(VMBackup backup, VMBackupStatus status) {
        String uid = backup.getMetadata().getUid();
        if (status.phase() == Phase.Cancelled && backup.getSpec().report() == null) {
            return; // nobody asked for that
        }
        if (status.decision() != null && !isDecided(backup.getStatus()) && decided.add(uid)) {
            Instant since = Objects.requireNonNullElseGet(asked.remove(uid), () -> begun(backup));
            metrics.decided(
                    vcenter(backup),
                    status.decision().type().name(),
                    status.decision().reason(),
                    Duration.between(since, clock.instant()));
        }
        Long generation = backup.getMetadata().getGeneration();
        boolean isNews = !isJudged(backup.getStatus())
                || !Objects.equals(generation, backup.getStatus().observedGeneration());
        if (backup.getSpec().report() != null
                && status.phase() != null
                && isJudged(status)
                && isNews
                && !Objects.equals(judged.put(uid, Objects.requireNonNullElse(generation, 0L)), generation)) {
            metrics.committed(vcenter(backup), status.phase().name());
        }
    }

    private static boolean isDecided(@Nullable VMBackupStatus status) {
        return status != null && status.decision() != null;
    }

    private static boolean isJudged(@Nullable VMBackupStatus status) {
        Optional<Condition> complete =
                status == null ? Optional.empty() : Conditions.find(status.conditions(), ConditionTypes.COMPLETE);
        return complete.filter(c -> "True".equals(c.getStatus()))
                .filter(c -> !Reasons.COMMIT_PENDING.equals(c.getReason()))
                .isPresent();
    }

    /** Only one that there is and that admits the VM: what people write into a reference makes no series. */
    private String vcenter(VMBackup backup) {
        return informed.protectedVm(Informed.protectedVmOf(backup))
                .filter(AccessRules::admitted)
                .filter(vm -> informed.vcenter(Informed.vcenterOf(vm)).isPresent())
                .map(Informed::vcenterOf)
                .map(Informed::fullName)
                .orElse("");
    }
}
