package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.BackupPolicy;
import io.cbtguard.api.v1alpha1.BackupPolicyStatus;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Reasons;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Sums up the VMs of a policy. Sums may be a little behind, so that a thousand changes are not a thousand writes. */
@ControllerConfiguration(name = "backuppolicy")
final class BackupPolicyReconciler implements Reconciler<BackupPolicy> {
    private static final Duration PACE = Duration.ofSeconds(1);

    private final Parts parts;
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    BackupPolicyReconciler(Parts parts) {
        this.parts = parts;
    }

    @Override
    public List<EventSource<?, BackupPolicy>> prepareEventSources(EventSourceContext<BackupPolicy> context) {
        parts.informed().policies(context.getPrimaryCache());
        return List.of(parts.wakes().policies);
    }

    @Override
    public UpdateControl<BackupPolicy> reconcile(BackupPolicy policy, Context<BackupPolicy> context) {
        if (!parts.informed().awaitSynced()) {
            return Looks.soon();
        }
        BackupPolicyStatus status = status(policy);
        if (status.equals(policy.getStatus())) {
            return UpdateControl.noUpdate();
        }
        String uid = policy.getMetadata().getUid();
        Instant now = parts.clock().instant();
        Duration left =
                Duration.between(now, written.getOrDefault(uid, Instant.EPOCH).plus(PACE));
        if (left.isPositive()) {
            return Looks.in(left);
        }
        written.put(uid, now);
        StatusWriter.write(
                policy,
                status,
                parts.informed(),
                BackupPolicy::new,
                context,
                parts.wakes().soon(parts.wakes().policies));
        return UpdateControl.noUpdate();
    }

    private BackupPolicyStatus status(BackupPolicy policy) {
        List<ProtectedVM> vms = parts.informed().protectedVmsWith(policy);
        long generation = Objects.requireNonNullElse(policy.getMetadata().getGeneration(), 0L);
        Conditions conditions = new Conditions(
                        policy.getStatus() == null
                                ? List.of()
                                : policy.getStatus().conditions(),
                        generation,
                        parts.clock().instant())
                .set(ConditionTypes.READY, "True", Reasons.CURRENT, "The policy is in force.");
        return new BackupPolicyStatus(
                generation,
                (long) vms.size(),
                with(vms, ConditionTypes.FORCE_FULL),
                with(vms, ConditionTypes.AT_RISK),
                vms.stream()
                        .filter(vm -> vm.getStatus() != null && vm.getStatus().suspectRestorePoints() != null)
                        .mapToLong(
                                vm -> Objects.requireNonNullElse(vm.getStatus().suspectRestorePoints(), 0L))
                        .sum(),
                conditions.list());
    }

    private static long with(List<ProtectedVM> vms, String type) {
        return vms.stream()
                .filter(vm -> vm.getStatus() != null
                        && Conditions.isTrue(vm.getStatus().conditions(), type))
                .count();
    }
}
