package io.cbtguard;

import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.vsphere.VimWatches;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A guard bed with a vCenter and a protected VM in it, and a backup tool that does as it is told. */
abstract class Estate implements AutoCloseable {
    static final String VCENTER = "lab";
    static final String PROTECTED = "web";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    final GuardBed bed;
    /** Of all names in the cluster; empty on a bed of its own. */
    private final String suffix;

    private final String vcenterName;
    private final String policyName;
    private final String protectedVm;
    private int runs;

    /** On a bed of its own, with the operator in this process. */
    Estate() {
        this(GuardBed.start(new VimWatches()), "", "");
    }

    /**
     * @param shared suffix of the names of the vCenter and the policy, which others may have too
     * @param suffix of all other names in the cluster
     */
    Estate(GuardBed bed, String shared, String suffix) {
        this.bed = bed;
        this.suffix = suffix;
        vcenterName = VCENTER + shared;
        policyName = "gold" + shared;
        protectedVm = PROTECTED + suffix;
    }

    /** Port of the vCenter on the loopback address. */
    abstract int port();

    /**
     * Has the backup tool take a snapshot of the VM.
     *
     * @return the change ID by device key that a backup tool finds in it
     */
    abstract Taken takeSnapshot();

    abstract void removeSnapshot(String moRef);

    /** A snapshot that was taken, with the change ID by device key that it holds. */
    record Taken(String moRef, Map<Integer, String> changeIds) {}

    final void protect(String vm, String user, String password, String authority) {
        connect(user, password, authority);
        protect(vm);
        awaitBound();
    }

    /** Declares the vCenter and a policy. */
    final void connect(String user, String password, String authority) {
        bed.secret(vcenterName, "127.0.0.1", user, password);
        bed.apply(bed.own, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                data:
                  ca.crt: |
                %s
                """.formatted(vcenterName, authority.indent(4)));
        declareVcenter();
        bed.policy(policyName, "{rpo: 24h}");
    }

    final void protect(String vm) {
        bed.protect(protectedVm, vcenterName, "name: " + vm, policyName);
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
                  fullBudget: {total: 1000, perHost: 1000, perDatastore: 1000}
                """.formatted(vcenterName, port()));
    }

    Optional<VCenter> vcenter() {
        return bed.find(VCenter.class, bed.own, vcenterName);
    }

    void deleteVcenter() {
        var object = bed.admin.resources(VCenter.class).inNamespace(bed.own).withName(vcenterName);
        object.delete();
        Awaitility.await("the VCenter is gone").atMost(PATIENCE).until(() -> object.get() == null);
    }

    /** Asks, takes the snapshot, reports as decided, waits for the outcome. */
    VMBackup backup(String type) {
        VMBackup asked = ask(type);
        return finish(asked, report(asked));
    }

    /** Takes the snapshot and reports as decided. */
    Taken report(VMBackup asked) {
        var decision = Objects.requireNonNull(asked.getStatus().decision());
        Taken snapshot = takeSnapshot();
        bed.report(asked.getMetadata().getName(), """
                decisionToken: %s
                outcome: Succeeded
                snapshot: {moRef: %s}
                disks: [%s]
                """.formatted(
                        decision.token(), snapshot.moRef(), disks(decision, snapshot.changeIds())));
        return snapshot;
    }

    /** Waits for the outcome and removes the snapshot. */
    VMBackup finish(VMBackup asked, Taken snapshot) {
        VMBackup done = awaitBackup(asked.getMetadata().getName(), "Complete");
        removeSnapshot(snapshot.moRef());
        return done;
    }

    private static String disks(VMBackupStatus.Decision decision, Map<Integer, String> changeIds) {
        StringBuilder disks = new StringBuilder();
        changeIds.forEach((key, changeId) -> {
            var decided = decision.disks().stream()
                    .filter(d -> Objects.equals(d.key(), (long) key))
                    .findFirst()
                    .orElseThrow();
            disks.append(
                    decided.changeId() == null
                            ? "{key: %d, changeId: '%s', read: All},".formatted(key, changeId)
                            : "{key: %d, changeId: '%s', read: Changed, baseRun: %s, baseChangeId: '%s'},"
                                    .formatted(key, changeId, decided.baseRun(), decided.changeId()));
        });
        return disks.toString();
    }

    VMBackup ask(String type) {
        return awaitDecided(request(type));
    }

    /** Asks, and waits for nothing; returns the VMBackup's name. */
    String request(String type) {
        String name = "run-" + ++runs + suffix;
        bed.ask(name, protectedVm, type);
        return name;
    }

    VMBackup awaitDecided(String name) {
        return awaitBackup(name, "Decided");
    }

    ProtectedVM vm() {
        return bed.protectedVm(protectedVm);
    }

    void awaitBound() {
        awaitVm("Ready", "True", "Bound");
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
                protectedVm,
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
}
