package io.cbtguard;

import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.vsphere.VimWatches;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A guard bed with one simulated vCenter and one protected VM in it, and a backup tool that does as it is told. */
final class GuardedEstate implements AutoCloseable {
    static final String VM = "web-01";

    private static final String VCENTER = "lab";
    private static final String PROTECTED = "web";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withVms(3));
    final GuardBed bed = GuardBed.start(new VimWatches());

    private int runs;

    static GuardedEstate up() {
        GuardedEstate estate = new GuardedEstate();
        estate.bed.secret(VCENTER, "127.0.0.1", estate.simulator.userName(), estate.simulator.password());
        estate.declareAuthority();
        estate.declareVcenter();
        estate.bed.policy("gold", "{rpo: 24h}");
        estate.bed.protect(PROTECTED, VCENTER, "name: " + VM);
        estate.awaitVm("Ready", "True", "Bound");
        return estate;
    }

    private void declareAuthority() {
        bed.apply(bed.own, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                data:
                  ca.crt: |
                %s
                """.formatted(VCENTER, simulator.caPem().indent(4)));
    }

    void declareVcenter() {
        bed.apply(bed.own, """
                apiVersion: cbtguard.io/v1alpha1
                kind: VCenter
                metadata: {name: %1$s}
                spec:
                  server: https://127.0.0.1:%2$d
                  credentialsSecretRef: {name: %1$s}
                  tls: {caBundleRef: {name: %1$s}}
                  access:
                  - namespaces: {from: All}
                    folders: [/DC0/vm]
                """.formatted(VCENTER, simulator.sdkUri().getPort()));
    }

    void deleteVcenter() {
        var vcenter = bed.admin.resources(VCenter.class).inNamespace(bed.own).withName(VCENTER);
        vcenter.delete();
        Awaitility.await("the VCenter is gone").atMost(PATIENCE).until(() -> vcenter.get() == null);
    }

    /** Asks, takes the snapshot, reports as decided, waits for the outcome. */
    VMBackup backup(String type) {
        VMBackup asked = ask(type);
        String name = asked.getMetadata().getName();
        var decision = Objects.requireNonNull(asked.getStatus().decision());
        String snapshot = simulator.vms().as("backup@vsphere.local").snapshot(VM, "backup");
        bed.report(name, """
                decisionToken: %s
                outcome: Succeeded
                snapshot: {moRef: %s}
                disks: [%s]
                """.formatted(decision.token(), snapshot, disks(decision)));
        VMBackup done = awaitBackup(name, "Complete");
        simulator.vms().removeSnapshot(VM, snapshot);
        return done;
    }

    private String disks(VMBackupStatus.Decision decision) {
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
        return disks.toString();
    }

    VMBackup ask(String type) {
        String name = "run-" + ++runs;
        bed.ask(name, PROTECTED, type);
        return awaitBackup(name, "Decided");
    }

    ProtectedVM vm() {
        return bed.protectedVm(PROTECTED);
    }

    void awaitForceFull(String status, String reason) {
        awaitVm("ForceFull", status, reason);
    }

    void awaitRecord(String what, Predicate<VMRecord> condition) {
        String name = bed.record().getMetadata().getName();
        bed.awaitThat(PATIENCE, VMRecord.class, bed.own, name, what, condition);
    }

    private void awaitVm(String type, String status, String reason) {
        bed.awaitThat(
                PATIENCE,
                ProtectedVM.class,
                bed.shop,
                PROTECTED,
                type + "=" + status + " " + reason,
                vm -> GuardBed.has(vm, type, status, reason));
    }

    private VMBackup awaitBackup(String name, String type) {
        return bed.awaitThat(PATIENCE, VMBackup.class, bed.shop, name, type, backup -> GuardBed.condition(backup, type)
                .filter(c -> "True".equals(c.getStatus()))
                .isPresent());
    }

    static String phase(VMBackup backup) {
        return String.valueOf(backup.getStatus().phase());
    }

    /** Full, Incremental or Refused. */
    static String decided(VMBackup backup) {
        return String.valueOf(
                Objects.requireNonNull(backup.getStatus().decision()).type());
    }

    @Override
    public void close() {
        bed.close();
        simulator.close();
    }
}
