package io.cbtguard.testkit.demo;

import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.testkit.process.ChildProcess;
import io.cbtguard.testkit.process.Memory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The measurements: first verdict of many VMs, memory then, sizes of objects, verdicts after a restart, latency of a revert. */
final class GuardBench {
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final int REVERTS = 20;

    private final Estate estate;
    private final int vms;
    private final Progress progress;
    private final Map<String, String> figures = new LinkedHashMap<>();

    /** Figures by what they measure, in the order of measuring. */
    record Figures(Map<String, String> lines) {}

    GuardBench(Estate estate, int vms, Progress progress) {
        this.estate = estate;
        this.vms = vms;
        this.progress = progress;
    }

    Figures run() {
        List<String> names = Estate.names(estate.vcenter());
        estate.operator().stop(GRACE);
        progress.step(vms + " ProtectedVMs, no operator", () -> new Installation(estate.kubectl()).protect(names));
        try (var client = estate.cluster().adminClient()) {
            var operator = firstVerdict(client);
            sizes(client);
            operator.stop(GRACE);
            operator = restart();
            reverts(client, names.stream().limit(REVERTS).toList());
            operator.stop(GRACE);
        }
        return new Figures(figures);
    }

    private ChildProcess firstVerdict(KubernetesClient client) {
        var seen = new Verdicts(vms);
        try (var watch = client.resources(ProtectedVM.class)
                .inNamespace(QuickStart.NAMESPACE)
                .watch(seen)) {
            Instant began = Instant.now();
            ChildProcess operator = start();
            Instant ready = Instant.now();
            seen.await();
            figures.put("start of the operator's process until ready", seconds(began, ready));
            figures.put("until the first verdict of the last of " + vms + " VMs", seconds(began, Instant.now()));
            figures.put(
                    "requests that the API server has served by then, per kind",
                    ServedRequests.now(estate.kubectl()).text(10));
            memory(operator, "then");
            return operator;
        }
    }

    private ChildProcess restart() {
        Instant began = Instant.now();
        ChildProcess operator = start();
        var scrape = new Scrape(estate.metrics());
        Estate.awaitSoon("every VM is judged again", () -> judged(scrape) == vms);
        figures.put("restart until every VM is judged again", seconds(began, Instant.now()));
        memory(operator, "after the restart");
        return operator;
    }

    private ChildProcess start() {
        return OperatorProcess.startIn(estate.folder(), DemoPorts.in(estate.folder()), estate.cluster());
    }

    /** VMs with a verdict: each needs a full or may have an incremental. */
    static long judged(Scrape scrape) {
        return scrape.lines("cbtguard_vms").stream()
                .filter(line -> line.contains("\"force_full\"") || line.contains("\"incremental\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private void reverts(KubernetesClient client, List<String> names) {
        List<Long> millis = new ArrayList<>();
        try (var backup = estate.vcenter().login();
                var alice = estate.vcenter().login(SimulatedVcenter.ALICE)) {
            var tool = new BackupTool(estate.kubectl(), backup, QuickStart.NAMESPACE);
            var moRefs = new LinkedHashMap<String, String>();
            backup.vmNames().forEach((moRef, name) -> moRefs.put(name, moRef));
            for (String name : names) {
                String vm = Objects.requireNonNull(moRefs.get(name));
                String guarded = Installation.slug(name);
                tool.back(guarded + "-bench", vm, tool.ask(guarded + "-bench", guarded, "Auto"));
                String snapshot = alice.createSnapshot(vm, "bench");
                try (var watched = GuardedVm.watch(client, QuickStart.NAMESPACE, guarded)) {
                    watched.await("ForceFull", "False", null);
                    alice.revertToSnapshot(snapshot);
                    Instant done = Instant.now();
                    Instant at = watched.await("ForceFull", "True", "SnapshotReverted")
                            .at();
                    millis.add(Math.max(0, Duration.between(done, at).toMillis()));
                }
            }
        }
        millis.sort(null);
        figures.put(
                "end of a revert's task until ForceFull is seen by a watch, " + millis.size()
                        + " VMs, median / maximum",
                "%d ms / %d ms".formatted(millis.get(millis.size() / 2), millis.getLast()));
    }

    private void sizes(KubernetesClient client) {
        size(
                "ProtectedVM",
                client.resources(ProtectedVM.class).inAnyNamespace().list().getItems());
        size(
                "VMRecord",
                client.resources(VMRecord.class).inAnyNamespace().list().getItems());
    }

    private void size(String kind, List<? extends HasMetadata> objects) {
        var bytes = objects.stream().mapToInt(GuardBench::bytes).summaryStatistics();
        figures.put(
                "bytes of a %s as JSON without managedFields, mean / largest of %d".formatted(kind, objects.size()),
                String.format(Locale.ROOT, "%,.0f / %,d", bytes.getAverage(), bytes.getMax()));
    }

    static int bytes(HasMetadata object) {
        object.getMetadata().setManagedFields(List.of());
        return Serialization.asJson(object).getBytes(StandardCharsets.UTF_8).length;
    }

    private void memory(ChildProcess process, String when) {
        figures.put("resident memory " + when, "%d MB".formatted(Memory.resident(process.pid()) / 1_000_000));
    }

    private static String seconds(Instant from, Instant to) {
        return Progress.seconds(Duration.between(from, to));
    }

    /** Counts down to the first verdict of the last VM. */
    private static final class Verdicts implements Watcher<ProtectedVM> {
        private final CountDownLatch left;
        private final Map<String, Boolean> judged = new ConcurrentHashMap<>();

        Verdicts(int vms) {
            left = new CountDownLatch(vms);
        }

        @Override
        public void eventReceived(Action action, ProtectedVM vm) {
            boolean isJudged = vm.getStatus() != null
                    && vm.getStatus().conditions().stream()
                            .anyMatch(c -> "ForceFull".equals(c.getType()) && "True".equals(c.getStatus()));
            if (isJudged && judged.put(vm.getMetadata().getName(), true) == null) {
                left.countDown();
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            // the wait says how many are missing
        }

        void await() {
            try {
                if (!left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException(left.getCount() + " VMs have no verdict after " + PATIENCE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
