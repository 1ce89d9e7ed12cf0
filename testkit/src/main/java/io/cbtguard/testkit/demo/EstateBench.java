package io.cbtguard.testkit.demo;

import io.cbtguard.api.v1alpha1.LocalRef;
import io.cbtguard.api.v1alpha1.NamespacedRef;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.ProtectedVMSpec;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.testkit.process.ChildProcess;
import io.cbtguard.testkit.process.Memory;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * Measures the operator with many VMs that have a past: restart, memory, latency of one revert and of a storm of them, writes
 * while nothing happens and while vCenter is away. Beside them, what the API server alone takes for the same objects.
 */
final class EstateBench {
    private static final Duration LONG = Duration.ofMinutes(40);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration STORM = Duration.ofSeconds(10);
    private static final int POINTS = 14;
    private static final int SINGLE = 100;
    private static final int STORMED = 1000;
    private static final int HANDS = 8;
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final Estate estate;
    private final int vms;
    private final Progress progress;
    private final Map<String, String> figures = new LinkedHashMap<>();
    /** By the name of the ProtectedVM. */
    private final Map<String, String> moRefs = new LinkedHashMap<>();

    private final Map<String, String> vmNames = new LinkedHashMap<>();

    EstateBench(Estate estate, int vms, Progress progress) {
        this.estate = estate;
        this.vms = vms;
        this.progress = progress;
    }

    GuardBench.Figures run() {
        estate.operator().stop(GRACE);
        try (var session = estate.vcenter().login()) {
            session.vmNames().forEach((moRef, name) -> {
                moRefs.put(Installation.slug(name), moRef);
                vmNames.put(Installation.slug(name), name);
            });
        }
        List<String> names = List.copyOf(moRefs.keySet());
        try (var client = estate.cluster().adminClient();
                var guarded = GuardedVms.watch(client, QuickStart.NAMESPACE)) {
            progress.step(vms + " ProtectedVMs", () -> Hands.each(HANDS, names, name -> protect(client, name)));
            ChildProcess operator = firstVerdict(guarded);
            progress.step(POINTS + " backups of one VM", () -> backUp(names.getFirst()));
            operator.stop(GRACE);
            histories(client, names.getFirst());
            operator = onHistories(guarded);
            guarded.awaitQuiet(LONG, QUIET);
            operator.stop(GRACE);
            operator = restart();
            Map<String, String> snapshots = snapshots(names);
            awaitNoWrites();
            memory(operator, " after the restart");
            idle(guarded);
            singleReverts(guarded, names.subList(1, 1 + SINGLE), snapshots);
            storm(guarded, names.subList(1 + SINGLE, 1 + SINGLE + stormed()), snapshots);
            outage(guarded);
            memory(operator, " at the end");
            operator.stop(GRACE);
            try (var itself = estate.cluster().clientAs(OperatorProcess.NAMESPACE, OperatorProcess.SERVICE_ACCOUNT)) {
                apiServerAlone(client, itself, names.subList(1, 1 + stormed())); // nobody else may write statuses
            }
        }
        return new GuardBench.Figures(figures);
    }

    private int stormed() {
        return Math.min(STORMED, vms - SINGLE - 1);
    }

    private void protect(KubernetesClient client, String name) {
        var vm = new ProtectedVM();
        vm.setMetadata(new ObjectMetaBuilder()
                .withNamespace(QuickStart.NAMESPACE)
                .withName(name)
                .build());
        vm.setSpec(new ProtectedVMSpec(
                new NamespacedRef(QuickStart.VCENTER, OperatorProcess.NAMESPACE),
                new ProtectedVMSpec.VmSelector(null, null, null, vmNames.get(name)),
                new LocalRef("gold"),
                null,
                List.of(),
                false));
        client.resource(vm).forceConflicts().serverSideApply();
    }

    private ChildProcess firstVerdict(GuardedVms guarded) {
        Instant began = Instant.now();
        ServedRequests before = ServedRequests.now(estate.kubectl());
        ChildProcess operator = start();
        progress.step("first verdict of all", () -> guarded.await(LONG, "ForceFull", "True", vms));
        figure("first verdict of the last of " + vms + " VMs", since(began));
        figure("writes by then", writes(before, vms / 10));
        return operator;
    }

    private void backUp(String name) {
        try (var session = estate.vcenter().login()) {
            var tool = new BackupTool(estate.kubectl(), session, QuickStart.NAMESPACE);
            for (int i = 1; i <= POINTS; i++) {
                String run = name + "-" + i;
                tool.back(run, Objects.requireNonNull(moRefs.get(name)), tool.ask(run, name, "Auto"));
            }
        }
    }

    private void histories(KubernetesClient client, String of) {
        List<VMRecord> records =
                client.resources(VMRecord.class).inAnyNamespace().list().getItems();
        String moRef = moRefs.get(of);
        VMRecord model =
                records.stream().filter(r -> moRef(r).equals(moRef)).findFirst().orElseThrow();
        var histories = new TypicalHistories(client, model);
        List<VMRecord> others = records.stream().filter(r -> !r.equals(model)).toList();
        progress.step("their histories", () -> Hands.each(HANDS, others, histories::give));
        figure("bytes of the model's VMRecord, " + POINTS + " points", "%,d".formatted(GuardBench.bytes(model)));
    }

    private ChildProcess onHistories(GuardedVms guarded) {
        Instant began = Instant.now();
        ChildProcess operator = start();
        progress.step("all histories judged and shown", () -> guarded.await(LONG, "ForceFull", "False", vms));
        figure("start on histories that no status shows yet, until all are shown", since(began));
        return operator;
    }

    private ChildProcess restart() {
        Instant began = Instant.now();
        ServedRequests before = ServedRequests.now(estate.kubectl());
        ChildProcess operator = start();
        var scrape = new Scrape(estate.metrics());
        progress.step(
                "restart",
                () -> GuardedVms.awaitThat("every VM is judged again", LONG, () -> GuardBench.judged(scrape) == vms));
        figure("restart until every VM is judged again", since(began));
        figure("writes within the restart", writes(before, 1));
        return operator;
    }

    /** One for each VM that is going to be reverted. */
    private Map<String, String> snapshots(List<String> names) {
        Map<String, String> snapshots = new ConcurrentHashMap<>();
        List<String> some = names.subList(1, 1 + SINGLE + stormed());
        progress.step(
                some.size() + " snapshots",
                () -> byPeople(some, (session, name) -> {
                    snapshots.put(name, session.createSnapshot(Objects.requireNonNull(moRefs.get(name)), "bench"));
                }));
        return snapshots;
    }

    private void memory(ChildProcess operator, String when) {
        figure("resident memory" + when, "%d MB".formatted(Memory.resident(operator.pid()) / 1_000_000));
        figure("live heap" + when, "%d MB".formatted(Memory.live(operator.pid()) / 1_000_000));
    }

    private void idle(GuardedVms guarded) {
        ServedRequests before = ServedRequests.now(estate.kubectl());
        Instant until = Instant.now().plus(IDLE);
        progress.step(
                "nothing happens",
                () -> GuardedVms.awaitThat("idle", LONG, () -> Instant.now().isAfter(until)));
        figure("writes within an idle minute", writes(before, 1));
    }

    /** By what the API server has served: a watch that ended would show no writes at all. */
    private void awaitNoWrites() {
        progress.step("until nothing is written", () -> {
            var last =
                    new AtomicReference<>(ServedRequests.now(estate.kubectl()).writes());
            Awaitility.await("no write for " + QUIET)
                    .atMost(LONG)
                    .pollInterval(QUIET)
                    .until(() -> {
                        ServedRequests now =
                                ServedRequests.now(estate.kubectl()).writes();
                        return now.equals(last.getAndSet(now));
                    });
        });
    }

    private void singleReverts(GuardedVms guarded, List<String> names, Map<String, String> snapshots) {
        List<Duration> took = new ArrayList<>();
        try (var alice = estate.vcenter().login(SimulatedVcenter.ALICE)) {
            for (String name : names) {
                alice.revertToSnapshot(Objects.requireNonNull(snapshots.get(name)));
                Instant done = Instant.now();
                Instant seen = guarded.await(LONG, List.of(name), "ForceFull", "True", "SnapshotReverted")
                        .get(name);
                took.add(Duration.between(done, Objects.requireNonNull(seen)));
            }
        }
        figure("end of a revert's task until ForceFull is seen, " + names.size() + " one by one", Spread.of(took));
    }

    private void storm(GuardedVms guarded, List<String> names, Map<String, String> snapshots) {
        Map<String, Instant> done = new ConcurrentHashMap<>();
        ServedRequests before = ServedRequests.now(estate.kubectl());
        Instant began = Instant.now();
        Map<String, Instant> due = new LinkedHashMap<>();
        names.forEach(
                name -> due.put(name, began.plus(STORM.multipliedBy(due.size()).dividedBy(names.size()))));
        byPeople(names, (session, name) -> {
            Instant at = Objects.requireNonNull(due.get(name));
            GuardedVms.awaitThat("its turn", LONG, () -> !Instant.now().isBefore(at));
            session.revertToSnapshot(Objects.requireNonNull(snapshots.get(name)));
            done.put(name, Instant.now());
        });
        Duration reverted = Duration.between(began, Instant.now());
        Map<String, Instant> seen = guarded.await(LONG, names, "ForceFull", "True", "SnapshotReverted");
        figure(
                "the same, %,d reverts in %s".formatted(names.size(), Progress.seconds(reverted)),
                Spread.of(names.stream()
                        .map(name -> Duration.between(
                                Objects.requireNonNull(done.get(name)), Objects.requireNonNull(seen.get(name))))
                        .toList()));
        guarded.awaitQuiet(LONG, QUIET);
        figure("writes for the storm", writes(before, 1));
    }

    private void outage(GuardedVms guarded) {
        ServedRequests before = ServedRequests.now(estate.kubectl());
        Instant began = Instant.now();
        signal("STOP");
        try {
            progress.step("vCenter stands still", () -> guarded.await(LONG, "Fresh", "Unknown", vms));
            figure("outage: until every VM shows it (five minutes of grace)", since(began));
            guarded.awaitQuiet(LONG, QUIET);
            figure("outage: most writes in one second", Long.toString(guarded.mostInASecond(began)));
            figure("outage: writes", writes(before, 1));
        } finally {
            signal("CONT");
        }
        Instant back = Instant.now();
        progress.step("vCenter is back", () -> guarded.await(LONG, "Fresh", "True", vms));
        figure("after the outage: until every VM is fresh again", since(back));
        figure("after the outage: most writes in one second", Long.toString(guarded.mostInASecond(back)));
    }

    private void signal(String signal) {
        try {
            String pid = Long.toString(estate.vcenter().process().pid());
            new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The same objects listed and written by a client that does nothing else. */
    private void apiServerAlone(KubernetesClient client, KubernetesClient operator, List<String> names) {
        Instant began = Instant.now();
        List<VMRecord> records =
                client.resources(VMRecord.class).inAnyNamespace().list().getItems();
        int listed = records.size()
                + client.resources(ProtectedVM.class)
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .size();
        figure("the API server alone: list of all %,d VMRecords and ProtectedVMs".formatted(listed), since(began));
        Map<String, VMRecord> byMoRef = records.stream().collect(Collectors.toMap(EstateBench::moRef, r -> r));
        Instant from = Instant.now();
        Hands.each(HANDS, names, name -> {
            client.resource(Objects.requireNonNull(byMoRef.get(moRefs.get(name))))
                    .patch(MERGE, "{\"schema\": 1}");
            operator.resources(ProtectedVM.class)
                    .inNamespace(QuickStart.NAMESPACE)
                    .withName(name)
                    .subresource("status")
                    .patch(MERGE, "{\"status\": {\"observedGeneration\": 7}}");
        });
        figure("the API server alone: %,d records and statuses written".formatted(names.size()), since(from));
    }

    private static String moRef(VMRecord record) {
        return Objects.requireNonNull(
                Objects.requireNonNull(record.getBinding()).moRef());
    }

    private interface Deed {
        void on(VimSession session, String name);
    }

    /** Some people at once, each with a session of his own. */
    private void byPeople(List<String> names, Deed deed) {
        Hands.each(HANDS, names, () -> estate.vcenter().login(SimulatedVcenter.ALICE), deed::on);
    }

    private ChildProcess start() {
        return OperatorProcess.startIn(estate.folder(), DemoPorts.in(estate.folder()), estate.cluster());
    }

    private String writes(ServedRequests before, long least) {
        return ServedRequests.now(estate.kubectl()).since(before).writes().text(least);
    }

    private void figure(String what, String value) {
        figures.put(what, value);
        progress.say(what + ": " + value);
    }

    private static String since(Instant from) {
        return Progress.seconds(Duration.between(from, Instant.now()));
    }
}
