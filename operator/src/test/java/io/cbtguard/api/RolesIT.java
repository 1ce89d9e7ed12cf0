package io.cbtguard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.testkit.cluster.Clusters;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what with the roles as they are installed. */
@Tag("cluster")
class RolesIT {
    private static final List<HasMetadata> INSTALLED = new ArrayList<>();
    private static String own = "";
    private static String other = "";
    private static KubernetesClient operator = Clusters.shared().adminClient();

    @BeforeAll
    static void install() {
        own = ApiServer.freshNamespace();
        other = ApiServer.freshNamespace();
        Manifests.objects("helm/cbtguard/files/rbac", Manifests.installedIn(own))
                .forEach(object -> INSTALLED.add(ApiServer.apply(object)));
        operator = Clusters.shared().clientAs(own, own + "-operator");
    }

    @AfterAll
    static void uninstall() {
        INSTALLED.forEach(object -> ApiServer.admin().resource(object).delete());
        ApiServer.dropNamespaces();
        operator.close();
    }

    @ParameterizedTest(name = "the operator may {0} {2} in every namespace")
    @CsvSource({
        "list,'',namespaces",
        "watch,cbtguard.io,backuppolicies",
        "watch,cbtguard.io,protectedvms",
        "watch,cbtguard.io,vcenters",
        "watch,cbtguard.io,vmbackups",
        "watch,cbtguard.io,vmrestores",
        "watch,cbtguard.io,cbtadvisories",
        "patch,cbtguard.io,cbtadvisories/status",
        "patch,cbtguard.io,vmrestores/status",
        "patch,cbtguard.io,backuppolicies/status",
        "patch,cbtguard.io,protectedvms/status",
        "patch,cbtguard.io,vcenters/status",
        "patch,cbtguard.io,vmbackups/status",
        "delete,cbtguard.io,vmbackups",
        "create,events.k8s.io,events",
    })
    void reads(String verb, String group, String resource) {
        assertThat(may(operator, verb, group, resource, other)).isTrue();
    }

    @ParameterizedTest(name = "the operator may {0} {2} in its VCenters'' namespace and nowhere else")
    @CsvSource({
        "watch,'',secrets",
        "watch,'',configmaps",
        "create,cbtguard.io,vmrecords",
        "update,cbtguard.io,vmrecords",
        "delete,cbtguard.io,vmrecords",
        "watch,cbtguard.io,vmrecords",
        "restore,cbtguard.io,vmrecords",
        "update,coordination.k8s.io,leases",
    })
    void keeps(String verb, String group, String resource) {
        assertThat(may(operator, verb, group, resource, own)).isTrue();
        assertThat(may(operator, verb, group, resource, other)).isFalse();
    }

    @ParameterizedTest(name = "the operator may not {0} {2}")
    @CsvSource({
        "update,cbtguard.io,vmbackups",
        "patch,cbtguard.io,protectedvms",
        "patch,cbtguard.io,vcenters",
        "patch,cbtguard.io,cbtadvisories",
        "update,cbtguard.io,vmrestores",
        "update,'',secrets",
        "create,'',pods",
        "escalate,rbac.authorization.k8s.io,roles",
    })
    void isHeldBack(String verb, String group, String resource) {
        assertThat(may(operator, verb, group, resource, own)).isFalse();
    }

    @Test
    void anEditorDeclaresVmsAndBackupsAndNoVCenter() {
        try (var editor = person("edit")) {
            assertThat(may(editor, "create", "cbtguard.io", "vmbackups", other)).isTrue();
            assertThat(may(editor, "patch", "cbtguard.io", "protectedvms", other))
                    .isTrue();
            assertThat(may(editor, "create", "cbtguard.io", "vmrestores", other))
                    .isTrue();
            assertThat(may(editor, "create", "cbtguard.io", "cbtadvisories", other))
                    .isFalse();
            assertThat(may(editor, "create", "cbtguard.io", "vcenters", other)).isFalse();
            assertThat(may(editor, "update", "cbtguard.io", "vmrecords", other)).isFalse();
            assertThat(may(editor, "patch", "cbtguard.io", "vmbackups/status", other))
                    .isFalse();
        }
    }

    @Test
    void aViewerReadsEveryKind() {
        try (var viewer = person("view")) {
            for (String kind :
                    List.of("vcenters", "backuppolicies", "protectedvms", "vmbackups", "vmrestores", "vmrecords")) {
                assertThat(may(viewer, "get", "cbtguard.io", kind, other))
                        .as(kind)
                        .isTrue();
                assertThat(may(viewer, "patch", "cbtguard.io", kind, other))
                        .as(kind)
                        .isFalse();
            }
        }
    }

    private static KubernetesClient person(String role) {
        ApiServer.admin()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(other)
                        .withName(role)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", own + "-" + role)
                        .addNewSubject("", "ServiceAccount", role, other)
                        .build())
                .create();
        return Clusters.shared().clientAs(other, role);
    }

    private static boolean may(KubernetesClient who, String verb, String group, String resource, String namespace) {
        String[] parts = resource.split("/");
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(parts[0])
                .withSubresource(parts.length > 1 ? parts[1] : "")
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        return who.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }
}
