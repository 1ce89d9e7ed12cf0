package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.BackupPolicy;
import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.Kinds;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecisionType;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.api.v1alpha1.VMRestore;
import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.fake.FakeVcenters;
import io.cbtguard.testkit.cluster.Clusters;
import io.cbtguard.testkit.cluster.TestCluster;
import io.cbtguard.testkit.process.Checkout;
import io.cbtguard.vsphere.VcenterWatch;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operator on a real API server, as its ServiceAccount, with namespaces of its own: one for itself and its VCenters, one for a
 * tenant. vCenters are fakes unless another factory is given. What was made is removed at the end.
 */
final class GuardBed implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Tests leave fulls open that others would wait behind: all VMs of a fake are on one host and one datastore. */
    static final String NO_WAITING = "{total: 1000, perHost: 1000, perDatastore: 1000}";

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("guard-tests")
            .withForce(true)
            .build();

    final String own;
    final String shop;
    final KubernetesClient admin;
    final FakeVcenters vcenters = new FakeVcenters();
    final MovableClock clock = new MovableClock();
    private final TestCluster cluster;
    private final VcenterWatch.Factory factory;
    private final List<HasMetadata> installed = new ArrayList<>();
    private @Nullable CbtGuard guard;

    private GuardBed(String own, TestCluster cluster, VcenterWatch.@Nullable Factory factory) {
        this.own = own;
        this.shop = own + "-shop";
        this.cluster = cluster;
        this.admin = cluster.adminClient();
        this.factory = factory == null ? vcenters : factory;
    }

    /** On another cluster, where somebody has installed the operator and runs it; the tenant's namespace is made. */
    static GuardBed elsewhere(String own, TestCluster cluster) {
        GuardBed bed = new GuardBed(own, cluster, null);
        bed.namespace(bed.shop, Map.of("team", own));
        return bed;
    }

    /** With fake vCenters; nothing is there yet but an installed, running operator. */
    static GuardBed start() {
        return start(null);
    }

    static GuardBed start(VcenterWatch.@Nullable Factory factory) {
        GuardBed bed = installed(factory);
        bed.startOperator();
        return bed;
    }

    /** With the operator installed, but not running. */
    static GuardBed installed(VcenterWatch.@Nullable Factory factory) {
        return installed(Clusters.shared(), factory);
    }

    /** With the operator installed on a cluster of one's own. */
    static GuardBed installed(TestCluster cluster, VcenterWatch.@Nullable Factory factory) {
        String own = "guard-" + UUID.randomUUID().toString().substring(0, 8);
        GuardBed bed = new GuardBed(own, cluster, factory);
        bed.install();
        return bed;
    }

    private void install() {
        namespace(own, Map.of());
        namespace(shop, Map.of("team", own));
        yaml("crds/generated").forEach(crd -> admin.resource(crd).patch(APPLY));
        for (Class<? extends HasMetadata> kind : Kinds.ALL) {
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                admin.resources(kind).inAnyNamespace().list();
                return true;
            });
        }
        for (GenericKubernetesResource role : yaml("helm/cbtguard/files/rbac")) {
            admin.resource(role).patch(APPLY);
            installed.add(role);
        }
    }

    private List<GenericKubernetesResource> yaml(String folder) {
        try (Stream<Path> files = Files.walk(Checkout.root().resolve(folder))) {
            List<GenericKubernetesResource> objects = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                for (String document : Files.readString(file).split("(?m)^---$")) {
                    objects.add(Serialization.unmarshal(renamed(document), GenericKubernetesResource.class));
                }
            }
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String renamed(String yaml) {
        return yaml.replace("cbtguard-system", own).replaceAll("cbtguard-(operator|view|edit|admin)", own + "-$1");
    }

    void namespace(String name, Map<String, String> labels) {
        HasMetadata namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build();
        installed.add(admin.resource(namespace).create());
    }

    void startOperator() {
        startOperator(ApiClients.builder(operatorConfig()).build());
    }

    /** Of the operator's account. */
    Config operatorConfig() {
        return Config.fromKubeconfig(cluster.kubeconfigFor(own, own + "-operator", null, null));
    }

    /** With a client of the operator's account; it is closed with the operator. */
    void startOperator(KubernetesClient client) {
        Options options = Options.parse(
                Map.of(),
                "--namespace=" + own,
                "--http-port=0",
                "--http-bind=127.0.0.1",
                "--page-port=0",
                "--leader-elect=false");
        try {
            guard = CbtGuard.start(options, client, factory, clock, Lead.of(options, () -> {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stopOperator() {
        CbtGuard running = guard;
        guard = null;
        if (running != null) {
            running.close();
        }
    }

    int port() {
        return java.util.Objects.requireNonNull(guard).port();
    }

    int pagePort() {
        return java.util.Objects.requireNonNull(guard).pagePort();
    }

    /** A VCenter of the operator's namespace that the tenant may use, with its Secret. */
    void vcenter(String name, String host) {
        secret(name, host, FakeVcenter.PASSWORD);
        vcenterWithoutSecret(name, host);
    }

    void secret(String name, String host, String password) {
        secret(name, host, FakeVcenter.USER, password);
    }

    void secret(String name, String host, String user, String password) {
        apply(own, """
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, annotations: {cbtguard.io/server: %s}}
                stringData: {username: %s, password: %s}
                """.formatted(name, host, user, password));
    }

    void vcenterWithoutSecret(String name, String host) {
        apply(own, """
                apiVersion: cbtguard.io/v1alpha1
                kind: VCenter
                metadata: {name: %s}
                spec:
                  server: https://%s
                  credentialsSecretRef: {name: %s}
                  access:
                  - namespaces: {from: Selector, selector: {matchLabels: {team: %s}}}
                    folders: [/DC0/vm/shop]
                  fullBudget: %s
                """.formatted(name, host, name, own, NO_WAITING));
    }

    /** How many fulls of a VCenter may run at once, from now on. */
    void budget(String vcenter, String budget) {
        patch(get(VCenter.class, own, vcenter), "spec: {fullBudget: %s}".formatted(budget));
    }

    void policy(String name, String spec) {
        apply(shop, """
                apiVersion: cbtguard.io/v1alpha1
                kind: BackupPolicy
                metadata: {name: %s}
                spec: %s
                """.formatted(name, spec));
    }

    /** A ProtectedVM of the tenant, by policy gold. */
    void protect(String name, String vcenter, String vm) {
        protect(name, vcenter, vm, "gold");
    }

    void protect(String name, String vcenter, String vm, String policy) {
        apply(shop, """
                apiVersion: cbtguard.io/v1alpha1
                kind: ProtectedVM
                metadata: {name: %s}
                spec: {vcenterRef: {name: %s, namespace: %s}, vm: {%s}, policyRef: {name: %s}}
                """.formatted(name, vcenter, own, vm, policy));
    }

    /** Asks for a backup. */
    void ask(String name, String protectedVm, String type) {
        apply(shop, """
                apiVersion: cbtguard.io/v1alpha1
                kind: VMBackup
                metadata: {name: %s}
                spec: {protectedVMRef: {name: %s}, type: %s}
                """.formatted(name, protectedVm, type));
    }

    void report(String name, String report) {
        patch(backup(name), "spec:\n  report:\n" + report.indent(4));
    }

    /** Plays a backup tool: asks, takes a snapshot, reports; returns the VMBackup at its end. */
    VMBackup backUp(FakeVcenter vcenter, String vm, String moRef, String run) {
        ask(run, vm, "Auto");
        VMBackup decided = awaitThat(VMBackup.class, shop, run, "decision", b -> condition(b, ConditionTypes.DECIDED)
                .filter(c -> c.getStatus().equals("True"))
                .isPresent());
        var decision = java.util.Objects.requireNonNull(decided.getStatus().decision());
        String snapshot = vcenter.snapshot(moRef, run);
        var disk = decision.disks().getFirst();
        boolean full = decision.type() == DecisionType.Full;
        report(run, """
                decisionToken: %s
                outcome: Succeeded
                snapshot: {moRef: %s}
                disks:
                - {id: "%s", key: 2000, changeId: "%s", read: %s}
                """.formatted(
                decision.token(),
                snapshot,
                disk.id(),
                vcenter.changeId(moRef),
                full ? "All" : "Changed, baseRun: " + disk.baseRun() + ", baseChangeId: \"" + disk.changeId() + "\""));
        VMBackup done = awaitThat(VMBackup.class, shop, run, "end", b -> condition(b, ConditionTypes.COMPLETE)
                .filter(c -> c.getStatus().equals("True"))
                .isPresent());
        vcenter.removeSnapshot(moRef, snapshot);
        return done;
    }

    HasMetadata apply(String namespace, String yaml) {
        var object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        return admin.resource(object).inNamespace(namespace).patch(APPLY);
    }

    HasMetadata applyClusterWide(String yaml) {
        return admin.resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .patch(APPLY);
    }

    /** An advisory about the builds 2494585 to 3247719 of ESXi 6.0.0; whoever applies it removes it. */
    void bulletin(String name) {
        applyClusterWide("""
                apiVersion: cbtguard.io/v1alpha1
                kind: CBTAdvisory
                metadata: {name: %s}
                spec: {title: a bug, remedy: upgrade the host, trigger: HostBuild,
                  affected: [{version: 6.0.0, minBuild: 2494585, fixedBuild: 3247720}]}
                """.formatted(name));
    }

    <T extends HasMetadata> Optional<T> find(Class<T> kind, String namespace, String name) {
        return Optional.ofNullable(
                admin.resources(kind).inNamespace(namespace).withName(name).get());
    }

    <T extends HasMetadata> T get(Class<T> kind, String namespace, String name) {
        return find(kind, namespace, name).orElseThrow();
    }

    List<VMRecord> records() {
        return admin.resources(VMRecord.class).inNamespace(own).list().getItems();
    }

    /** The one record there is. */
    VMRecord record() {
        List<VMRecord> records = records();
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    /** The record of a ProtectedVM. */
    VMRecord record(String protectedVm) {
        var ref = java.util.Objects.requireNonNull(
                protectedVm(protectedVm).getStatus().record());
        return get(VMRecord.class, own, ref.name());
    }

    /** Has the operator look at a ProtectedVM, as its own clock would in time. */
    void touch(String protectedVm) {
        annotate(protectedVm, "touched", UUID.randomUUID().toString());
    }

    void annotate(String protectedVm, String key, String value) {
        patch(protectedVm(protectedVm), "metadata: {annotations: {%s: %s}}".formatted(key, value));
    }

    /** As `kubectl patch --type=merge`: it meets no conflict, whatever the operator writes meanwhile. */
    void patch(HasMetadata object, String yaml) {
        admin.resource(object)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Serialization.unmarshal(yaml, Map.class)));
    }

    ProtectedVM protectedVm(String name) {
        return get(ProtectedVM.class, shop, name);
    }

    VMBackup backup(String name) {
        return get(VMBackup.class, shop, name);
    }

    /** Waits until the ProtectedVM has this condition with this reason; returns it. */
    ProtectedVM awaitVm(String name, String type, String status, String reason) {
        return awaitThat(
                ProtectedVM.class, shop, name, type + "=" + status + " " + reason, vm -> has(vm, type, status, reason));
    }

    VCenter awaitVcenter(String name, String type, String status, String reason) {
        return awaitThat(
                VCenter.class, own, name, type + "=" + status + " " + reason, vc -> has(vc, type, status, reason));
    }

    VMBackup awaitBackup(String name, String type, String status, String reason) {
        return awaitThat(
                VMBackup.class, shop, name, type + "=" + status + " " + reason, b -> has(b, type, status, reason));
    }

    <T extends HasMetadata> T awaitThat(
            Class<T> kind, String namespace, String name, String what, Predicate<T> condition) {
        return awaitThat(PATIENCE, kind, namespace, name, what, condition);
    }

    <T extends HasMetadata> T awaitThat(
            Duration patience, Class<T> kind, String namespace, String name, String what, Predicate<T> condition) {
        java.util.concurrent.atomic.AtomicReference<@Nullable T> last =
                new java.util.concurrent.atomic.AtomicReference<>();
        try {
            await().atMost(patience).pollInterval(Duration.ofMillis(50)).until(() -> {
                last.set(find(kind, namespace, name).orElse(null));
                T now = last.get();
                return now != null && condition.test(now);
            });
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(
                    "no " + what + " of " + kind.getSimpleName() + " " + name + ":\n" + yaml(last.get()), e);
        }
        return java.util.Objects.requireNonNull(last.get());
    }

    private static String yaml(@Nullable HasMetadata object) {
        if (object == null) {
            return "not there";
        }
        object.getMetadata().setManagedFields(List.of());
        return Serialization.asYaml(object);
    }

    static boolean has(CustomResource<?, ?> object, String type, String status, String reason) {
        return condition(object, type)
                .filter(c -> status.equals(c.getStatus()) && reason.equals(c.getReason()))
                .isPresent();
    }

    static Optional<Condition> condition(CustomResource<?, ?> object, String type) {
        return conditions(object).stream().filter(c -> type.equals(c.getType())).findFirst();
    }

    static List<Condition> conditions(CustomResource<?, ?> object) {
        return switch (object) {
            case ProtectedVM vm when vm.getStatus() != null -> vm.getStatus().conditions();
            case VMBackup backup
            when backup.getStatus() != null -> backup.getStatus().conditions();
            case VCenter vcenter
            when vcenter.getStatus() != null -> vcenter.getStatus().conditions();
            case BackupPolicy policy
            when policy.getStatus() != null -> policy.getStatus().conditions();
            case VMRestore restore
            when restore.getStatus() != null -> restore.getStatus().conditions();
            case CBTAdvisory advisory
            when advisory.getStatus() != null -> advisory.getStatus().conditions();
            default -> List.of();
        };
    }

    @Override
    public void close() {
        stopOperator();
        installed.reversed().forEach(object -> admin.resource(object).delete());
        admin.close();
    }
}
