package io.cbtguard.judge;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.Verdict.ChainVerdict;
import io.cbtguard.judge.Verdict.Condition;
import io.cbtguard.judge.Verdict.DiskVerdict;
import io.cbtguard.judge.Verdict.Next;
import io.cbtguard.judge.Verdict.State;
import io.cbtguard.judge.Verdict.Status;
import io.cbtguard.judge.check.AdvisoryCheck;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The conditions of a ProtectedVM that rest on the verdict. */
record Conditions(
        VmRecord record,
        Facts facts,
        Protection protection,
        List<Disk> disks,
        List<ChainVerdict> chains,
        Next next,
        List<Point> points,
        @Nullable Instant lastGood) {

    Condition cbtEnabled() {
        VirtualMachine vm = facts.vm();
        if (vm == null || !facts.fresh()) {
            Reason why = facts.fresh() ? Reason.VMNotFound : Reason.VCenterUnreachable;
            return new Condition(Status.Unknown, why, "The VM cannot be seen now.");
        }
        List<Disk> tracked = disks.stream()
                .filter(Disk::trackable)
                .filter(d -> !protection.exclude().contains(d.label())
                        && !protection.exclude().contains(d.id()))
                .toList();
        if (Boolean.FALSE.equals(vm.changeTrackingEnabled())
                || tracked.stream().anyMatch(d -> Boolean.FALSE.equals(d.ctkEnabled()))) {
            return new Condition(
                    Status.False,
                    Reason.CbtDisabled,
                    "Changed Block Tracking is off; switch it on for the VM and its disks, then take a full backup.");
        }
        if (vm.changeTrackingEnabled() == null) {
            return new Condition(Status.Unknown, Reason.TrackingNotActive, "The VM's flag could not be read.");
        }
        if (tracked.stream().anyMatch(d -> d.changeId() == null)) {
            return new Condition(
                    Status.Unknown,
                    Reason.TrackingNotActive,
                    "Tracking is on but has not taken effect on every disk: it does with the next snapshot, migration or power"
                            + " cycle.");
        }
        return new Condition(
                Status.True, Reason.Tracking, "Tracking is on and has taken effect on every trackable disk.");
    }

    Condition baselineValid() {
        List<DiskVerdict> all = chains.stream().flatMap(c -> c.disks().stream()).toList();
        Optional<DiskVerdict> invalid = first(all, State.Invalid);
        if (invalid.isPresent()) {
            return new Condition(
                    Status.False, invalidReason(invalid.get()), invalid.get().message());
        }
        Optional<DiskVerdict> unknown = first(all, State.Unknown);
        if (unknown.isPresent()) {
            return new Condition(
                    Status.Unknown, unknown.get().reason(), unknown.get().message());
        }
        if (all.isEmpty()) {
            return new Condition(Status.Unknown, next.reason(), next.message());
        }
        return new Condition(Status.True, Reason.Current, "Every included, trackable disk has a valid baseline.");
    }

    /** The same word as ForceFull where one cause explains both. */
    private Reason invalidReason(DiskVerdict disk) {
        return next.type() == BackupType.Full && next.reason() != Reason.FullRequested ? next.reason() : disk.reason();
    }

    private static Optional<DiskVerdict> first(List<DiskVerdict> disks, State state) {
        return disks.stream().filter(d -> d.state() == state).findFirst();
    }

    Condition forceFull() {
        return switch (next.type()) {
            case Full -> new Condition(Status.True, next.reason(), next.message());
            case Unknown -> new Condition(Status.Unknown, next.reason(), next.message());
            default -> new Condition(Status.False, Reason.NotNeeded, "The next backup may be an incremental.");
        };
    }

    Condition atRisk() {
        // a point of which nobody knows does not make up for one that is suspect
        Point newest = points.stream()
                .filter(p -> p.trust() != Trust.Unknown)
                .max(Comparator.comparing(Point::at))
                .orElse(null);
        if (newest != null && newest.trust() == Trust.Suspect) {
            return new Condition(
                    Status.True,
                    Reason.NewestRestorePointSuspect,
                    "The newest restore point " + newest.run() + " is Suspect (" + newest.reason()
                            + "): take a full backup, and restore from an older Good point until then.");
        }
        Duration rpo = protection.rpo();
        if (rpo != null && lastGood == null) {
            return new Condition(
                    Status.True, Reason.NeverBackedUp, "There is no Good restore point yet: take a full backup.");
        }
        if (rpo != null && lastGood != null && lastGood.plus(rpo).isBefore(facts.now())) {
            return new Condition(
                    Status.True,
                    Reason.RPOExceeded,
                    "The newest Good restore point is of " + lastGood + ", older than the RPO of " + rpo + ".");
        }
        Optional<Advisory> affected = AdvisoryCheck.now(record, protection.advisories());
        if (affected.isPresent() && protection.rules().affectedHost() == Rules.AffectedHost.Warn) {
            return new Condition(
                    Status.True,
                    Reason.AffectedHostBuild,
                    "The VM is on an ESXi build that " + affected.get().name() + " names: "
                            + affected.get().remedy());
        }
        Instant since = next.since();
        if (next.type() == BackupType.Full
                && since != null
                && since.plus(protection.forceFullGrace()).isBefore(facts.now())) {
            return new Condition(
                    Status.True,
                    Reason.ForceFullPending,
                    "A full backup is due since " + since + " (" + next.reason() + ") and has not come.");
        }
        Instant testDue = RestoreTests.due(record, protection);
        if (testDue != null && testDue.isBefore(facts.now())) {
            return new Condition(Status.True, Reason.RestoreTestOverdue, RestoreTests.overdue(record, protection));
        }
        return new Condition(Status.False, Reason.Safe, "Nothing is known that puts the restore of this VM at risk.");
    }

    /** When time alone may change AtRisk or ForceFull. */
    @Nullable Duration nextLook() {
        Duration rpo = protection.rpo();
        Instant since = next.since();
        Duration maxAge = protection.fullDue().maxAge();
        Stream<Instant> due = chains.stream()
                .flatMap(chain -> Stream.ofNullable(chain.lastFull()))
                .flatMap(full -> maxAge == null ? Stream.empty() : Stream.of(full.plus(maxAge)));
        Stream<Instant> edges = Stream.of(
                        rpo == null || lastGood == null ? null : lastGood.plus(rpo),
                        since == null ? null : since.plus(protection.forceFullGrace()),
                        RestoreTests.due(record, protection))
                .filter(Objects::nonNull);
        return Stream.concat(edges, due)
                .filter(edge -> edge.isAfter(facts.now()))
                .min(Comparator.naturalOrder())
                .map(edge -> Duration.between(facts.now(), edge).plusSeconds(1))
                .orElse(null);
    }
}
