package io.cbtguard.preflight;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the operator must be allowed in the cluster. The one source is the RBAC that it is installed with: those files are in
 * the jar, and each of their rules is asked about.
 */
final class Permissions {
    static final String FOLDER = "helm/cbtguard/files/rbac";
    /** Names of Roles end so, in the chart too: which namespaces they are for. */
    private static final String OF_VCENTERS = "-vcenters";

    private static final String OF_ELECTION = "-election";
    private static final String EVERYWHERE = "";

    private Permissions() {}

    /**
     * One rule in one namespace.
     *
     * @param namespace empty: every one
     * @param group empty: Kubernetes' own oldest
     * @param resource with its subresource, if any, after a slash
     */
    record Need(String namespace, String group, String resource, List<String> verbs) {
        String where() {
            return namespace.equals(EVERYWHERE) ? "every namespace" : "namespace " + namespace;
        }

        /** As {@code kubectl auth can-i} has it. */
        String resourceAndGroup() {
            String[] parts = resource.split("/", 2);
            String name = group.isEmpty() ? parts[0] : parts[0] + "." + group;
            return parts.length == 1 ? name : name + "/" + parts[1];
        }
    }

    /** All that an operator of this scope needs. */
    static List<Need> needed(Scope scope) {
        return Stream.concat(
                        objects("cluster-role.yaml")
                                .flatMap(object -> object instanceof ClusterRole role
                                        ? needs(EVERYWHERE, role.getRules())
                                        : Stream.empty()),
                        objects("role.yaml")
                                .flatMap(object -> object instanceof Role role
                                        ? namespaces(role, scope)
                                                .flatMap(namespace -> needs(namespace, role.getRules()))
                                        : Stream.empty()))
                .toList();
    }

    private static Stream<String> namespaces(Role role, Scope scope) {
        String name = role.getMetadata().getName();
        if (name.endsWith(OF_VCENTERS)) {
            return scope.vcenterNamespaces().stream().sorted();
        }
        if (name.endsWith(OF_ELECTION)) {
            return scope.electsLeader() ? Stream.of(scope.namespace()) : Stream.empty();
        }
        throw new IllegalStateException("nobody knows which namespaces Role " + name + " is for");
    }

    private static Stream<Need> needs(String namespace, List<PolicyRule> rules) {
        return rules.stream().flatMap(rule -> rule.getApiGroups().stream().flatMap(group -> rule.getResources().stream()
                .map(resource -> new Need(namespace, group, resource, rule.getVerbs()))));
    }

    private static Stream<HasMetadata> objects(String file) {
        try (InputStream yaml = Permissions.class.getResourceAsStream("rbac/" + file)) {
            String all = new String(Objects.requireNonNull(yaml, file).readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(all.split("(?m)^---$")).map(Serialization::<HasMetadata>unmarshal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the API server about each; a review is answered and not kept. */
    static List<Checked> check(KubernetesClient client, Scope scope) {
        return needed(scope).stream().map(need -> check(client, need)).toList();
    }

    private static Checked check(KubernetesClient client, Need need) {
        String what = need.where() + ": " + String.join(", ", need.verbs()) + " " + need.resourceAndGroup();
        List<String> lacking = need.verbs().stream()
                .filter(verb -> !isAllowed(client, need, verb))
                .toList();
        return lacking.isEmpty()
                ? Checked.ok(what, "")
                : Checked.missing(
                        what,
                        "may not " + String.join(", ", lacking) + "; give the operator's ServiceAccount what " + FOLDER
                                + " says (the chart does: rbac.create, vcenterNamespaces)");
    }

    private static boolean isAllowed(KubernetesClient client, Need need, String verb) {
        String[] parts = need.resource().split("/", 2);
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(need.group())
                .withResource(parts[0])
                .withSubresource(parts.length > 1 ? parts[1] : "")
                .withNamespace(need.namespace())
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }
}
