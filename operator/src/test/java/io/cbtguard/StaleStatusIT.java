package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.BackupPolicy;
import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMRestore;
import io.cbtguard.fake.FakeVcenter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A status that was judged from an older object than there is now is never written, and never forgotten. */
@Tag("cluster")
class StaleStatusIT {
    private static final int REFUSED = 409;
    private static final int TAKEN = 200;
    private static final Duration SOON = Duration.ofMillis(450);

    private final GuardBed bed = GuardBed.installed(null);
    private final StatusPatches patches = new StatusPatches(bed.own);

    @AfterEach
    void down() {
        bed.admin.resources(CBTAdvisory.class).withName(bed.own + "-kb").delete();
        bed.close();
    }

    @Test
    void ofEveryKindItIsRefusedAndComesAgain() {
        patches.before(1, this::label);
        start();
        FakeVcenter vcenter = new FakeVcenter();
        String moRef = vcenter.add("web");
        bed.vcenters.put("lab.example", vcenter);
        bed.bulletin(bed.own + "-kb");
        bed.vcenter("lab", "lab.example");
        bed.policy("gold", "{rpo: 24h}");
        bed.protect("web", "lab", "name: web");
        bed.backUp(vcenter, "web", moRef, "web-1");
        bed.apply(bed.shop, """
                apiVersion: cbtguard.io/v1alpha1
                kind: VMRestore
                metadata: {name: web-back}
                spec: {protectedVMRef: {name: web}, kind: InPlace}
                """);

        bed.awaitThat(
                VMRestore.class,
                bed.shop,
                "web-back",
                "recorded",
                restore -> GuardBed.has(restore, ConditionTypes.RECORDED, "True", "RestoredInPlace"));
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "True", "RestoredInPlace");
        for (Class<? extends HasMetadata> kind : List.of(
                VCenter.class,
                BackupPolicy.class,
                ProtectedVM.class,
                VMBackup.class,
                VMRestore.class,
                CBTAdvisory.class)) {
            await(kind.getSimpleName()).atMost(GuardBed.PATIENCE).untilAsserted(() -> assertThat(patches.answers(kind))
                    .startsWith(REFUSED)
                    .contains(TAKEN));
        }
    }

    @Test
    void howeverOftenItIsRefusedItComesAgainAtAPace() {
        patches.before(3, this::label);
        start();

        bed.protect("web", "nowhere", "name: web");

        bed.awaitVm("web", ConditionTypes.READY, "False", "VCenterNotFound");
        await().atMost(GuardBed.PATIENCE) // it is there before its answer is
                .untilAsserted(() -> assertThat(patches.answers(ProtectedVM.class))
                        .containsExactly(REFUSED, REFUSED, REFUSED, TAKEN));
        assertThat(patches.pauses(ProtectedVM.class)).hasSize(3).allMatch(pause -> pause.compareTo(SOON) > 0);
    }

    @Test
    void oneThatIsThereThoughItsAnswerWasLostCountsAsWritten() {
        patches.before(1, this::write);
        start();

        bed.ask("early", "nobody", "Auto");

        bed.awaitBackup("early", ConditionTypes.COMPLETE, "True", "VMNotFound");
        await().atMost(GuardBed.PATIENCE).untilAsserted(() -> assertThat(Scraped.of(bed.port())
                        .values("cbtguard_decisions_total", "type", "Refused", "reason", "VMNotFound"))
                .containsExactly(1.0));
        assertThat(patches.answers(VMBackup.class)).containsExactly(REFUSED);
    }

    /** Somebody else changes the object, in a way that is no event for those who ask for its spec. */
    private void label(Class<? extends HasMetadata> kind, String body) {
        HasMetadata patched = Serialization.unmarshal(body, kind);
        bed.patch(patched, "metadata: {labels: {seen-by: a-passer-by-%d}}".formatted(System.nanoTime()));
    }

    /** The very same patch has been taken before. */
    private void write(Class<? extends HasMetadata> kind, String body) {
        bed.admin
                .resource(Serialization.unmarshal(body, kind))
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("cbtguard")
                        .withForce(true)
                        .build());
    }

    private void start() {
        bed.startOperator(new KubernetesClientBuilder()
                .withConfig(bed.operatorConfig())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("status-patches", patches))
                .build());
    }
}
