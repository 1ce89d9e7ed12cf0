package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.VMRecord;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
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

    @Test
    void whatTwoObjectsSayInTheSameWordsTheyShare() {
        try (var client = ApiClients.builder(Config.empty()).build()) {
            ConfigMap one = map(client, "Bound");
            ConfigMap other = map(client, "Bound");

            assertThat(other.getData()).containsEntry("reason", "Bound");
            assertThat(other.getData().get("reason")).isSameAs(one.getData().get("reason"));
            assertThat(map(client, "Unbound").getData()).containsEntry("reason", "Unbound");
        }
    }

    private static ConfigMap map(KubernetesClient client, String reason) {
        return client.getKubernetesSerialization()
                .unmarshal(
                        "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"data\": {\"reason\": \"" + reason + "\"}}",
                        ConfigMap.class);
    }
}
