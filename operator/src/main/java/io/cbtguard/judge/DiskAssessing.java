package io.cbtguard.judge;

import io.cbtguard.inventory.ChangeId;
import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Trackability;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.Verdict.DiskVerdict;
import io.cbtguard.judge.Verdict.State;
import io.cbtguard.judge.check.Remedies;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Dead;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.VmRecord;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The verdict on one disk of one chain: first what is dead for good, then what cannot be told, and Valid only if neither. */
final class DiskAssessing {
    private DiskAssessing() {}

    static DiskVerdict disk(VmRecord record, Chain chain, Disk disk, Facts facts, Protection protection) {
        Baseline baseline = chain.baseline(disk.id()).orElse(null);
        if (protection.exclude().contains(disk.label()) || protection.exclude().contains(disk.id())) {
            return verdict(disk, State.Excluded, Reason.NotNeeded, "Excluded by the ProtectedVM.", baseline);
        }
        if (disk.trackability() == Trackability.UNKNOWN_BACKING) {
            return verdict(
                    disk,
                    State.Unknown,
                    Reason.DiskNotTrackable,
                    disk.label() + " has a backing of a kind this version cannot read.",
                    baseline);
        }
        if (!disk.trackable()) {
            return verdict(
                    disk,
                    State.NotTrackable,
                    Reason.DiskNotTrackable,
                    disk.label() + " cannot be tracked (" + why(disk.trackability()) + "); read it in full.",
                    baseline);
        }
        Dead dead = baseline == null ? null : baseline.dead();
        if (baseline == null || dead != null) {
            return invalid(record, facts, protection, disk, baseline, dead);
        }
        return unknown(record, disk, facts, baseline)
                .or(() -> adopted(record, facts, protection, disk, baseline))
                .orElseGet(() -> verdict(disk, State.Valid, Reason.Current, valid(record), baseline));
    }

    /** What is taken on trust is said wherever something rests on it. */
    private static String valid(VmRecord record) {
        return record.trackedSince() != null
                ? "Valid baseline."
                : "Valid baseline. Nobody saw tracking begin, so it is taken on trust that it began without a snapshot"
                        + " (rules.adoption: Accept).";
    }

    /** What no full ends comes first: a full that is taken for the other reason would be in vain. */
    private static DiskVerdict invalid(
            VmRecord record,
            Facts facts,
            Protection protection,
            Disk disk,
            @Nullable Baseline baseline,
            @Nullable Dead dead) {
        String changeId = baseline == null ? Objects.requireNonNullElse(disk.changeId(), "") : baseline.changeId();
        return Kills.openEnded(record, disk.id(), changeId, protection)
                .map(f -> verdict(disk, State.Invalid, f.reason(), f.message() + " " + f.remedy(), baseline))
                .or(() -> adopted(record, facts, protection, disk, baseline))
                .orElseGet(() -> dead == null
                        ? verdict(disk, State.Invalid, missing(record, disk), noBaseline(disk), null)
                        : verdict(disk, State.Invalid, dead.reason(), message(record, dead), baseline));
    }

    /** Tracking that nobody saw begin may have begun with snapshots (KB 1020128); a policy can insist on proof. */
    private static Optional<DiskVerdict> adopted(
            VmRecord record, Facts facts, Protection protection, Disk disk, @Nullable Baseline baseline) {
        boolean isOff = facts.vm() != null && Boolean.FALSE.equals(facts.vm().changeTrackingEnabled());
        return !protection.rules().resetAdopted() || record.trackedSince() != null || isOff
                ? Optional.empty()
                : Optional.of(verdict(
                        disk,
                        State.Invalid,
                        Reason.EnabledWithSnapshots,
                        "Nothing proves that the VM had no snapshot when Changed Block Tracking was switched on, and the policy"
                                + " insists on proof (rules.adoption: Reset). " + Remedies.RESET_THEN_FULL,
                        baseline));
    }

    /** What stands between an intact baseline and the word Valid. */
    private static Optional<DiskVerdict> unknown(VmRecord record, Disk disk, Facts facts, Baseline baseline) {
        VirtualMachine vm = facts.vm();
        if (!facts.fresh()) {
            return cannotTell(disk, Reason.VCenterUnreachable, "vCenter is away; nothing newer is known.", baseline);
        }
        if (vm == null) {
            return cannotTell(disk, Reason.VMNotFound, "The VM is not in vCenter's inventory.", baseline);
        }
        if (Learning.isStale(record, facts)) {
            return cannotTell(disk, Reason.CatchingUp, "This view of vCenter is older than the record.", baseline);
        }
        if (!record.pending().isEmpty()) {
            return cannotTell(
                    disk, Reason.SnapshotReverted, "A revert of the VM is in flight; its outcome decides.", baseline);
        }
        if (!vm.connected() || !vm.configRead()) {
            return cannotTell(
                    disk, Reason.VCenterUnreachable, "vCenter cannot see the VM's host or configuration.", baseline);
        }
        if (!buildKnown(vm, facts)) {
            return cannotTell(
                    disk,
                    Reason.VCenterUnreachable,
                    "The build of the VM's host cannot be read, so nobody can tell whether it changed.",
                    baseline);
        }
        if (Boolean.FALSE.equals(vm.changeTrackingEnabled()) || Boolean.FALSE.equals(disk.ctkEnabled())) {
            return Optional.of(verdict(
                    disk, State.Invalid, Reason.CbtDisabled, "Changed Block Tracking is switched off.", baseline));
        }
        String live = disk.changeId();
        if (vm.changeTrackingEnabled() == null || live == null) {
            return cannotTell(
                    disk,
                    Reason.TrackingNotActive,
                    "Tracking of " + disk.label()
                            + " has not taken effect: no snapshot, migration or power cycle since.",
                    baseline);
        }
        boolean sameEpoch =
                ChangeId.epoch(live).isPresent() && ChangeId.epoch(live).equals(ChangeId.epoch(baseline.changeId()));
        if (!sameEpoch) {
            return cannotTell(disk, Reason.CbtReset, "The change ID " + live + " cannot be compared.", baseline);
        }
        return isBehind(live, baseline.changeId())
                ? cannotTell(
                        disk,
                        Reason.SnapshotReverted,
                        "The change ID " + live + " is lower than that of the baseline, " + baseline.changeId()
                                + ": a revert that nothing tells of, or an older change tracking file.",
                        baseline)
                : Optional.empty();
    }

    private static boolean buildKnown(VirtualMachine vm, Facts facts) {
        Host host = vm.host() == null ? null : facts.hosts().get(vm.host());
        return host != null && host.connected() && host.build() != null;
    }

    /** Only strictly lower says something: the live ID is the same as the newest snapshot's, or later. */
    private static boolean isBehind(String live, String base) {
        OptionalLong now = ChangeId.number(live);
        OptionalLong then = ChangeId.number(base);
        return now.isEmpty() || then.isEmpty() || now.getAsLong() < then.getAsLong();
    }

    private static Optional<DiskVerdict> cannotTell(Disk disk, Reason reason, String message, Baseline baseline) {
        return Optional.of(verdict(disk, State.Unknown, reason, message, baseline));
    }

    private static Reason missing(VmRecord record, Disk disk) {
        boolean replaced = record.findings().stream()
                .anyMatch(f -> f.reason() == Reason.DiskReplaced
                        && f.evidence().newValue().equals(disk.id()));
        boolean added = record.findings().stream()
                .anyMatch(f -> f.reason() == Reason.DiskAdded && f.disks().contains(disk.id()));
        return replaced ? Reason.DiskReplaced : added ? Reason.DiskAdded : Reason.NoBaseline;
    }

    private static String noBaseline(Disk disk) {
        return disk.label() + " has no baseline: no full backup of it has been committed in this chain.";
    }

    private static String message(VmRecord record, Dead dead) {
        return record.findings().stream()
                .filter(f -> f.id().equals(dead.finding()))
                .map(Finding::message)
                .findFirst()
                .orElse("The baseline died: " + dead.reason() + ".");
    }

    private static String why(Trackability trackability) {
        return switch (trackability) {
            case INDEPENDENT -> "independent disk";
            case PHYSICAL_RDM -> "physical raw device mapping";
            case SHARED -> "shared bus or multi-writer";
            case OLD_HARDWARE -> "virtual hardware below version 7";
            case CTK_DISALLOWED -> "ctkDisallowed is set";
            case TRACKABLE, UNKNOWN_BACKING -> "";
        };
    }

    private static DiskVerdict verdict(
            Disk disk, State state, Reason reason, String message, @Nullable Baseline baseline) {
        return new DiskVerdict(
                disk.id(), disk.key(), disk.label(), disk.capacityBytes(), state, reason, message, baseline);
    }
}
