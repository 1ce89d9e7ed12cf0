package io.cbtguard.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the types read and write JSON. */
class JsonTest {
    private final KubernetesSerialization json = new KubernetesSerialization();

    @Test
    void aFieldOfANewerVersionStopsNoOlderReader() {
        var backup = json.unmarshal("""
                apiVersion: cbtguard.io/v1alpha1
                kind: VMBackup
                spec:
                  protectedVMRef: {name: web-01, cluster: east}
                  priority: 7
                status: {phase: Pending, progress: {percent: 3}}
                """, VMBackup.class);

        assertThat(backup.getSpec().protectedVMRef().name()).isEqualTo("web-01");
        assertThat(backup.getStatus().phase()).isEqualTo(VMBackupStatus.Phase.Pending);
    }

    @Test
    void whatIsAbsentIsNotWrittenAsNull() {
        var status = new VMBackupStatus(3L, VMBackupStatus.Phase.Pending, null, null, null, List.of());

        assertThat(json.asJson(status)).isEqualTo("{\"observedGeneration\":3,\"phase\":\"Pending\",\"conditions\":[]}");
    }

    @Test
    void aStatusComesBackAsItWas() {
        var vm = new ProtectedVM();
        vm.getMetadata().setName("web-01");
        vm.setStatus(new ProtectedVMStatus(
                2L,
                new NamespacedRef("lab-1", "backup"),
                null,
                new ProtectedVMStatus.NextBackup(BackupType.Full, Reasons.SNAPSHOT_REVERTED, "by root", null),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                3L,
                null,
                null,
                List.of(),
                "2026-11-22T01:00:00.123456Z",
                List.of(new ConditionBuilder()
                        .withType(ConditionTypes.FORCE_FULL)
                        .withStatus("True")
                        .build())));

        var read = json.unmarshal(json.asJson(vm), ProtectedVM.class);

        assertThat(read.getStatus()).isEqualTo(vm.getStatus());
    }

    @Test
    void aRecordIsPlainDataWithoutSpecAndStatus() {
        var record = new VMRecord();
        record.setSchema(1);
        record.setGeneration(17);

        var text = json.asJson(record);

        assertThat(text).contains("\"schema\":1", "\"generation\":17").doesNotContain("spec", "status", "null");
        assertThat(json.unmarshal(text, VMRecord.class).getGeneration()).isEqualTo(17);
    }
}
