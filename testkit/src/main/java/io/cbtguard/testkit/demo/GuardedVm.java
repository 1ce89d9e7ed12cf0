package io.cbtguard.testkit.demo;

import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A ProtectedVM as its owner watches it: one watch from the start, so that what arrives is timed and not what is asked for. */
final class GuardedVm implements Watcher<ProtectedVM>, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Watch watch;
    private @Nullable Seen latest;

    /**
     * The status as it arrived.
     *
     * @param at when, by our clock
     */
    record Seen(ProtectedVMStatus status, Instant at) {
        boolean has(String type, String value, @Nullable String reason) {
            return status.conditions().stream()
                    .filter(c -> type.equals(c.getType()))
                    .filter(c -> value.equals(c.getStatus()))
                    .anyMatch(c -> reason == null || reason.equals(c.getReason()));
        }
    }

    private GuardedVm(KubernetesClient client, String namespace, String name) {
        this.name = namespace + "/" + name;
        this.watch = client.resources(ProtectedVM.class)
                .inNamespace(namespace)
                .withName(name)
                .watch(this);
    }

    static GuardedVm watch(KubernetesClient client, String namespace, String name) {
        return new GuardedVm(client, namespace, name);
    }

    @Override
    public synchronized void eventReceived(Action action, ProtectedVM vm) {
        if (vm.getStatus() != null) {
            latest = new Seen(vm.getStatus(), Instant.now());
            notifyAll();
        }
    }

    @Override
    public void onClose(WatcherException cause) {
        // the next wait says what is missing
    }

    /**
     * Waits until a condition has the given status and reason.
     *
     * @param reason null: any
     * @throws IllegalStateException with the status as it is, if that does not come within a minute
     */
    Seen await(String type, String status, @Nullable String reason) {
        String what = type + "=" + status + (reason == null ? "" : " (" + reason + ")");
        return await(what, seen -> seen.has(type, status, reason));
    }

    /**
     * Waits until a status fulfils a condition.
     *
     * @param what the condition, for the message
     */
    synchronized Seen await(String what, Predicate<Seen> condition) {
        Instant limit = Instant.now().plus(PATIENCE);
        while (latest == null || !condition.test(latest)) {
            long left = Duration.between(Instant.now(), limit).toMillis();
            if (left <= 0) {
                throw new IllegalStateException("expected %s of ProtectedVM %s within %d s, but it shows:%n%s"
                        .formatted(
                                what,
                                name,
                                PATIENCE.toSeconds(),
                                latest == null ? "no status" : Serialization.asYaml(latest.status())));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return Objects.requireNonNull(latest);
    }

    @Override
    public void close() {
        watch.close();
    }
}
