package io.cbtguard.testkit.demo;

import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** All ProtectedVMs of a namespace by one watch: what they show, since when, and when they or a VMRecord were written. */
final class GuardedVms implements Watcher<ProtectedVM>, AutoCloseable {
    private final Map<String, Map<String, Shown>> conditions = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<Instant> arrivals = new ConcurrentLinkedDeque<>();
    private final List<Watch> watches;

    private record Shown(String status, @Nullable String reason, Instant since) {}

    private GuardedVms(KubernetesClient client, String namespace) {
        watches = List.of(
                client.resources(ProtectedVM.class).inNamespace(namespace).watch(this),
                client.resources(VMRecord.class).inAnyNamespace().watch(new Records()));
    }

    static GuardedVms watch(KubernetesClient client, String namespace) {
        return new GuardedVms(client, namespace);
    }

    @Override
    public void eventReceived(Action action, ProtectedVM vm) {
        Instant now = Instant.now();
        arrivals.add(now);
        if (vm.getStatus() == null) {
            return;
        }
        var shown = conditions.computeIfAbsent(vm.getMetadata().getName(), none -> new ConcurrentHashMap<>());
        vm.getStatus()
                .conditions()
                .forEach(c -> shown.merge(
                        c.getType(),
                        new Shown(c.getStatus(), c.getReason(), now),
                        (old, next) -> old.status().equals(next.status()) && Objects.equals(old.reason(), next.reason())
                                ? old
                                : next));
    }

    @Override
    public void onClose(WatcherException cause) {
        // the next wait says what is missing
    }

    /** When a condition came to say this, if it does now. */
    Optional<Instant> since(String vm, String type, String status, @Nullable String reason) {
        return Optional.ofNullable(conditions.getOrDefault(vm, Map.of()).get(type))
                .filter(shown -> shown.status().equals(status) && (reason == null || reason.equals(shown.reason())))
                .map(Shown::since);
    }

    long count(String type, String status) {
        return conditions.keySet().stream()
                .filter(vm -> since(vm, type, status, null).isPresent())
                .count();
    }

    /** Waits until so many VMs say this of themselves. */
    void await(Duration patience, String type, String status, long vms) {
        awaitThat(type + "=" + status + " on " + vms + " VMs", patience, () -> count(type, status) >= vms);
    }

    /** Waits until each of these VMs says this; returns when each came to say so. */
    Map<String, Instant> await(Duration patience, Collection<String> vms, String type, String status, String reason) {
        awaitThat(type + "=" + status + " " + reason + " on " + vms.size() + " VMs", patience, () -> vms.stream()
                .allMatch(vm -> since(vm, type, status, reason).isPresent()));
        return vms.stream().collect(Collectors.toMap(Function.identity(), vm -> since(vm, type, status, reason)
                .orElseThrow()));
    }

    /** Waits until nothing has arrived for so long. */
    void awaitQuiet(Duration patience, Duration quiet) {
        Instant from = Instant.now();
        awaitThat("no write for " + quiet, patience, () -> {
            Instant last = arrivals.peekLast();
            Instant since = last != null && last.isAfter(from) ? last : from;
            return since.plus(quiet).isBefore(Instant.now());
        });
    }

    /** The most that arrived within one second since then, by seconds of the clock. */
    long mostInASecond(Instant since) {
        return arrivals.stream()
                .filter(at -> at.isAfter(since))
                .collect(Collectors.groupingBy(Instant::getEpochSecond, Collectors.counting()))
                .values()
                .stream()
                .max(Long::compare)
                .orElse(0L);
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }

    private final class Records implements Watcher<VMRecord> {
        @Override
        public void eventReceived(Action action, VMRecord record) {
            arrivals.add(Instant.now());
        }

        @Override
        public void onClose(WatcherException cause) {
            // the next wait says what is missing
        }
    }

    static void awaitThat(String what, Duration patience, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(patience)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }
}
