package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.BackupReport;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.judge.Report;
import io.cbtguard.judge.Request;
import io.cbtguard.judge.record.ReadMethod;
import java.util.Objects;
import java.util.UUID;

/** A VMBackup's question and its report, in the words of the judge. */
final class Reports {
    private Reports() {}

    static Request request(VMBackup backup, boolean waitedOut) {
        return new Request(
                backup.getMetadata().getUid(),
                backup.getMetadata().getName(),
                backup.getSpec().chain(),
                Request.Type.valueOf(backup.getSpec().type().name()),
                UUID.randomUUID().toString(),
                waitedOut);
    }

    static Report report(BackupReport report) {
        return new Report(
                text(report.decisionToken()),
                report.outcome() == BackupReport.Outcome.Succeeded,
                report.snapshot() == null ? "" : report.snapshot().moRef(),
                report.disks().stream().map(Reports::disk).toList(),
                text(report.message()));
    }

    private static Report.ReportDisk disk(BackupReport.Disk disk) {
        return new Report.ReportDisk(
                text(disk.id()),
                disk.key() == null ? null : disk.key().intValue(),
                text(disk.changeId()),
                ReadMethod.valueOf(disk.read().name()),
                text(disk.baseRun()),
                text(disk.baseChangeId()),
                Boolean.TRUE.equals(disk.refused()));
    }

    private static String text(@org.jspecify.annotations.Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
