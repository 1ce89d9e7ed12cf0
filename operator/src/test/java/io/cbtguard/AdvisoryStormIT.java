package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.RecordedBinding;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.record.RecordName;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An advisory reaches every record there is, and none too many. */
@Tag("cluster")
class AdvisoryStormIT {
    private static final int VMS = 1000;
    private static final int HANDS = 8;
    private static final EsxBuild OLDER = new EsxBuild("6.0.0", 2000000);
    private static final EsxBuild AFFECTED = new EsxBuild("6.0.0", 3029758);
    private static final EsxBuild MENDED = new EsxBuild("6.0.0", 3380124);
    private static final FakeVcenter VCENTER = new FakeVcenter();
    private static final GuardBed BED = GuardBed.start();
    private static final String NAME = BED.own + "-storm";

    @AfterAll
    static void remove() {
        BED.admin.resources(CBTAdvisory.class).withName(NAME).delete();
        BED.close();
    }

    @Test
    void exactlyThePointsOfThatBuildTurnSuspectAmongAThousandMixedHistoriesAndDeletingItClearsNone() {
        Map<String, Set<String>> expected = mixedHistories();
        List<VMRecord> originals = expected.keySet().stream().map(BED::record).toList();
        BED.stopOperator();
        List<String> kinds = List.copyOf(expected.keySet());
        for (int i = originals.size(); i < VMS; i++) {
            int kind = i % kinds.size();
            copy(originals.get(kind), kinds.get(kind) + "-" + i);
        }
        BED.startOperator();
        awaitQuiet();
        assertThat(suspects().values()).allMatch(Set::isEmpty);

        long points = IntStream.range(0, VMS)
                .mapToLong(i -> Objects.requireNonNull(expected.get(kinds.get(i % kinds.size())))
                        .size())
                .sum();
        var marking = new Marking();
        Instant applied;
        try (var watch =
                BED.admin.resources(VMRecord.class).inNamespace(BED.own).watch(marking)) {
            applied = Instant.now();
            BED.bulletin(NAME);
            await("every restore point that is concerned")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> counted() == points && marking.points() == points);
        }
        System.out.printf(
                "%d restore points of %d VMs marked within %s, and counted in the advisory's status within %s%n",
                points, VMS, Duration.between(applied, marking.last), Duration.between(applied, Instant.now()));
        awaitQuiet();

        Map<String, Set<String>> marked = suspects();
        assertThat(marked).hasSize(VMS).allSatisfy((vm, runs) -> assertThat(runs)
                .as(vm)
                .isEqualTo(expected.get(vm.replaceFirst("-\\d+$", ""))));
        BED.admin.resources(CBTAdvisory.class).withName(NAME).delete();
        awaitQuiet();
        assertThat(suspects()).isEqualTo(marked);
        tellWhatTheApiServerTakesAlone();
    }

    /** How many restore points are Suspect by what a watch was told, and when that last changed. */
    private static final class Marking implements Watcher<VMRecord> {
        private final Map<String, Long> suspect = new ConcurrentHashMap<>();
        private volatile Instant last = Instant.EPOCH;

        @Override
        public void eventReceived(Action action, VMRecord record) {
            Instant now = Instant.now();
            long points = record.getChains().stream()
                    .flatMap(chain -> chain.series().stream())
                    .flatMap(series -> series.points().stream())
                    .filter(point -> point.trust().equals("Suspect"))
                    .count();
            if (!Objects.equals(suspect.put(record.getMetadata().getName(), points), points)) {
                last = now;
            }
        }

        long points() {
            return suspect.values().stream().mapToLong(Long::longValue).sum();
        }

        @Override
        public void onClose(WatcherException cause) {
            // then the points do not become as many as they should
        }
    }

    /** As many writes of as large records, by a client that does nothing else, while no operator runs. */
    private static void tellWhatTheApiServerTakesAlone() {
        BED.stopOperator();
        List<VMRecord> written = BED.records().stream()
                .filter(record -> Serialization.asJson(record).contains("Suspect"))
                .toList();
        written.forEach(record -> record.setGeneration(record.getGeneration() + 1));
        Instant began = Instant.now();
        try (ExecutorService hands = Executors.newFixedThreadPool(HANDS)) {
            written.forEach(
                    record -> hands.execute(() -> BED.admin.resource(record).update()));
        }
        System.out.printf(
                "the API server alone: %d such records written within %s%n",
                written.size(), Duration.between(began, Instant.now()));
    }

    /** VMs with all kinds of pasts, and of each the runs that the bulletin has to name, and none else. */
    private static Map<String, Set<String>> mixedHistories() {
        BED.vcenters.put("lab.example", VCENTER);
        VCENTER.build("host-1", OLDER);
        BED.vcenter("lab", "lab.example");
        BED.policy("gold", "{rules: {hostUpgrade: WhenAffected}}");
        List.of("before", "through", "renewed").forEach(AdvisoryStormIT::protect);
        backUp("before", "full", "incremental");
        backUp("through", "full", "earlier");
        backUp("renewed", "full");

        VCENTER.build("host-1", AFFECTED);
        List.of("there", "begun").forEach(AdvisoryStormIT::protect);
        backUp("there", "full", "incremental");
        backUp("begun", "full");
        backUp("through", "during");
        backUp("renewed", "during");

        VCENTER.build("host-1", MENDED);
        protect("after");
        backUp("after", "full", "incremental");
        backUp("begun", "incremental");
        backUp("through", "later");
        BED.annotate("renewed", "cbtguard.io/request-full", "the host was mended");
        backUp("renewed", "new", "incremental");
        Map<String, Set<String>> suspect = new LinkedHashMap<>();
        suspect.put("before", Set.of());
        suspect.put("there", Set.of("there-incremental"));
        suspect.put("begun", Set.of("begun-incremental")); // what was written there was tracked there
        suspect.put("through", Set.of("through-during", "through-later")); // and what builds on it
        suspect.put("renewed", Set.of("renewed-during"));
        suspect.put("after", Set.of());
        return suspect;
    }

    private static void protect(String name) {
        BED.protect(name, "lab", "moRef: " + VCENTER.add(name));
        BED.awaitVm(name, ConditionTypes.READY, "True", "Bound");
    }

    private static void backUp(String name, String... runs) {
        String moRef =
                Objects.requireNonNull(BED.protectedVm(name).getSpec().vm().moRef());
        for (String run : runs) {
            BED.backUp(VCENTER, name, moRef, name + "-" + run);
        }
    }

    /** The same history of another VM, that nobody protects now: as if the operator had kept its record all the time. */
    private static void copy(VMRecord record, String name) {
        RecordedBinding binding = Objects.requireNonNull(record.getBinding());
        VirtualMachine old = VCENTER.vm(Objects.requireNonNull(binding.moRef()));
        String uuid = UUID.randomUUID().toString();
        String moRef = VCENTER.addLike(old, name, uuid, "/DC0/vm/shop/" + name);
        Disk before = old.disks().getFirst();
        Disk fresh = VCENTER.vm(moRef).disks().getFirst();
        String json = Serialization.asJson(record)
                .replaceAll(before.id() + "\\b", fresh.id())
                .replace(quoted(before.objectId()), quoted(fresh.objectId()))
                .replace(FakeVcenter.epoch(before), FakeVcenter.epoch(fresh))
                .replace(quoted(old.moRef()), quoted(moRef))
                .replace(quoted(old.instanceUuid()), quoted(uuid))
                .replace(quoted(old.inventoryPath()), quoted("/DC0/vm/shop/" + name))
                .replace("\"name\":" + quoted(old.name()), "\"name\":" + quoted(name));

        VMRecord copy = Serialization.unmarshal(json, VMRecord.class);
        copy.setMetadata(new ObjectMetaBuilder()
                .withNamespace(BED.own)
                .withName(RecordName.of("lab", Objects.requireNonNull(binding.vcenterUuid()), uuid))
                .withLabels(Map.of("vm", name))
                .build());
        copy.setGeneration(1);
        VMRecord created = BED.admin.resource(copy).create();
        created.setBinding(new RecordedBinding(
                binding.vcenter(),
                binding.vcenterUid(),
                binding.vcenterUuid(),
                uuid,
                moRef,
                created.getMetadata().getUid()));
        created.setGeneration(2);
        BED.admin.resource(created).update();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    /** What the advisory's status says; it may be three seconds behind the records. */
    private static long counted() {
        CBTAdvisory advisory =
                BED.admin.resources(CBTAdvisory.class).withName(NAME).get();
        return advisory.getStatus() == null
                ? 0
                : Objects.requireNonNullElse(advisory.getStatus().suspectRestorePoints(), 0L);
    }

    /** By VM the runs whose point is Suspect. */
    private static Map<String, Set<String>> suspects() {
        Map<String, String> protectedVms =
                BED.admin.resources(ProtectedVM.class).inNamespace(BED.shop).list().getItems().stream()
                        .collect(Collectors.toMap(
                                vm -> Objects.requireNonNull(vm.getStatus().record())
                                        .name(),
                                vm -> vm.getMetadata().getName()));
        Map<String, Set<String>> suspects = new HashMap<>();
        for (VMRecord record : BED.records()) {
            String name = record.getMetadata().getName();
            String vm = protectedVms.containsKey(name)
                    ? protectedVms.get(name)
                    : record.getMetadata().getLabels().get("vm");
            JsonNode chains = Serialization.jsonMapper().valueToTree(record.getChains());
            Set<String> runs = chains.findParents("trust").stream()
                    .filter(point -> point.path("trust").asText().equals("Suspect"))
                    .map(point -> point.path("run").asText())
                    .collect(Collectors.toSet());
            suspects.put(vm, runs);
        }
        return suspects;
    }

    /** Waits until nothing is written any more. */
    private static void awaitQuiet() {
        AtomicReference<Map<String, String>> before = new AtomicReference<>(Map.of());
        await("records stay as they are")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(3))
                .until(() -> {
                    Map<String, String> now = versions();
                    return now.equals(before.getAndSet(now));
                });
    }

    private static Map<String, String> versions() {
        return BED.records().stream()
                .collect(Collectors.toMap(record -> record.getMetadata().getName(), record -> record.getMetadata()
                        .getResourceVersion()));
    }
}
