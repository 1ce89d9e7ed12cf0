package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecisionType;
import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.testkit.cluster.LocalControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cluster's store is full: nothing can be written, nothing is decided from what could not be, and nothing is lost. */
@Tag("cluster")
class FullDiskIT {
    private static final int QUOTA = 24 << 20;
    private static final int PIECE = 900_000;
    private static final String FULL = "database space exceeded";

    private final FakeVcenter vcenter = new FakeVcenter();
    private final LocalControlPlane cluster = LocalControlPlane.start(
            new LocalControlPlane.Options(false, List.of("--quota-backend-bytes=" + QUOTA), List.of()));
    private final GuardBed bed = GuardBed.installed(cluster, null);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        bed.stopOperator();
        bed.admin.close();
        cluster.close();
    }

    @Test
    void revertsWhileTheStoreIsFullAreToldByMetricsMeanwhileAndInTheRecordsWhenThereIsRoomAgain() throws Exception {
        bed.startOperator();
        bed.vcenters.put("lab.example", vcenter);
        bed.vcenter("lab", "lab.example");
        bed.policy("gold", "{}");
        String moRef = vcenter.add("web");
        bed.protect("web", "lab", "moRef: " + moRef);
        bed.awaitVm("web", ConditionTypes.READY, "True", "Bound");
        bed.backUp(vcenter, "web", moRef, "web-1");
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
        String late = vcenter.add("late");
        bed.protect("late", "lab", "moRef: " + late);
        bed.awaitVm("late", ConditionTypes.READY, "True", "Bound");
        bed.backUp(vcenter, "late", late, "late-1");
        bed.awaitVm("late", ConditionTypes.FORCE_FULL, "False", "NotNeeded");

        fill();
        vcenter.revert(moRef, "before");
        vcenter.snapshot(late, "before");

        assertThatThrownBy(() -> bed.ask("web-2", "web", "Auto"))
                .as("a tool gets no answer that rests on what could not be stored")
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(FULL);
        bed.clock.forward(Duration.ofMinutes(2));
        await("the records that cannot be written")
                .atMost(Duration.ofSeconds(120))
                .until(() -> operator("/metrics")
                        .contains("cbtguard_records_blocked{reason=\"RecordNotWritable\",vcenter=\"" + bed.own
                                + "/lab\"} 2.0"));
        await("the cursor does not wait").atMost(Duration.ofSeconds(60)).until(() -> vcenter.hasLetGo(late));
        vcenter.revert(late, "before");
        bed.clock.forward(Duration.ofMinutes(2));
        await("nor for what came later").atMost(Duration.ofSeconds(60)).until(() -> vcenter.hasLetGo(late));
        assertThat(operator("/healthz")).isNotEmpty();

        makeRoom();

        assertThat(bed.awaitVm("web", ConditionTypes.FORCE_FULL, "True", "SnapshotReverted"))
                .isNotNull();
        assertThat(bed.awaitVm("late", ConditionTypes.FORCE_FULL, "True", "SnapshotReverted"))
                .as("the revert that came when its history was no longer kept for it")
                .isNotNull();
        bed.ask("web-2", "web", "Auto");
        assertThat(Objects.requireNonNull(bed.awaitBackup("web-2", ConditionTypes.DECIDED, "True", "SnapshotReverted")
                                .getStatus()
                                .decision())
                        .type())
                .isEqualTo(DecisionType.Full);
    }

    /** Until the store takes no more. */
    private void fill() {
        String piece = "x".repeat(PIECE);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < QUOTA / PIECE * 2; i++) {
                        bed.admin.resource(filling(i, piece)).create();
                    }
                })
                .hasMessageContaining(FULL);
    }

    private ConfigMap filling(int number, String content) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(bed.shop)
                .withName("filling-" + number)
                .withLabels(Map.of("filling", ""))
                .endMetadata()
                .withData(Map.of("content", content))
                .build();
    }

    /** As an administrator does: delete, compact, defragment, and tell etcd that it may write again. */
    private void makeRoom() throws Exception {
        bed.admin.configMaps().inNamespace(bed.shop).withLabel("filling").delete();
        String revision =
                etcd("maintenance/status", "{}").at("/header/revision").asText();
        etcd("kv/compaction", "{\"revision\": %s, \"physical\": true}".formatted(revision));
        etcd("maintenance/defragment", "{}");
        for (JsonNode alarm : etcd("maintenance/alarm", "{\"action\": \"GET\"}").path("alarms")) {
            etcd(
                    "maintenance/alarm",
                    "{\"action\": \"DEACTIVATE\", \"memberID\": \"%s\", \"alarm\": \"%s\"}"
                            .formatted(
                                    alarm.path("memberID").asText(),
                                    alarm.path("alarm").asText()));
        }
    }

    private JsonNode etcd(String method, String body) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(cluster.etcd().resolve("/v3/" + method))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        return new ObjectMapper().readTree(answer.body());
    }

    private String operator(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bed.port() + path)))
                .body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }
}
