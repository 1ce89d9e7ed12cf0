package io.cbtguard.judge;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The restore point of a run that is committed, with what its own reading leaves in doubt. */
final class NewPoint {
    private NewPoint() {}

    static Point of(
            Run run, Facts facts, VmRecord record, Rules rules, ReportReading reading, Interval mint, boolean seen) {
        Reason flaw = !seen
                ? Reason.SnapshotNotSeen
                : !reading.complete()
                        ? Reason.ReportMismatch
                        : reading.assumed()
                                ? Reason.BaseUnknown
                                : Optional.ofNullable(
                                                reading.type() == BackupType.Incremental ? blind(record, facts) : null)
                                        .orElseGet(() -> unproven(record, rules, reading, mint));
        return new Point(
                run.name(),
                run.uid(),
                reading.type(),
                mint.to().time(),
                mint,
                facts.through(),
                reading.disks(),
                flaw == null ? Trust.Good : Trust.Unknown,
                (flaw == null ? Reason.Trusted : flaw).name());
    }

    /**
     * What QueryChangedDiskAreas leaves out in an epoch that began with snapshots, it leaves out silently (KB 1020128), and its
     * answer to "*" rests on the whole epoch; null if nothing was read that way, or the epoch is proven to have begun without.
     */
    private static @Nullable Reason unproven(VmRecord record, Rules rules, ReportReading reading, Interval mint) {
        Interval since = record.trackedSince();
        boolean proven = since != null && since.isBefore(mint);
        boolean needsProof = reading.disks().stream()
                .anyMatch(d -> d.read() == ReadMethod.AllocatedCbt
                        || (d.read() == ReadMethod.Changed && rules.resetAdopted()));
        return needsProof && !proven ? Reason.EnabledWithSnapshots : null;
    }

    /** Why nobody can say that nothing spoiled the tool's query; null if it can be said. */
    private static @Nullable Reason blind(VmRecord record, Facts facts) {
        VirtualMachine vm = facts.vm();
        if (vm == null || !facts.fresh() || !vm.connected() || !vm.configRead()) {
            return Reason.VCenterUnreachable;
        }
        return record.pending().isEmpty() ? null : Reason.TaskInFlight;
    }
}
