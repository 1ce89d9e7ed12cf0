package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.preflight.Preflight;
import io.cbtguard.preflight.Scope;
import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.testkit.cluster.Clusters;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code --check} says, as the operator's ServiceAccount, of a real API server and a simulated vCenter. */
@Tag("cluster")
@Tag("simulator")
class PreflightIT {
    private final Simulator simulator =
            Simulator.start(SimulatorOptions.defaults().withVms(1));
    private final GuardBed bed = GuardBed.installed(null);
    private Scope scope = new Scope(bed.own, Set.of(bed.own), true);
    private Config config = bed.operatorConfig();

    @AfterEach
    void down() {
        bed.close();
        simulator.close();
    }

    /** @param table as printed */
    private record Said(boolean isAllThere, String table) {
        List<String> missing() {
            return table.lines().filter(line -> line.contains("   missing   ")).toList();
        }
    }

    private Said check(Duration within) {
        var out = new ByteArrayOutputStream();
        try (var print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            boolean isAllThere = Preflight.isAllThere(config, scope, within, print);
            return new Said(isAllThere, out.toString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Said check() {
        return check(Preflight.WITHIN);
    }

    private void declare(int port, String password) {
        bed.secret("lab", "127.0.0.1", simulator.userName(), password);
        bed.apply(bed.own, """
                apiVersion: cbtguard.io/v1alpha1
                kind: VCenter
                metadata: {name: lab}
                spec:
                  server: https://127.0.0.1:%d
                  credentialsSecretRef: {name: lab}
                  tls: {thumbprint: "%s"}
                """.formatted(port, simulator.thumbprint()));
    }

    private void declare() {
        declare(simulator.sdkUri().getPort(), simulator.password());
    }

    @Test
    void asInstalledNothingIsMissing() {
        declare();

        Said said = check();

        assertThat(said.missing()).isEmpty();
        assertThat(said.isAllThere()).isTrue();
        assertThat(said.table())
                .contains("as system:serviceaccount:" + bed.own + ":" + bed.own + "-operator")
                .containsPattern("CRD vmrecords\\.cbtguard\\.io +ok")
                .containsPattern("every namespace: patch vmbackups\\.cbtguard\\.io/status +ok")
                .containsPattern("namespace " + bed.own + ": create, get, patch, update leases.coordination.k8s.io +ok")
                .containsPattern("VCenter " + bed.own + "/lab: connection, certificate, login +ok +vCenter \\d")
                .containsPattern("VCenter " + bed.own + "/lab: privilege System.Read +ok")
                .endsWith("Nothing is missing.\n");
    }

    @Test
    void aVerbThatWasTakenAwayIsNamedWithItsResourceAndNamespace() {
        declare();
        bed.admin.resources(ClusterRole.class).withName(bed.own + "-operator").edit(role -> {
            role.getRules().stream()
                    .filter(rule -> rule.getResources().contains("vmbackups"))
                    .forEach(rule -> rule.setVerbs(List.of("get", "list", "watch")));
            return role;
        });
        bed.admin
                .resources(Role.class)
                .inNamespace(bed.own)
                .withName(bed.own + "-operator-vcenters")
                .edit(role -> {
                    role.getRules().removeIf(rule -> rule.getResources().contains("vmrecords"));
                    return role;
                });

        await("both are seen")
                .atMost(GuardBed.PATIENCE)
                .until(() -> check().missing().size() == 2);

        assertThat(check().missing())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("every namespace: delete, get, list, watch vmbackups.cbtguard.io ")
                        .contains("may not delete;", "helm/cbtguard/files/rbac"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("namespace " + bed.own + ": create, delete,")
                        .contains("may not create, delete, get, list, restore, update, watch;"));
        assertThat(check().isAllThere()).isFalse();
    }

    @Test
    void whoMayNotReadTheSecretIsToldTwice() {
        declare();
        bed.admin
                .resources(Role.class)
                .inNamespace(bed.own)
                .withName(bed.own + "-operator-vcenters")
                .edit(role -> {
                    role.getRules().removeIf(rule -> rule.getResources().contains("secrets"));
                    return role;
                });

        await("it is seen")
                .atMost(GuardBed.PATIENCE)
                .until(() -> check().missing().size() == 2);

        assertThat(check().missing())
                .anySatisfy(line -> assertThat(line).contains("may not get, list, watch;"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("VCenter " + bed.own + "/lab ")
                        .contains("secrets \"lab\" is forbidden"));
    }

    @Test
    void aVcenterThatDoesNotListenIsMissing() throws IOException {
        int silent;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            silent = socket.getLocalPort();
        }
        declare(silent, simulator.password());

        assertThat(check().missing())
                .singleElement()
                .asString()
                .contains("/lab: connection ", "127.0.0.1:" + silent, "check address, port");
    }

    @Test
    @Timeout(60)
    void aVcenterThatListensAndSaysNothingDoesNotHoldItUp() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            declare(mute.getLocalPort(), simulator.password());

            assertThat(check(Duration.ofSeconds(8)).missing())
                    .singleElement()
                    .asString()
                    .contains("VCenter " + bed.own + "/lab ", "no answer within 8 s");
        }
    }

    @Test
    void aWrongPasswordIsMissingAndNotShown() {
        declare(simulator.sdkUri().getPort(), "hunter2");

        Said said = check();

        assertThat(said.missing())
                .singleElement()
                .asString()
                .contains("/lab: login ", "rejects the user name or the password");
        assertThat(said.table()).doesNotContain("hunter2");
    }

    @Test
    void aSecretThatIsNotThereIsMissing() {
        bed.vcenterWithoutSecret("lab", "127.0.0.1");

        assertThat(check().missing())
                .singleElement()
                .asString()
                .contains("There is no Secret lab in namespace " + bed.own);
    }

    @Test
    void aPrivilegeThatTheWatchNeedsIsMissingAndAnotherOneIsANote() {
        simulator.privileges().deny(simulator.userName(), "System.View");
        simulator.privileges().deny(simulator.userName(), "Global.Settings");
        declare();

        Said said = check();

        assertThat(said.missing())
                .singleElement()
                .asString()
                .contains(
                        "/lab: privilege System.View ",
                        "lacks it on the root folder; it is needed to see the inventory");
        assertThat(said.table()).containsPattern("/lab: privilege Global.Settings +note ");
        assertThat(said.isAllThere()).isFalse();
    }

    @Test
    void aVcenterThatIsSuspendedIsLeftAlone() {
        simulator.privileges().deny(simulator.userName(), "System.View");
        declare();
        bed.admin
                .resources(VCenter.class)
                .inNamespace(bed.own)
                .withName("lab")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"suspend\": true}}");

        assertThat(check().missing()).isEmpty();
    }

    @Test
    void aNamespaceThatDoesNotExistIsMissing() {
        scope = new Scope(bed.own, Set.of(bed.own, "no-such-vaults"), false);

        assertThat(check().missing())
                .anySatisfy(line ->
                        assertThat(line).startsWith("namespace no-such-vaults ").contains("create it"));
    }

    @Test
    void anApiServerThatCannotBeReachedIsTheOnlyThingSaid() throws IOException {
        int silent;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            silent = socket.getLocalPort();
        }
        config = new ConfigBuilder(config)
                .withMasterUrl("https://127.0.0.1:" + silent)
                .build();

        assertThat(check().table().lines())
                .hasSize(3)
                .element(1)
                .asString()
                .startsWith("API server https://127.0.0.1:" + silent)
                .contains("   missing   ", "look at address");
    }

    @Test
    void anAccountThatTheApiServerDoesNotKnowIsToldSo() {
        config = new ConfigBuilder(config).withOauthToken("stranger").build();

        assertThat(check().missing()).singleElement().asString().contains("it does not know the account");
    }

    @Test
    void itWritesNothing() throws IOException {
        declare();
        assertThat(check().isAllThere()).isTrue();
        Path audit = Clusters.shared().auditLog().orElse(null);
        assumeTrue(audit != null, "this cluster shows no audit log");

        Pattern request = Pattern.compile("\"requestURI\":\"([^\"]*)\",\"verb\":\"([^\"]*)\"");
        try (Stream<String> lines = Files.lines(audit)) {
            List<String> requests = lines.filter(
                            line -> line.contains("\"system:serviceaccount:" + bed.own + ":" + bed.own + "-operator\""))
                    .map(request::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(2) + " " + found.group(1))
                    .toList();

            assertThat(requests).hasSizeGreaterThan(40).allSatisfy(each -> assertThat(each)
                    .matches("(get|list) .*"
                            + "|create /apis/authorization.k8s.io/v1/selfsubjectaccessreviews.*"
                            + "|create /apis/authentication.k8s.io/v1/selfsubjectreviews.*"));
        }
    }
}
