package io.cbtguard.testkit.demo;

import io.cbtguard.api.v1alpha1.BackupReport;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A backup tool as small as one can be: asks by a VMBackup, takes a snapshot, reads (here only the change IDs, and how many bytes it
 * would have to read), reports. It uses kubectl as a pre and post script would.
 */
final class BackupTool {
    private static final String PATIENCE = "--timeout=60s";

    private final Kubectl kubectl;
    private final VimSession vcenter;
    private final String namespace;

    BackupTool(Kubectl kubectl, VimSession vcenter, String namespace) {
        this.kubectl = kubectl;
        this.vcenter = vcenter;
        this.namespace = namespace;
    }

    /**
     * Asks for a backup and waits for the answer.
     *
     * @param name of the run, chosen by the tool so that a lost answer is not a second run
     * @param type {@code Auto}, {@code Full} or {@code Incremental}
     */
    VMBackupStatus.Decision ask(String name, String protectedVm, String type) {
        kubectl.create("""
                apiVersion: cbtguard.io/v1alpha1
                kind: VMBackup
                metadata: {name: %s, namespace: %s}
                spec: {protectedVMRef: {name: %s}, type: %s}
                """.formatted(name, namespace, protectedVm, type));
        kubectl.run("wait", "vmbackup/" + name, "-n", namespace, "--for=condition=Decided", PATIENCE);
        return Objects.requireNonNull(status(name).decision(), "a decided VMBackup shows its decision");
    }

    /** Takes the backup that was decided and reports it; returns the status at the end. */
    Done back(String name, String vmMoRef, VMBackupStatus.Decision decision) {
        String snapshot = vcenter.createSnapshot(vmMoRef, "backup " + name);
        try {
            List<BackupReport.Disk> disks = new ArrayList<>();
            for (var disk : vcenter.disks(snapshot)) {
                disks.add(read(vmMoRef, snapshot, disk, decision));
            }
            report(name, decision, snapshot, disks);
            long bytes = disks.stream()
                    .mapToLong(d -> Objects.requireNonNullElse(d.bytes(), 0L))
                    .sum();
            return new Done(status(name), bytes);
        } finally {
            vcenter.removeSnapshot(snapshot);
        }
    }

    private BackupReport.Disk read(
            String vm, String snapshot, VimSession.SnapshotDisk disk, VMBackupStatus.Decision decision) {
        for (var decided : decision.disks()) {
            if (Objects.equals(decided.key(), (long) disk.key()) && decided.changeId() != null) {
                long bytes = vcenter.changedBytes(vm, snapshot, disk, decided.changeId());
                return new BackupReport.Disk(
                        disk.id(),
                        (long) disk.key(),
                        disk.changeId(),
                        BackupReport.Read.Changed,
                        decided.baseRun(),
                        decided.changeId(),
                        bytes,
                        false);
            }
        }
        return new BackupReport.Disk(
                disk.id(),
                (long) disk.key(),
                disk.changeId(),
                BackupReport.Read.All,
                null,
                null,
                disk.capacityBytes(),
                false);
    }

    private void report(String name, VMBackupStatus.Decision decision, String snapshot, List<BackupReport.Disk> disks) {
        var report = new BackupReport(
                decision.token(),
                BackupReport.Outcome.Succeeded,
                null,
                null,
                new BackupReport.Snapshot(snapshot),
                disks,
                "demo://" + name,
                null);
        String patch = Serialization.asJson(Map.of("spec", Map.of("report", report)));
        kubectl.run("patch", "vmbackup/" + name, "-n", namespace, "--type=merge", "--patch", patch);
        kubectl.run("wait", "vmbackup/" + name, "-n", namespace, "--for=condition=Complete", PATIENCE);
    }

    private VMBackupStatus status(String name) {
        return Objects.requireNonNull(
                kubectl.get(VMBackup.class, "vmbackup/" + name, "-n", namespace).getStatus(), "status");
    }

    /**
     * @param bytes what the tool read, or would have
     */
    record Done(VMBackupStatus status, long bytes) {}
}
