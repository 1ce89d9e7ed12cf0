package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.VMRecord;
import io.fabric8.kubernetes.client.Config;
import org.junit.jupiter.api.Test;

/** What is kept of an object in memory is what somebody asks for. */
class ApiClientsTest {
    @Test
    void whoSetWhichFieldIsNotKeptAndAllElseIs() {
        try (var client = ApiClients.builder(Config.empty()).build()) {
            VMRecord record = client.getKubernetesSerialization().unmarshal("""
                            {"apiVersion": "cbtguard.io/v1alpha1", "kind": "VMRecord", "schema": 1,
                             "metadata": {"name": "a", "uid": "u1", "annotations": {"k": "v"},
                               "managedFields": [{"manager": "m", "operation": "Update",
                                 "fieldsV1": {"f:metadata": {"f:annotations": {"f:k": {}}}}}]}}
                            """, VMRecord.class);

            assertThat(record.getMetadata().getManagedFields()).isEmpty();
            assertThat(record.getMetadata().getAdditionalProperties()).isEmpty();
            assertThat(record.getMetadata().getUid()).isEqualTo("u1");
            assertThat(record.getMetadata().getAnnotations()).containsEntry("k", "v");
            assertThat(record.getSchema()).isEqualTo(1);
        }
    }
}
