package io.cbtguard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every manifest that people copy is applied as they would. */
@Tag("cluster")
class ExamplesIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path examples;

    private String operators = "";
    private String team = "";

    /** The examples, in namespaces of this test's own. */
    @BeforeEach
    void copy() throws IOException {
        operators = ApiServer.freshNamespace();
        team = ApiServer.freshNamespace();
        Path root = io.cbtguard.testkit.process.Checkout.root().resolve("examples");
        for (Path file : Manifests.files("examples")) {
            Path copy = examples.resolve(root.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.writeString(
                    copy,
                    Manifests.text(file).replace("cbtguard-system", operators).replaceAll("\\bshop\\b", team));
        }
    }

    @AfterAll
    static void dropNamespaces() {
        ApiServer.dropNamespaces();
    }

    @Test
    void theQuickstartAppliedTwiceChangesNothing() {
        apply("-k", examples.resolve("quickstart"));
        var first = versions("quickstart");

        apply("-k", examples.resolve("quickstart"));

        assertThat(first.keySet())
                .containsExactlyInAnyOrder(
                        "Namespace", "Secret", "ConfigMap", "VCenter", "BackupPolicy", "ProtectedVM");
        assertThat(versions("quickstart")).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"staging, vcenter.staging.example.com, 72h", "production, vcenter.example.com, 30h"})
    void anEnvironmentFromGitAppliedTwiceChangesNothing(String environment, String host, String rpo) {
        apply("-k", examples.resolve("gitops/" + environment));
        var first = versions("gitops/" + environment);

        apply("-k", examples.resolve("gitops/" + environment));

        assertThat(versions("gitops/" + environment)).isEqualTo(first);
        assertThat(get("VCenter", operators, "lab").<String>get("spec", "server"))
                .isEqualTo("https://" + host);
        assertThat(get("BackupPolicy", team, "gold").<String>get("spec", "rpo")).isEqualTo(rpo);
        assertThat(get("ProtectedVM", team, "db-01").<String>get("spec", "vm", "name"))
                .isEqualTo("db-01");
    }

    @Test
    void anOverlaySetsTheVCenterOfOnesOwn() {
        apply("-k", examples.resolve("overlay"));

        var vcenter = get("VCenter", operators, "lab");
        var secret = ApiServer.admin()
                .secrets()
                .inNamespace(operators)
                .withName("vcenter-lab")
                .get();
        assertThat(vcenter.<String>get("spec", "server"))
                .startsWith("https://vc01.")
                .endsWith(":8443");
        assertThat(vcenter.<String>get("spec", "server"))
                .contains(secret.getMetadata().getAnnotations().get("cbtguard.io/server"));
    }

    @Test
    void aBackupIsAskedForAndReported() throws IOException {
        for (String ask : List.of("ask.yaml", "ask-incremental.yaml", "report-only.yaml")) {
            apply("-f", examples.resolve("backup").resolve(ask));
            var first = backups();
            apply("-f", examples.resolve("backup").resolve(ask));
            assertThat(backups()).as(ask).isEqualTo(first);
        }

        patch("web-01-20261123", "report.yaml");
        patch("web-01-20261124", "report-incremental.yaml");

        assertThat(get("VMBackup", team, "web-01-20261123").<String>get("spec", "report", "outcome"))
                .isEqualTo("Succeeded");
        assertThat(get("VMBackup", team, "web-01-20261124").<List<Map<String, Object>>>get("spec", "report", "disks"))
                .singleElement()
                .satisfies(disk -> assertThat(disk).containsEntry("read", "Changed"));
    }

    @Test
    void bulletinsAreAppliedAndWithdrawn() throws IOException {
        for (String file : List.of("own-bulletin.yaml", "replace-bundled.yaml")) {
            Path bulletin = examples.resolve("advisory").resolve(file);
            Files.writeString(bulletin, Files.readString(bulletin).replace("name: example-", "name: " + team + "-"));
            apply("-f", bulletin);
            Kubectl.run("delete", "-f", bulletin.toString());
        }
    }

    @Test
    void aRestoreInPlaceIsDeclared() {
        Path restore = examples.resolve("restore/in-place.yaml");
        apply("-f", restore);
        apply("-f", restore);

        assertThat(get("VMRestore", team, "web-01-restored-20261124").<String>get("spec", "kind"))
                .isEqualTo("InPlace");
    }

    @Test
    void aTestRestoreIsDeclared() {
        Path restore = examples.resolve("restore/test.yaml");
        apply("-f", restore);
        apply("-f", restore);

        assertThat(get("VMRestore", team, "web-01-tested-20261124").<String>get("spec", "outcome"))
                .isEqualTo("Passed");
    }

    /** An example that no test applies fails here. */
    @Test
    void everyExampleIsApplied() throws IOException {
        String kustomization = Files.readString(examples.resolve("quickstart/kustomization.yaml"));
        try (Stream<Path> files = Files.list(examples.resolve("quickstart"))) {
            assertThat(files.map(path -> path.getFileName().toString())).allSatisfy(file -> assertThat(
                            file.equals("kustomization.yaml") || kustomization.contains("- " + file))
                    .as(file)
                    .isTrue());
        }
        assertThat(names("backup"))
                .containsExactlyInAnyOrder(
                        "ask.yaml",
                        "ask-incremental.yaml",
                        "report.yaml",
                        "report-incremental.yaml",
                        "report-only.yaml");
        assertThat(names("advisory")).containsExactlyInAnyOrder("own-bulletin.yaml", "replace-bundled.yaml");
        assertThat(names("restore")).containsExactlyInAnyOrder("in-place.yaml", "test.yaml");
        assertThat(names(""))
                .as("with alerts for a Grafana, which are compared with the chart's by make lint")
                .containsExactlyInAnyOrder(
                        "advisory", "backup", "gitops", "grafana", "overlay", "quickstart", "restore");
        // what the last two hold is for an Argo CD and a Flux, whose kinds are not served here
        assertThat(names("gitops")).containsExactlyInAnyOrder("base", "staging", "production", "argocd", "flux");
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(examples.resolve(folder))) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static void apply(String flag, Path what) {
        Kubectl.run("apply", "--server-side", flag, what.toString());
    }

    private void patch(String name, String file) {
        Kubectl.run(
                "patch",
                "vmbackup/" + name,
                "-n",
                team,
                "--type",
                "merge",
                "--patch-file",
                examples.resolve("backup").resolve(file).toString());
    }

    /** By kind; of several of one kind all, in their order. */
    private Map<String, String> versions(String folder) {
        return Stream.of(Kubectl.run("kustomize", examples.resolve(folder).toString())
                        .split("(?m)^---$"))
                .map(yaml -> Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .collect(Collectors.toMap(
                        HasMetadata::getKind,
                        object -> ApiServer.admin()
                                .resource(object)
                                .get()
                                .getMetadata()
                                .getResourceVersion(),
                        (one, other) -> one + " " + other));
    }

    private String backups() {
        return Kubectl.run(
                "get", "vmb", "-n", team, "-o", "jsonpath={.items[*]['metadata.name', 'metadata.resourceVersion']}");
    }

    private static GenericKubernetesResource get(String kind, String namespace, String name) {
        return ApiServer.admin()
                .genericKubernetesResources("cbtguard.io/v1alpha1", kind)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }
}
