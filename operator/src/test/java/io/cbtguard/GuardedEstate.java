package io.cbtguard;

import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.testkit.cluster.Clusters;
import io.cbtguard.testkit.process.Checkout;
import io.cbtguard.vsphere.VimWatches;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One vCenter, one protected VM and the operator with its own ServiceAccount and the roles it is shipped with. The operator can be
 * stopped and started; everything made is removed at the end.
 */
final class GuardedEstate implements AutoCloseable {
    static final String SYSTEM = "cbtguard-system";
    static final String VM = "web-01";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("tests")
            .withForce(true)
            .build();

    final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withVms(3));
    final KubernetesClient admin = Clusters.shared().adminClient();
    final String vcenter = "vc-" + UUID.randomUUID().toString().substring(0, 8);
    final String namespace = "shop-" + UUID.randomUUID().toString().substring(0, 8);

    private @Nullable CbtGuard operator;
    private int runs;

    static GuardedEstate up() throws IOException {
        GuardedEstate estate = new GuardedEstate();
        estate.install();
        estate.declare();
        estate.startOperator();
        estate.soon(
                "the VM is bound",
                () -> estate.condition("Ready").filter("True"::equals).isPresent());
        return estate;
    }

    private void install() throws IOException {
        apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s}
                """.formatted(SYSTEM));
        applyAll(Checkout.root().resolve("crds/generated"));
        for (Class<? extends HasMetadata> kind :
                List.of(VCenter.class, ProtectedVM.class, VMBackup.class, VMRecord.class)) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                admin.resources(kind).inNamespace(SYSTEM).list();
                return true;
            });
        }
        applyAll(Checkout.root().resolve("helm/cbtguard/files/rbac"));
    }

    void declare() {
        String ca = simulator.caPem().replace("\n", "\n            ");
        apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %2$s}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: %1$s, namespace: cbtguard-system, annotations: {cbtguard.io/server: 127.0.0.1}}
                stringData: {username: '%3$s', password: '%4$s'}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %1$s, namespace: cbtguard-system}
                data:
                  ca.crt: |
                            %5$s
                """.formatted(vcenter, namespace, simulator.userName(), simulator.password(), ca));
        declareVcenter();
        apply("""
                apiVersion: cbtguard.io/v1alpha1
                kind: BackupPolicy
                metadata: {name: gold, namespace: %2$s}
                spec: {rpo: 24h}
                ---
                apiVersion: cbtguard.io/v1alpha1
                kind: ProtectedVM
                metadata: {name: web, namespace: %2$s}
                spec:
                  vcenterRef: {name: %1$s, namespace: cbtguard-system}
                  vm: {name: web-01}
                  policyRef: {name: gold}
                """.formatted(vcenter, namespace));
    }

    void declareVcenter() {
        apply("""
                apiVersion: cbtguard.io/v1alpha1
                kind: VCenter
                metadata: {name: %1$s, namespace: cbtguard-system}
                spec:
                  server: https://127.0.0.1:%2$d
                  credentialsSecretRef: {name: %1$s}
                  tls: {caBundleRef: {name: %1$s}}
                  access:
                  - namespaces: {from: All}
                    folders: [/DC0/vm]
                """.formatted(vcenter, simulator.sdkUri().getPort()));
    }

    void startOperator() throws IOException {
        String kubeconfig = Clusters.shared().kubeconfigFor(SYSTEM, "cbtguard-operator", null, null);
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
        Options options =
                Options.parse(Map.of(), "--http-port", "0", "--http-bind", "127.0.0.1", "--leader-elect=false");
        operator = CbtGuard.start(options, client, new VimWatches(), () -> {});
    }

    void stopOperator() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }

    /** Asks, takes the snapshot, reports as decided, waits for the outcome. */
    VMBackup backup(String type) {
        VMBackup asked = ask(type);
        var decision = Objects.requireNonNull(asked.getStatus().decision());
        String snapshot = simulator.vms().as("backup@vsphere.local").snapshot(VM, "backup");
        StringBuilder disks = new StringBuilder();
        for (var disk : simulator.vms().get(VM).snapshot("backup").disks()) {
            var decided = decision.disks().stream()
                    .filter(d -> Objects.equals(d.key(), (long) disk.key()))
                    .findFirst()
                    .orElseThrow();
            disks.append(
                    decided.changeId() == null
                            ? "{key: %d, changeId: '%s', read: All},".formatted(disk.key(), disk.changeId())
                            : "{key: %d, changeId: '%s', read: Changed, baseRun: %s, baseChangeId: '%s'},"
                                    .formatted(disk.key(), disk.changeId(), decided.baseRun(), decided.changeId()));
        }
        String name = asked.getMetadata().getName();
        admin.resources(VMBackup.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), """
                        spec:
                          report:
                            decisionToken: %s
                            outcome: Succeeded
                            snapshot: {moRef: %s}
                            disks: [%s]
                        """.formatted(decision.token(), snapshot, disks));
        soon(name + " is complete", () -> backupCondition(name, "Complete"));
        simulator.vms().removeSnapshot(VM, snapshot);
        return named(name);
    }

    VMBackup ask(String type) {
        String name = "run-" + ++runs;
        apply("""
                apiVersion: cbtguard.io/v1alpha1
                kind: VMBackup
                metadata: {name: %s, namespace: %s}
                spec: {protectedVMRef: {name: web}, type: %s}
                """.formatted(name, namespace, type));
        soon(name + " is decided", () -> backupCondition(name, "Decided"));
        return named(name);
    }

    static String phase(VMBackup backup) {
        return String.valueOf(backup.getStatus().phase());
    }

    /** Full, Incremental or Refused. */
    static String decided(VMBackup backup) {
        return String.valueOf(
                Objects.requireNonNull(backup.getStatus().decision()).type());
    }

    VMBackup named(String backup) {
        return admin.resources(VMBackup.class)
                .inNamespace(namespace)
                .withName(backup)
                .get();
    }

    ProtectedVM vm() {
        return admin.resources(ProtectedVM.class)
                .inNamespace(namespace)
                .withName("web")
                .get();
    }

    /** The only record of this vCenter. */
    VMRecord record() {
        return admin.resources(VMRecord.class).inNamespace(SYSTEM).list().getItems().stream()
                .filter(r -> r.getMetadata().getName().startsWith(vcenter))
                .findFirst()
                .orElseThrow();
    }

    Optional<String> condition(String type) {
        return conditionObject(type).map(Condition::getStatus);
    }

    Optional<Condition> conditionObject(String type) {
        var status = vm().getStatus();
        return status == null
                ? Optional.empty()
                : status.conditions().stream()
                        .filter(c -> c.getType().equals(type))
                        .findFirst();
    }

    void awaitForceFull(String status, String reason) {
        soon("ForceFull is " + status + " by " + reason, () -> conditionObject("ForceFull")
                .filter(c -> c.getStatus().equals(status) && c.getReason().equals(reason))
                .isPresent());
    }

    void soon(String what, Callable<Boolean> condition) {
        await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(condition);
    }

    private boolean backupCondition(String name, String type) {
        var status = named(name).getStatus();
        return status != null
                && status.conditions().stream()
                        .anyMatch(c -> c.getType().equals(type) && c.getStatus().equals("True"));
    }

    void apply(String yaml) {
        admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items().stream()
                .forEach(object -> admin.resource(object).patch(APPLY));
    }

    private void applyAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                apply(Files.readString(file));
            }
        }
    }

    @Override
    public void close() {
        stopOperator();
        admin.resources(VMRecord.class).inNamespace(SYSTEM).list().getItems().stream()
                .filter(r -> r.getMetadata().getName().startsWith(vcenter))
                .forEach(r -> admin.resource(r).delete());
        admin.resources(VCenter.class).inNamespace(SYSTEM).withName(vcenter).delete();
        admin.secrets().inNamespace(SYSTEM).withName(vcenter).delete();
        admin.configMaps().inNamespace(SYSTEM).withName(vcenter).delete();
        admin.resources(Namespace.class).withName(namespace).delete();
        simulator.close();
        admin.close();
    }
}
