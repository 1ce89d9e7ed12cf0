package io.cbtguard.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart makes of its values, without a cluster. */
class ChartTemplateIT {
    @Test
    void lintFindsNothing() {
        assertThat(Helm.run("lint", "--strict", Helm.chart()).orFail()).contains("0 chart(s) failed");
    }

    @Test
    void theCrdsAreThoseMadeFromTheModel() throws IOException {
        assertThat(names("helm/cbtguard/crds"))
                .as("copy crds/generated/*.yml to helm/cbtguard/crds")
                .isEqualTo(names("crds/generated"));
        for (String name : names("crds/generated")) {
            assertThat(Checkout.root().resolve("helm/cbtguard/crds").resolve(name))
                    .as("copy crds/generated/*.yml to helm/cbtguard/crds")
                    .hasSameTextualContentAs(
                            Checkout.root().resolve("crds/generated").resolve(name));
        }
    }

    @Test
    void theDefaultsAreOneOperatorThatOwnsNothingOfOthers() {
        assertThat(kinds(Helm.objects()))
                .containsExactlyInAnyOrder(
                        "CBTAdvisory/broadcom-310751",
                        "CBTAdvisory/broadcom-317933",
                        "CBTAdvisory/vmware-kb-1021607",
                        "ClusterRole/cbtguard-admin",
                        "ClusterRole/cbtguard-edit",
                        "ClusterRole/cbtguard-operator",
                        "ClusterRole/cbtguard-view",
                        "ClusterRoleBinding/cbtguard-operator",
                        "Deployment/cbtguard-operator",
                        "NetworkPolicy/cbtguard-operator",
                        "PodDisruptionBudget/cbtguard-operator",
                        "Role/cbtguard-operator-election",
                        "Role/cbtguard-operator-vcenters",
                        "RoleBinding/cbtguard-operator-election",
                        "RoleBinding/cbtguard-operator-vcenters",
                        "Service/cbtguard-operator-metrics",
                        "ServiceAccount/cbtguard-operator",
                        "ValidatingAdmissionPolicy/cbtguard-records",
                        "ValidatingAdmissionPolicy/cbtguard-statuses",
                        "ValidatingAdmissionPolicyBinding/cbtguard-records",
                        "ValidatingAdmissionPolicyBinding/cbtguard-statuses");
    }

    @ParameterizedTest(name = "{0} leaves out {1}")
    @CsvSource({
        "serviceAccount.create=false, ServiceAccount/cbtguard-operator",
        "rbac.create=false, ClusterRole/cbtguard-operator",
        "rbac.create=false, Role/cbtguard-operator-vcenters",
        "rbac.aggregate=false, ClusterRole/cbtguard-edit",
        "admission.enabled=false, ValidatingAdmissionPolicy/cbtguard-records",
        "admission.enabled=false, ValidatingAdmissionPolicyBinding/cbtguard-statuses",
        "advisories.bundled=false, CBTAdvisory/broadcom-317933",
        "podDisruptionBudget.enabled=false, PodDisruptionBudget/cbtguard-operator",
        "networkPolicy.enabled=false, NetworkPolicy/cbtguard-operator",
        "metrics.service=false, Service/cbtguard-operator-metrics",
        "leaderElection.enabled=false, Role/cbtguard-operator-election",
    })
    void leavesOut(String value, String object) {
        assertThat(kinds(Helm.objects())).contains(object);
        assertThat(kinds(Helm.objects(value))).doesNotContain(object);
    }

    @ParameterizedTest(name = "{0} adds {1}")
    @CsvSource({
        "metrics.serviceMonitor.enabled=true, ServiceMonitor/cbtguard-operator",
        "metrics.podMonitor.enabled=true, PodMonitor/cbtguard-operator",
        "prometheusRule.enabled=true, PrometheusRule/cbtguard-operator",
        "dashboard.enabled=true, ConfigMap/cbtguard-operator-dashboard",
    })
    void adds(String value, String object) {
        assertThat(kinds(Helm.objects())).doesNotContain(object);
        assertThat(kinds(Helm.objects(value))).contains(object);
    }

    @ParameterizedTest(name = "{0} shows as {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "replicas=2 | replicas: 2",
                "image.tag=9.9.9 | image: \"cbtguard/operator:9.9.9\"",
                "image.repository=r.example/op | image: \"r.example/op:0.2.0\"",
                "image.pullPolicy=Always | imagePullPolicy: \"Always\"",
                "imagePullSecrets[0].name=creds | - name: \"creds\"",
                "ports.http=9090 | - \"--http-port=9090\"",
                "ports.http=9090 | containerPort: 9090",
                "ports.page=9091 | - \"--page-port=9091\"",
                "leaderElection.leaseSeconds=30 | - \"--lease-seconds=30\"",
                "metrics.perVm=off | - \"--per-vm-metrics=off\"",
                "log.format=text | - \"--log-format=text\"",
                "leaderElection.enabled=false | - \"--leader-elect=false\"",
                "leaderElection.enabled=false | type: \"Recreate\"",
                "leaderElection.enabled=true | - \"--leader-elect=true\"",
                "vcenterNamespaces={b,c} | - \"--vcenter-namespaces=b,c\"",
                "extraArgs={--http-bind=::} | - \"--http-bind=::\"",
                "extraEnv[0].name=HTTPS_PROXY | - name: \"HTTPS_PROXY\"",
                "jvm.options={-Xss256k} | value: \"-Xss256k\"",
                "resources.limits.memory=2Gi | memory: \"2Gi\"",
                "tmp.sizeLimit=1Gi | sizeLimit: \"1Gi\"",
                "podAnnotations.team=a | team: \"a\"",
                "podLabels.tier=b | tier: \"b\"",
                "nodeSelector.disk=ssd | disk: \"ssd\"",
                "tolerations[0].key=infra | - key: \"infra\"",
                "affinity.nodeAffinity.x=y | nodeAffinity:",
                "topologySpreadConstraints[0].topologyKey=zone | topologyKey: \"zone\"",
                "priorityClassName=high | priorityClassName: \"high\"",
                "terminationGracePeriodSeconds=77 | terminationGracePeriodSeconds: 77",
                "serviceAccount.name=guard | serviceAccountName: \"guard\"",
                "nameOverride=vault | name: \"cbtguard-vault-operator\"",
                "fullnameOverride=guard | name: \"guard-operator\"",
            })
    void shows(String value, String line) {
        assertThat(deployment(value)).as("with " + value).contains(line);
        assertThat(value.equals("leaderElection.enabled=true") ? "" : deployment("log.format=json"))
                .as("without")
                .doesNotContain(line);
    }

    @Test
    void aDigestWinsOverTheTag() {
        String digest = "sha256:" + "0123456789abcdef".repeat(4);

        assertThat(container(Helm.objects("image.digest=" + digest, "image.tag=x"))
                        .getImage())
                .isEqualTo("cbtguard/operator@" + digest);
    }

    @Test
    void everyNamespaceOfVcentersGetsTheRoleAndTheOperatorIsToldOfIt() {
        var objects = Helm.objects("vcenterNamespaces={backup,vault}");

        assertThat(objects.stream()
                        .filter(object -> object.getMetadata().getName().equals("cbtguard-operator-vcenters"))
                        .map(object ->
                                object.getKind() + "/" + object.getMetadata().getNamespace()))
                .containsExactlyInAnyOrder("Role/backup", "Role/vault", "RoleBinding/backup", "RoleBinding/vault");
        assertThat(container(objects).getArgs()).contains("--vcenter-namespaces=backup,vault");
        assertThat(text("vcenterNamespaces={backup}")).contains("namespace: cbtguard-system");
    }

    @Test
    void theStatusPolicyNamesTheReleasesOwnAccountAndTheOthers() {
        String policy = Helm.template(
                        "blue",
                        "vaults",
                        "--set",
                        "admission.otherOperators={system:serviceaccount:green:op},serviceAccount.name=guard",
                        "-s",
                        "templates/admission.yaml")
                .orFail();

        assertThat(policy)
                .contains("''system:serviceaccount:vaults:guard'', ''system:serviceaccount:green:op''")
                .doesNotContain("cbtguard-system");
    }

    @Test
    void theTestPodIsTheOperatorsContainerThatOnlyChecks() {
        String[] values = {"extraArgs={--lease-seconds=20}", "extraEnv[0].name=HTTPS_PROXY", "serviceAccount.name=guard"
        };
        var operators = container(Helm.objects(values));
        var pod = Helm.testPod(values);
        var own = pod.getSpec().getContainers().get(0);

        assertThat(pod.getMetadata().getAnnotations()).containsEntry("helm.sh/hook", "test");
        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("guard");
        assertThat(own.getArgs())
                .startsWith(operators.getArgs().toArray(String[]::new))
                .endsWith("--check");
        assertThat(own.getImage()).isEqualTo(operators.getImage());
        assertThat(own.getEnv()).isEqualTo(operators.getEnv());
        assertThat(own.getSecurityContext()).isEqualTo(operators.getSecurityContext());
        assertThat(pod.getMetadata().getLabels())
                .as("neither the Service nor the Deployment takes it for one of theirs")
                .containsEntry("app.kubernetes.io/component", "check");
    }

    @Test
    void aReleaseCalledLikeAPlainNameIsNotRenamedTwice() {
        String all = Helm.template("cbtguard-operator", "cbtguard-operator").orFail();

        assertThat(all).doesNotContain("@").contains("name: cbtguard-operator-operator");
        assertThat(Helm.parse(all))
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getNamespace()).isIn(null, "cbtguard-operator"));
    }

    @ParameterizedTest(name = "{0} is refused")
    @ValueSource(
            strings = {
                "replicas=two",
                "replicas=-1",
                "replica=2",
                "image.name=x",
                "image.digest=latest",
                "image.pullPolicy=Sometimes",
                "leaderElection.enabled=1",
                "ports.http=80",
                "ports.http=http",
                "log.format=xml",
                "vcenterNamespaces=backup",
                "vcenterNamespaces={Not A Name}",
                "admission.otherOperators={alice}",
                "advisories.bundled=sometimes",
                "metrics.serviceMonitor.interval=soon",
                "prometheusRule.alerts.CBTGuardVMAtRisk.for=10",
                "prometheusRule.alerts.CBTGuardNoSuch.for=10m",
                "prometheusRule.bridge=never",
                "resources.memory=1Gi",
                "podLabels.x=1",
            })
    void isRefusedByTheSchema(String value) {
        assertThat(Helm.template(Helm.RELEASE, Helm.NAMESPACE, "--set", value))
                .satisfies(result -> assertThat(result.exit()).isNotZero())
                .satisfies(result -> assertThat(result.output()).contains("of the schema", "- at '"));
    }

    @Test
    void whatWouldHarmIsRefusedWithAReason() {
        assertThat(refusal("replicas=2,leaderElection.enabled=false")).contains("more than one needs leaderElection");
        assertThat(refusal("metrics.serviceMonitor.enabled=true,metrics.podMonitor.enabled=true"))
                .contains("not both");
        assertThat(refusal("metrics.serviceMonitor.enabled=true,metrics.service=false"))
                .contains("serviceMonitor needs metrics.service");
    }

    @Test
    void anAlertIsSetByItsValuesAndLeftOutByThem() {
        String rule = Helm.template(
                        Helm.RELEASE,
                        Helm.NAMESPACE,
                        "--set",
                        "prometheusRule.enabled=true,prometheusRule.bridge=7m"
                                + ",prometheusRule.alerts.CBTGuardVMAtRisk.enabled=false"
                                + ",prometheusRule.alerts.CBTGuardVCenterDown.for=99m"
                                + ",prometheusRule.alerts.CBTGuardVCenterDown.severity=page"
                                + ",prometheusRule.alerts.CBTGuardDetectionSlow.seconds=42",
                        "-s",
                        "templates/prometheus-rule.yaml")
                .orFail();

        assertThat(rule)
                .doesNotContain("CBTGuardVMAtRisk")
                .doesNotContain("@")
                .contains("for: 99m", "severity: page", "> 42", "[7m]");
    }

    /** As fabric8 reads it: whatever the style of the template, strings are quoted here. */
    private static String deployment(String value) {
        return Serialization.asYaml(Helm.one(Helm.objects(value), "Deployment", Deployment.class));
    }

    private static String refusal(String values) {
        var result = Helm.template(Helm.RELEASE, Helm.NAMESPACE, "--set", values);
        assertThat(result.exit()).isNotZero();
        return result.output();
    }

    private static String text(String value) {
        return Helm.template(Helm.RELEASE, Helm.NAMESPACE, "--set", value).orFail();
    }

    private static io.fabric8.kubernetes.api.model.Container container(List<HasMetadata> objects) {
        return Helm.one(objects, "Deployment", Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
    }

    private static List<String> kinds(List<HasMetadata> objects) {
        return objects.stream()
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .toList();
    }

    private static Set<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Checkout.root().resolve(folder))) {
            return new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }
}
