package io.cbtguard.preflight;

import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.preflight.TimeLimit.Step;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks at all that the operator needs, on both sides, and says what is missing. Writes nothing anywhere. */
public final class Preflight {
    /** Time for the whole: a vCenter or a machine that is busy takes its time, a person does not wait for ever. */
    public static final Duration WITHIN = Duration.ofMinutes(2);

    private static final int REQUEST_MILLIS = 30_000;

    private final KubernetesClient client;
    private final Scope scope;
    private final TimeLimit limit;

    private Preflight(KubernetesClient client, Scope scope, Duration within) {
        this.client = client;
        this.scope = scope;
        this.limit = new TimeLimit(within);
    }

    /**
     * Prints a table: what was looked at, whether it suffices, what was seen and what to do.
     *
     * @param config of the account that the operator will have: its permissions are what counts
     * @param within ends by then, whoever does not answer
     * @return whether nothing is missing
     */
    public static boolean isAllThere(Config config, Scope scope, Duration within, PrintStream out)
            throws InterruptedException {
        Config once = new ConfigBuilder(config)
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(REQUEST_MILLIS)
                .withConnectionTimeout(REQUEST_MILLIS)
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(once).build()) {
            List<Checked> all = new Preflight(client, scope, within).look();
            out.print(Table.of(all));
            return all.stream().noneMatch(Checked::isMissing);
        }
    }

    private List<Checked> look() throws InterruptedException {
        String server = "API server " + client.getMasterUrl();
        List<Checked> all = new ArrayList<>(limit.look(List.of(new Step(server, () -> List.of(apiServer(server))))));
        if (all.stream().anyMatch(Checked::isMissing)) {
            return all;
        }
        List<Step> ofTheCluster = new ArrayList<>();
        ofTheCluster.add(new Step("CRDs", () -> Crds.check(client)));
        ofTheCluster.add(new Step("permissions", () -> Permissions.check(client, scope)));
        namespaces()
                .forEach(namespace ->
                        ofTheCluster.add(new Step("namespace " + namespace, () -> List.of(namespace(namespace)))));
        all.addAll(limit.look(ofTheCluster));

        List<VCenter> vcenters = new ArrayList<>();
        all.addAll(limit.look(List.of(new Step("VCenters", () -> listInto(vcenters)))));
        all.addAll(limit.look(vcenters.stream()
                .map(vcenter -> new Step(VcenterChecks.name(vcenter), () -> VcenterChecks.check(client, vcenter)))
                .toList()));
        return all;
    }

    private Stream<String> namespaces() {
        return Stream.concat(
                        Stream.of(scope.namespace()),
                        scope.vcenterNamespaces().stream().sorted())
                .distinct();
    }

    private Checked apiServer(String what) {
        try {
            return Checked.ok(
                    what, "Kubernetes " + client.getKubernetesVersion().getGitVersion() + ", as " + account());
        } catch (KubernetesClientException e) {
            String remedy = e.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED
                    ? "it does not know the account: look at the token or certificate"
                    : "look at address, certificate and network policy";
            return Checked.missing(what, TimeLimit.why(e) + "; " + remedy);
        }
    }

    /** Whose permissions these are; the answer is not kept. */
    private String account() {
        return client.resource(new SelfSubjectReview())
                .create()
                .getStatus()
                .getUserInfo()
                .getUsername();
    }

    private Checked namespace(String name) {
        String what = "namespace " + name;
        return client.namespaces().withName(name).get() == null
                ? Checked.missing(what, "does not exist; create it, or correct --namespace or --vcenter-namespaces")
                : Checked.ok(what, "");
    }

    private List<Checked> listInto(List<VCenter> vcenters) {
        scope.vcenterNamespaces().stream()
                .sorted()
                .flatMap(namespace -> client.resources(VCenter.class).inNamespace(namespace).list().getItems().stream())
                .forEach(vcenters::add);
        return vcenters.isEmpty()
                ? List.of(Checked.note(
                        "VCenters",
                        "there is none in " + String.join(", ", scope.vcenterNamespaces())
                                + "; declare one and check again"))
                : List.of();
    }
}
