package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.RecordedBinding;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.record.RecordName;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An advisory reaches every record there is, and none too many. */
@Tag("cluster")
class AdvisoryStormIT {
    private static final int VMS = 1000;
    private static final FakeVcenter VCENTER = new FakeVcenter();
    private static final GuardBed BED = GuardBed.start();
    private static final String NAME = BED.own + "-storm";

    @AfterAll
    static void remove() {
        BED.admin.resources(CBTAdvisory.class).withName(NAME).delete();
        BED.close();
    }

    @Test
    void exactlyThePointsOnThatBuildTurnSuspectAmongAThousandVmsAndDeletingItClearsNone() {
        VCENTER.build("host-1", new EsxBuild("6.0.0", 3029758));
        BED.vcenters.put("lab.example", VCENTER);
        BED.vcenter("lab", "lab.example");
        BED.policy("gold", "{rules: {hostUpgrade: WhenAffected}}");
        VMRecord touched = history("touched");
        VCENTER.build("host-1", new EsxBuild("6.0.0", 3380124));
        VMRecord spared = history("spared");
        BED.stopOperator();
        for (int i = 1; i < VMS / 2; i++) {
            copy(touched, "touched-" + i);
            copy(spared, "spared-" + i);
        }
        BED.startOperator();
        awaitQuiet();

        Instant applied = Instant.now();
        BED.applyClusterWide("""
                apiVersion: cbtguard.io/v1alpha1
                kind: CBTAdvisory
                metadata: {name: %s}
                spec: {title: a bug, remedy: upgrade the host, trigger: HostBuild,
                  affected: [{version: 6.0.0, minBuild: 2494585, fixedBuild: 3247720}]}
                """.formatted(NAME));
        await("every record that is concerned")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> counted() == VMS / 2);
        System.out.printf("%d of %d VMs marked within %s%n", VMS / 2, VMS, Duration.between(applied, Instant.now()));
        awaitQuiet();

        List<String> marked = suspect();
        assertThat(marked).hasSize(VMS / 2).allMatch(vm -> vm.startsWith("touched"));
        BED.admin.resources(CBTAdvisory.class).withName(NAME).delete();
        awaitQuiet();
        assertThat(suspect()).containsExactlyInAnyOrderElementsOf(marked);
    }

    /** The record of a VM with a full and an incremental on it. */
    private static VMRecord history(String name) {
        String moRef = VCENTER.add(name);
        BED.protect(name, "lab", "moRef: " + moRef);
        BED.awaitVm(name, ConditionTypes.READY, "True", "Bound");
        BED.backUp(VCENTER, name, moRef, name + "-full");
        BED.backUp(VCENTER, name, moRef, name + "-incremental");
        return BED.record(name);
    }

    /** The same history of another VM, that nobody protects now. */
    private static void copy(VMRecord record, String name) {
        VMRecord copy = Serialization.clone(record);
        RecordedBinding binding = Objects.requireNonNull(record.getBinding());
        String uuid = UUID.randomUUID().toString();
        copy.setBinding(new RecordedBinding(
                binding.vcenter(),
                binding.vcenterUid(),
                binding.vcenterUuid(),
                uuid,
                VCENTER.add(name, uuid, "/DC0/vm/shop/" + name),
                ""));
        copy.setGeneration(1);
        copy.setMetadata(new ObjectMetaBuilder()
                .withNamespace(BED.own)
                .withName(RecordName.of("lab", Objects.requireNonNull(binding.vcenterUuid()), uuid))
                .withLabels(Map.of("vm", name))
                .build());
        BED.admin.resource(copy).create();
    }

    /** What the advisory's status says; it may be two seconds behind. */
    private static long counted() {
        CBTAdvisory advisory =
                BED.admin.resources(CBTAdvisory.class).withName(NAME).get();
        return advisory.getStatus() == null
                ? 0
                : Objects.requireNonNullElse(advisory.getStatus().suspectRestorePoints(), 0L);
    }

    /** Names of the VMs with a Suspect point. */
    private static List<String> suspect() {
        return BED.records().stream()
                .filter(record -> Serialization.asJson(record.getChains()).contains("\"Suspect\""))
                .map(record -> record.getMetadata().getLabels() == null
                        ? "touched"
                        : record.getMetadata().getLabels().getOrDefault("vm", "touched"))
                .toList();
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
