package io.cbtguard.judge;

import io.cbtguard.inventory.ChangeId;
import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.judge.Committing.Objection;
import io.cbtguard.judge.Report.ReportDisk;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Dead;
import io.cbtguard.judge.record.ReadMethod;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Rules for the base of an incremental: it is this chain's baseline, it lives, and the snapshot that was read came after it. */
final class Bases {
    private Bases() {}

    /**
     * @param frozen the change ID that the snapshot froze for the disk; null if none
     * @param mint creation of that snapshot
     */
    static @Nullable Objection objection(
            Disk disk, ReportDisk reported, @Nullable Baseline base, @Nullable String frozen, Interval mint) {
        boolean named =
                !reported.baseRun().isEmpty() && !reported.baseChangeId().isEmpty();
        boolean ours = base != null
                && base.run().equals(reported.baseRun())
                && base.changeId().equals(reported.baseChangeId());
        if (base == null || !named || !ours) {
            return new Objection(
                    Reason.BaseUnknown,
                    "For " + disk.label() + " the report "
                            + (named ? "names a base that is no baseline of this chain" : "does not name its base")
                            + "; the next backup of this chain must be full.");
        }
        Dead dead = base.dead();
        if (dead != null) {
            return new Objection(
                    Reason.CauseDuringRun,
                    "The base of " + disk.label() + " is dead (" + dead.reason()
                            + "): the incremental on it may have missed changes.");
        }
        if (frozen == null) {
            return mismatch("The snapshot froze no change ID for " + disk.label()
                    + ", so nobody can tell what was read as changed.");
        }
        if (!base.mint().isBefore(mint)) {
            return mismatch("The snapshot was not certainly created after the base of " + disk.label() + ".");
        }
        return follows(frozen, base.changeId())
                ? null
                : mismatch("Change ID " + frozen + " of " + disk.label() + " does not follow its base "
                        + base.changeId() + ".");
    }

    /**
     * A report of changed blocks that names no base at all, with the chain's last committed one in its place; any other as it is. A
     * tool that builds on its own newest backup means that one, but nobody has said so.
     */
    static ReportDisk assumed(ReportDisk reported, @Nullable Baseline base) {
        boolean silent = reported.read() == ReadMethod.Changed
                && reported.baseRun().isEmpty()
                && reported.baseChangeId().isEmpty();
        return base == null || !silent
                ? reported
                : new ReportDisk(
                        reported.id(),
                        reported.key(),
                        reported.changeId(),
                        reported.read(),
                        base.run(),
                        base.changeId(),
                        reported.refused());
    }

    private static boolean follows(String changeId, String base) {
        OptionalLong number = ChangeId.number(changeId);
        OptionalLong before = ChangeId.number(base);
        return ChangeId.epoch(changeId).isPresent()
                && ChangeId.epoch(changeId).equals(ChangeId.epoch(base))
                && number.isPresent()
                && before.isPresent()
                && number.getAsLong() > before.getAsLong();
    }

    private static Objection mismatch(String message) {
        return new Objection(Reason.ReportMismatch, message);
    }
}
