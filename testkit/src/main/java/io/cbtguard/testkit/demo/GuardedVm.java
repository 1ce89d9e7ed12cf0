package io.cbtguard.testkit.demo;

import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A ProtectedVM as its owner watches it. */
final class GuardedVm {
    private static final int PATIENCE_SECONDS = 60;

    private final KubernetesClient client;
    private final String namespace;
    private final String name;

    GuardedVm(KubernetesClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    ProtectedVMStatus status() {
        return Objects.requireNonNull(get().getStatus(), "status");
    }

    /**
     * Waits until a condition has the given status and reason.
     *
     * @param reason null: any
     * @throws IllegalStateException with the status as it is, if that does not come within a minute
     */
    ProtectedVMStatus await(String type, String status, @Nullable String reason) {
        Predicate<ProtectedVM> reached = vm -> vm != null
                && condition(vm, type)
                        .filter(c -> status.equals(c.getStatus()))
                        .filter(c -> reason == null || reason.equals(c.getReason()))
                        .isPresent();
        try {
            var vm = client.resources(ProtectedVM.class)
                    .inNamespace(namespace)
                    .withName(name)
                    .waitUntilCondition(reached, PATIENCE_SECONDS, TimeUnit.SECONDS);
            return Objects.requireNonNull(vm.getStatus(), "status");
        } catch (KubernetesClientTimeoutException e) {
            throw new IllegalStateException(
                    "expected %s=%s%s of ProtectedVM %s/%s within %d s, but it shows:%n%s"
                            .formatted(
                                    type,
                                    status,
                                    reason == null ? "" : " (" + reason + ")",
                                    namespace,
                                    name,
                                    PATIENCE_SECONDS,
                                    Serialization.asYaml(get().getStatus())),
                    e);
        }
    }

    static Optional<Condition> condition(ProtectedVM vm, String type) {
        var status = vm.getStatus();
        return status == null
                ? Optional.empty()
                : status.conditions().stream()
                        .filter(c -> type.equals(c.getType()))
                        .findFirst();
    }

    private ProtectedVM get() {
        return Objects.requireNonNull(
                client.resources(ProtectedVM.class)
                        .inNamespace(namespace)
                        .withName(name)
                        .get(),
                "ProtectedVM");
    }
}
