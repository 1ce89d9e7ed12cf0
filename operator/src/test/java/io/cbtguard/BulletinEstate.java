package io.cbtguard;

import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Trust;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecidedDisk;
import io.cbtguard.api.v1alpha1.VMBackupStatus.Decision;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.reconcile.BundledAdvisories;
import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.simulator.vm.VmView;
import io.cbtguard.vsphere.VimWatches;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Our simulator with several protected VMs and a backup tool for each of them, and the advisories that come with the chart. */
final class BulletinEstate implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final GuardBed bed = GuardBed.start(new VimWatches());
    final Simulator simulator;
    /** What the clock of the tool's host shows, right or wrong. */
    String toolTime = "2026-11-24T01:00:00Z";

    BulletinEstate(SimulatorOptions options) {
        simulator = Simulator.start(options);
        bed.secret("lab", "127.0.0.1", simulator.userName(), simulator.password());
        bed.apply(bed.own, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: lab}
                data:
                  ca.crt: |
                %s
                """.formatted(simulator.caPem().indent(4)));
        bed.apply(bed.own, """
                apiVersion: cbtguard.io/v1alpha1
                kind: VCenter
                metadata: {name: lab}
                spec:
                  server: https://127.0.0.1:%d
                  credentialsSecretRef: {name: lab}
                  tls: {caBundleRef: {name: lab}}
                  access:
                  - namespaces: {from: All}
                    folders: [/DC0/vm]
                  fullBudget: {total: 1000, perHost: 1000, perDatastore: 1000}
                """.formatted(simulator.sdkUri().getPort()));
    }

    /** The ProtectedVM is called as the VM is. */
    void protect(String vm, String policy) {
        bed.protect(vm, "lab", "name: " + vm, policy);
        awaitVm(vm, ConditionTypes.READY, "True", "Bound");
    }

    /** Applies every advisory of the chart, as an installation does. */
    void applyBundledAdvisories() {
        PatchContext apply = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("bulletin-tests")
                .withForce(true)
                .build();
        BundledAdvisories.objects()
                .forEach(advisory -> bed.admin.resource(advisory).patch(apply));
    }

    CBTAdvisory awaitAdvisory(String name, Predicate<CBTAdvisory> condition) {
        var advisory = bed.admin.resources(CBTAdvisory.class).withName(name);
        await("status of " + name).atMost(PATIENCE).until(() -> {
            CBTAdvisory now = advisory.get();
            return now != null && now.getStatus() != null && condition.test(now);
        });
        return advisory.get();
    }

    ProtectedVM awaitVm(String vm, String type, String status, String reason) {
        return awaitVm(vm, type + "=" + status + " " + reason, now -> GuardBed.has(now, type, status, reason));
    }

    ProtectedVM awaitVm(String vm, String what, Predicate<ProtectedVM> condition) {
        return bed.awaitThat(PATIENCE, ProtectedVM.class, bed.shop, vm, what, condition);
    }

    /** How a tool may read a snapshot. */
    enum Read {
        AsDecided,
        All,
        /** On the IDs of the chain's newest baselines, whatever was decided. */
        Changed
    }

    /** A backup from request to outcome; its snapshot is removed, and so consolidated, after the commit. */
    VMBackup backUp(String vm, String run) {
        return backUp(vm, run, Read.AsDecided);
    }

    VMBackup backUp(String vm, String run, Read read) {
        Taken taken = snapshotAndReport(vm, run, read);
        simulator.vms().removeSnapshot(vm, taken.snapshot());
        return taken.backup();
    }

    /** A run whose snapshot is still there. */
    record Taken(VMBackup backup, String snapshot) {}

    Taken snapshotAndReport(String vm, String run, Read read) {
        return snapshotAndReport(vm, run, ask(vm, run), read);
    }

    /** For a run that has been decided. */
    Taken snapshotAndReport(String vm, String run, Decision decision, Read read) {
        String moRef = simulator.vms().as("backup@vsphere.local").snapshot(vm, run);
        report(vm, run, decision, moRef, read);
        return new Taken(awaitBackup(run, ConditionTypes.COMPLETE), moRef);
    }

    /** Of a snapshot that is named as its run is. */
    void report(String vm, String run, Decision decision, String snapshot, Read read) {
        bed.report(run, """
                decisionToken: %s
                outcome: Succeeded
                startedAt: %s
                finishedAt: %s
                snapshot: {moRef: %s}
                disks: [%s]
                """.formatted(
                        decision.token(),
                        toolTime,
                        toolTime,
                        snapshot,
                        simulator.vms().get(vm).snapshot(run).disks().stream()
                                .map(disk -> disk(vm, decision, disk, read))
                                .collect(Collectors.joining(", "))));
    }

    Decision ask(String vm, String run) {
        bed.ask(run, vm, "Auto");
        VMBackup asked = awaitBackup(run, ConditionTypes.DECIDED);
        return Objects.requireNonNull(asked.getStatus().decision(), () -> run + " was not decided");
    }

    private String disk(String vm, Decision decision, VmView.Disk disk, Read read) {
        String id = disk.changeId() == null ? "" : ", changeId: '" + disk.changeId() + "'";
        @Nullable DecidedDisk decided = decision.disks().stream()
                .filter(d -> Objects.equals(d.key(), (long) disk.key()))
                .findFirst()
                .orElse(null);
        String base =
                switch (read) {
                    case All -> null;
                    case AsDecided ->
                        decided == null || decided.changeId() == null
                                ? null
                                : base(decided.baseRun(), decided.changeId());
                    case Changed -> baseline(vm, disk);
                };
        return "{key: " + disk.key() + id + (base == null ? ", read: All}" : ", read: Changed, " + base + "}");
    }

    private String baseline(String vm, VmView.Disk disk) {
        VMRecord record = bed.record(vm);
        var baseline = Objects.requireNonNull(record.getChains()).stream()
                .flatMap(chain -> Objects.requireNonNull(chain.baselines()).stream())
                .filter(b -> b.disk().equals(disk.uuid()))
                .findFirst()
                .orElseThrow();
        return base(baseline.run(), baseline.changeId());
    }

    private static String base(@Nullable String run, String changeId) {
        return "baseRun: " + run + ", baseChangeId: '" + changeId + "'";
    }

    VMBackup awaitBackup(String name, String type) {
        return bed.awaitThat(PATIENCE, VMBackup.class, bed.shop, name, type, backup -> GuardBed.condition(backup, type)
                .filter(c -> "True".equals(c.getStatus()))
                .isPresent());
    }

    /** Full, Incremental or Refused. */
    static String decided(VMBackup backup) {
        return String.valueOf(
                Objects.requireNonNull(backup.getStatus().decision()).type());
    }

    /** Trust of these runs' points, in this order, as the ProtectedVM shows it once it shows them all. */
    List<Trust> trust(String vm, String... runs) {
        List<String> wanted = List.of(runs);
        Map<String, Trust> shown =
                trust(awaitVm(vm, "points " + wanted, now -> trust(now).keySet().containsAll(wanted)));
        return wanted.stream().map(shown::get).toList();
    }

    private static Map<String, Trust> trust(ProtectedVM vm) {
        Map<String, Trust> trust = new HashMap<>();
        vm.getStatus().restorePoints().forEach(point -> trust.put(point.run(), Objects.requireNonNull(point.trust())));
        return trust;
    }

    @Override
    public void close() {
        BundledAdvisories.objects()
                .forEach(advisory -> bed.admin.resource(advisory).delete());
        bed.close();
        simulator.close();
    }
}
