package io.cbtguard.judge;

import io.cbtguard.inventory.ChangeId;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Point.PointDisk;
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
                                                reading.type() == BackupType.Incremental
                                                        ? blind(record, facts, rules)
                                                        : null)
                                        .orElseGet(() -> unproven(record, facts, rules, reading, mint));
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
     * answer to "*" rests on the whole epoch; null if nothing was read that way, or the epoch is proven to have begun without. What
     * is proven of the present epoch says nothing of another one, from which a revert may have led back.
     */
    private static @Nullable Reason unproven(
            VmRecord record, Facts facts, Rules rules, ReportReading reading, Interval mint) {
        Interval since = record.trackedSince();
        boolean proven = since != null && since.isBefore(mint);
        boolean isUnproven = reading.disks().stream()
                .filter(d ->
                        d.read() == ReadMethod.AllocatedCbt || (d.read() == ReadMethod.Changed && rules.resetAdopted()))
                .anyMatch(d -> !proven || !isOfPresentEpoch(d, facts.vm()));
        return isUnproven ? Reason.EnabledWithSnapshots : null;
    }

    private static boolean isOfPresentEpoch(PointDisk read, @Nullable VirtualMachine vm) {
        Optional<String> epoch = ChangeId.epoch(read.changeId());
        return epoch.isPresent()
                && vm != null
                && vm.disk(read.disk()).filter(now -> now.epoch().equals(epoch)).isPresent();
    }

    /** Why nobody can say that nothing spoiled the tool's query; null if it can be said. */
    private static @Nullable Reason blind(VmRecord record, Facts facts, Rules rules) {
        VirtualMachine vm = facts.vm();
        if (vm == null || !facts.fresh() || !vm.connected() || !vm.configRead()) {
            return Reason.VCenterUnreachable;
        }
        if (vm.consolidationNeeded() && !rules.waitForConsolidation()) {
            return Reason.WaitingForConsolidation;
        }
        return record.pending().isEmpty() ? null : Reason.TaskInFlight;
    }
}
