package io.cbtguard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.cbtguard.testkit.cluster.Clusters;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Statuses are written by the operator only, records by whoever holds the verb restore. */
@Tag("cluster")
class AdmissionPoliciesIT {
    private static final List<HasMetadata> INSTALLED = new ArrayList<>();
    private static String namespace = "";
    private static String operatorName = "";
    private static KubernetesClient operator = Clusters.shared().adminClient();
    private static KubernetesClient tenant = Clusters.shared().adminClient();
    private static KubernetesClient restorer = Clusters.shared().adminClient();

    @BeforeAll
    static void install() {
        namespace = ApiServer.freshNamespace();
        operatorName = "system:serviceaccount:" + namespace + ":" + namespace + "-operator";
        var own = Manifests.installedIn(namespace);
        Manifests.objects("helm/cbtguard/files/rbac", own).forEach(AdmissionPoliciesIT::install);
        Manifests.objects("helm/cbtguard/files/admission", own).forEach(AdmissionPoliciesIT::install);
        operator = Clusters.shared().clientAs(namespace, namespace + "-operator");
        tenant = account("tenant", "get", "list", "create", "update", "patch", "delete", "deletecollection");
        restorer = account("restorer", "get", "list", "create", "update", "patch", "delete", "restore");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThatCode(() -> create(tenant, record("probe")))
                .hasMessageContaining("restore"));
        var probe = backup("probe");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThatCode(() -> writeStatus(tenant, probe))
                .hasMessageContaining("status is written by the operator only"));
    }

    @AfterAll
    static void uninstall() {
        INSTALLED.forEach(object -> ApiServer.admin().resource(object).delete());
        awaitNobodyIsDenied();
        ApiServer.dropNamespaces();
        List.of(operator, tenant, restorer).forEach(KubernetesClient::close);
    }

    /** No selector keeps a policy from objects without a namespace, and the API server goes by it for a while after it is deleted. */
    private static void awaitNobodyIsDenied() {
        String name = namespace + "-released";
        var object = ApiServer.create("", ApiServer.object("CBTAdvisory", name, Specs.advisory("trigger: Note")));
        object.setAdditionalProperty("status", Map.of("affectedHosts", 0));
        try {
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> ApiServer.admin().resource(object).updateStatus() != null);
        } finally {
            ApiServer.admin().resource(object).delete();
        }
    }

    @Test
    void theOperatorWritesAStatus() {
        var written = writeStatus(operator, backup("told"));

        assertThat(written.<Map<String, Object>>get("status")).containsEntry("phase", "Pending");
    }

    @Test
    void nobodyElseWritesAStatusNotEvenAnAdministrator() {
        var backup = backup("forged");

        assertThat(denial(() -> writeStatus(tenant, backup)))
                .endsWith("status is written by the operator only (" + operatorName + "), not by system:serviceaccount:"
                        + namespace + ":tenant");
        assertThat(denial(() -> writeStatus(ApiServer.admin(), backup)))
                .contains("status is written by the operator only");
    }

    @Test
    void theOperatorWritesARecord() {
        var created = create(operator, record("of-the-operator"));
        var changed =
                operator.resource(generation(created, 2)).inNamespace(namespace).update();

        assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);
        operator.resource(changed).inNamespace(namespace).delete();
    }

    @Test
    void aTenantWithAllOtherVerbsWritesNoRecord() {
        var record = create(operator, record("out-of-reach"));
        String says =
                "VMRecords are written by the operator; system:serviceaccount:" + namespace + ":tenant needs the verb"
                        + " restore on vmrecords.cbtguard.io in namespace " + namespace + " to do it";

        assertThat(denial(() -> create(tenant, record("forged")))).endsWith(says);
        assertThat(denial(() -> tenant.resource(generation(record, 2))
                        .inNamespace(namespace)
                        .update()))
                .endsWith(says);
        assertThat(denial(() -> tenant.resource(record).inNamespace(namespace).delete()))
                .endsWith(says);
        assertThat(ApiServer.admin().resource(record).inNamespace(namespace).get())
                .isNotNull();
    }

    @Test
    void aRestoreToolWithTheVerbWritesARecord() {
        var restored = create(restorer, record("restored"));

        assertThat(restored.getMetadata().getUid()).isNotBlank();
    }

    @Test
    void anAdministratorWritesARecord() {
        assertThat(create(ApiServer.admin(), record("by-hand")).getMetadata().getUid())
                .isNotBlank();
    }

    @Test
    void aNamespaceEndsWithItsRecords() {
        String ending = ApiServer.freshNamespace();
        // The policies of this test are bound to its own namespace; this one shall be under them too.
        ApiServer.admin().namespaces().withName(ending).edit(ns -> {
            ns.getMetadata().getLabels().put("policies-of", namespace);
            return ns;
        });
        ApiServer.create(ending, record("last"));

        ApiServer.admin().namespaces().withName(ending).delete();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> ApiServer.admin().namespaces().withName(ending).get() == null);
    }

    private static void install(HasMetadata object) {
        if (object.getKind().equals("ValidatingAdmissionPolicyBinding")) {
            // Other tests of the same cluster write statuses as they like.
            Map<String, Object> spec = ((GenericKubernetesResource) object).get("spec");
            spec.put(
                    "matchResources",
                    Map.of("namespaceSelector", Map.of("matchLabels", Map.of("policies-of", namespace))));
        }
        INSTALLED.add(ApiServer.apply(object));
        ApiServer.admin().namespaces().withName(namespace).edit(ns -> {
            ns.getMetadata().getLabels().put("policies-of", namespace);
            return ns;
        });
    }

    private static KubernetesClient account(String name, String... verbs) {
        ApiServer.admin()
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("cbtguard.io")
                        .withResources("*", "vmbackups/status")
                        .withVerbs(verbs)
                        .endRule()
                        .build())
                .create();
        ApiServer.admin()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
                        .addNewSubject("", "ServiceAccount", name, namespace)
                        .build())
                .create();
        return Clusters.shared().clientAs(namespace, name);
    }

    private static String denial(ThrowingCallable request) {
        var denied = catchThrowableOfType(KubernetesClientException.class, request);
        assertThat(denied).as("the request is denied").isNotNull();
        assertThat(denied.getCode()).as(denied.getMessage()).isEqualTo(403);
        return denied.getStatus().getMessage();
    }

    private static GenericKubernetesResource record(String name) {
        return ApiServer.object("VMRecord", name, """
                schema: 1
                generation: 1
                binding: {moRef: vm-42}
                evidenceThrough: {epoch: 0, key: 1, time: "2026-11-22T01:00:00Z"}
                """);
    }

    private static GenericKubernetesResource generation(GenericKubernetesResource record, int generation) {
        record.setAdditionalProperty("generation", generation);
        return record;
    }

    private static GenericKubernetesResource backup(String name) {
        return ApiServer.create(namespace, ApiServer.object("VMBackup", name, Specs.backup("")));
    }

    private static GenericKubernetesResource create(KubernetesClient as, GenericKubernetesResource object) {
        return as.resource(object).inNamespace(namespace).create();
    }

    private static GenericKubernetesResource writeStatus(KubernetesClient as, GenericKubernetesResource backup) {
        var status = ApiServer.object("VMBackup", backup.getMetadata().getName(), "status: {phase: Pending}");
        return as.resource(status).inNamespace(namespace).subresource("status").patch(ApiServer.APPLY);
    }
}
