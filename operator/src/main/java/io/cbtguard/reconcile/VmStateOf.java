package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus;
import io.cbtguard.metrics.VmStates;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a ProtectedVM's status means for the state gauges. */
final class VmStateOf {
    private VmStateOf() {}

    static VmStates.State status(ProtectedVM vm, ProtectedVMStatus status) {
        ResourceID vcenter = Informed.vcenterOf(vm);
        Optional<Condition> forceFull = Conditions.find(status.conditions(), ConditionTypes.FORCE_FULL);
        Optional<Condition> atRisk =
                Conditions.find(status.conditions(), ConditionTypes.AT_RISK).filter(c -> "True".equals(c.getStatus()));
        return new VmStates.State(
                Informed.fullName(vcenter),
                vm.getSpec().policyRef().name(),
                state(vm, forceFull.map(Condition::getStatus).orElse("Unknown")),
                forceFull.map(Condition::getReason).orElse(""),
                atRisk.map(Condition::getReason).orElse(null),
                Objects.requireNonNullElse(status.suspectRestorePoints(), 0L),
                time(status.lastGood()),
                time(status.lastRestoreTest()));
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private static String state(ProtectedVM vm, String forceFull) {
        if (vm.getSpec().suspend()) {
            return "suspended";
        }
        return switch (forceFull) {
            case "True" -> "force_full";
            case "False" -> "incremental";
            default -> "unknown";
        };
    }
}
