package io.cbtguard.judge;

import io.cbtguard.inventory.Disk;
import io.cbtguard.judge.Judge.Decided;
import io.cbtguard.judge.Request.Type;
import io.cbtguard.judge.Verdict.ChainVerdict;
import io.cbtguard.judge.Verdict.DiskVerdict;
import io.cbtguard.judge.Verdict.Next;
import io.cbtguard.judge.check.AdvisoryCheck;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.Decision.DecisionDisk;
import io.cbtguard.judge.record.Outcome;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Answers a request. Asked for an incremental that is not possible it refuses; it never quietly turns it into a full. */
final class Deciding {
    private Deciding() {}

    static Decided decide(VmRecord record, Facts facts, Protection protection, Request request) {
        Optional<Run> known = record.run(request.uid());
        if (known.isPresent() && known.get().decision() != null) {
            return new Decided(record, known.get().decision(), null, "");
        }
        if (known.isPresent() || Runs.hasPoint(record, request.uid())) {
            return new Decided(
                    record,
                    refusal(facts, Reason.NameReused, "The run has ended; a report was judged without a decision."),
                    null,
                    "");
        }
        if (nameUsed(record, protection, request)) {
            return refuse(
                    record,
                    facts,
                    protection,
                    request,
                    Reason.NameReused,
                    "A run named " + request.name() + " is already in this VM's history; choose another name.");
        }
        if (!Limits.mayUse(record, protection.namespaceUid(), request.chain())) {
            return refuse(
                    record, facts, protection, request, Reason.TooManyChains, Limits.tooManyChains(request.chain()));
        }
        VmRecord current = Runs.expire(record, facts.through());
        Optional<Run> other = otherRun(current, protection, request.chain());
        if (other.isPresent()) {
            return new Decided(current, null, Reason.OtherRunOpen, otherRunOpen(other.get()));
        }
        if (!facts.inFlight().isEmpty()) {
            return waitOr(
                    current,
                    facts,
                    protection,
                    request,
                    Reason.TaskInFlight,
                    "Task " + facts.inFlight().getFirst().task() + " is in flight on the VM.");
        }
        if (facts.vm() == null || !facts.vm().connected()) {
            boolean isGone = facts.vm() == null;
            return waitOr(
                    current,
                    facts,
                    protection,
                    request,
                    isGone && facts.fresh() ? Reason.VMNotFound : Reason.VCenterUnreachable,
                    isGone ? "vCenter does not show the VM now." : "vCenter cannot see the VM now; its host is away.");
        }
        if (facts.vm().consolidationNeeded() && protection.rules().waitForConsolidation()) {
            return waitOr(
                    current,
                    facts,
                    protection,
                    request,
                    Reason.WaitingForConsolidation,
                    "The VM's disks need consolidation; consolidate them in vCenter.");
        }
        Optional<Advisory> affected = AdvisoryCheck.now(current, protection.advisories());
        if (affected.isPresent() && protection.rules().affectedHost() == Rules.AffectedHost.Refuse) {
            return refuse(
                    current,
                    facts,
                    protection,
                    request,
                    Reason.AffectedHostBuild,
                    "The VM is on an ESXi build that " + affected.get().name()
                            + " names, and the policy refuses backups there: "
                            + affected.get().remedy());
        }
        return judged(current, facts, protection, request);
    }

    private static Decided judged(VmRecord record, Facts facts, Protection protection, Request request) {
        Chain chain = Assessing.chainOrEmpty(record, protection, request.chain());
        List<Disk> disks = Assessing.disks(record, facts);
        ChainVerdict verdict = Assessing.chain(record, chain, disks, facts, protection);
        if (request.type() == Type.Full) {
            return give(
                    record,
                    facts,
                    protection,
                    request,
                    verdict,
                    BackupType.Full,
                    Reason.FullRequested,
                    "A full was asked for.");
        }
        Next next = verdict.next();
        // tracking becomes active by a stun only, and the snapshot of a full is one
        boolean needsFull = next.type() == BackupType.Full || next.reason() == Reason.TrackingNotActive;
        boolean bySingleDisks = protection.singleDisks()
                && !protection.refuseOnInvalid()
                && Assessing.onlySomeDisks(chain, verdict, facts, protection);
        if (needsFull && bySingleDisks) {
            String message = next.message() + " Only the disks without a valid baseline are read in full.";
            return give(record, facts, protection, request, verdict, BackupType.Incremental, next.reason(), message);
        }
        if (needsFull) {
            return invalid(record, facts, protection, request, verdict);
        }
        if (next.type() == BackupType.Unknown) {
            return waitOr(record, facts, protection, request, next.reason(), next.message());
        }
        return give(
                record,
                facts,
                protection,
                request,
                verdict,
                BackupType.Incremental,
                Reason.BaselineValid,
                "Every included, trackable disk has a valid baseline.");
    }

    private static Decided invalid(
            VmRecord record, Facts facts, Protection protection, Request request, ChainVerdict verdict) {
        Reason reason = verdict.next().reason();
        String message = verdict.next().message();
        if (request.type() == Type.Incremental) {
            return refuse(record, facts, protection, request, reason, message + " Ask for Full or Auto.");
        }
        if (protection.refuseOnInvalid()) {
            return refuse(
                    record,
                    facts,
                    protection,
                    request,
                    reason,
                    message + " The policy refuses instead (onInvalid: Refuse).");
        }
        return give(record, facts, protection, request, verdict, BackupType.Full, reason, message);
    }

    /** Unknown: wait until the time is over, then as the policy says; an incremental is never the answer. */
    private static Decided waitOr(
            VmRecord record, Facts facts, Protection protection, Request request, Reason reason, String message) {
        if (!request.waitedOut()) {
            return new Decided(record, null, reason, message);
        }
        if (protection.fullOnUnknown() && request.type() != Type.Incremental) {
            Chain chain = Assessing.chainOrEmpty(record, protection, request.chain());
            ChainVerdict verdict = Assessing.chain(record, chain, Assessing.disks(record, facts), facts, protection);
            return give(record, facts, protection, request, verdict, BackupType.Full, reason, message);
        }
        return refuse(record, facts, protection, request, reason, message + " It could not be told in time.");
    }

    private static Decided refuse(
            VmRecord record, Facts facts, Protection protection, Request request, Reason reason, String message) {
        Decision decision = refusal(facts, reason, message);
        Outcome outcome = new Outcome(Phase.Refused, reason, message, Trust.Unknown, facts.through());
        return new Decided(record.withRun(run(protection, request, decision).ended(outcome)), decision, null, "");
    }

    private static Decision refusal(Facts facts, Reason reason, String message) {
        return new Decision(BackupType.Refused, reason, message, "", facts.through(), facts.now(), List.of());
    }

    private static Decided give(
            VmRecord record,
            Facts facts,
            Protection protection,
            Request request,
            ChainVerdict verdict,
            BackupType type,
            Reason reason,
            String message) {
        Decision decision = new Decision(
                type,
                reason,
                message,
                request.token(),
                facts.through(),
                facts.now().plus(protection.reportTimeout()),
                verdict.disks().stream().map(d -> disk(d, type)).toList());
        Chain chain =
                Assessing.chainOrEmpty(record, protection, request.chain()).ranAt(facts.now());
        VmRecord next = Learning.upTo(record, facts).withChain(chain).withRun(run(protection, request, decision));
        return new Decided(next, decision, null, "");
    }

    /** The run that a chain waits for. */
    static Optional<Run> otherRun(VmRecord record, Protection protection, String chain) {
        return record.runs().stream()
                .filter(r -> r.open()
                        && r.namespaceUid().equals(protection.namespaceUid())
                        && r.chain().equals(chain))
                .findFirst();
    }

    static Optional<Decided> waitsForRun(VmRecord record, Protection protection, Request request, Instant now) {
        boolean isNew = record.run(request.uid()).isEmpty()
                && !Runs.hasPoint(record, request.uid())
                && !nameUsed(record, protection, request)
                && Limits.mayUse(record, protection.namespaceUid(), request.chain());
        return otherRun(record, protection, request.chain())
                .filter(run -> isNew
                        && run.decision() != null
                        && !now.isAfter(run.decision().validUntil()))
                .map(run -> new Decided(record, null, Reason.OtherRunOpen, otherRunOpen(run)));
    }

    private static String otherRunOpen(Run other) {
        return "Run " + other.name() + " of this chain is still open; report it or delete it.";
    }

    private static DecisionDisk disk(DiskVerdict verdict, BackupType type) {
        Baseline baseline = verdict.baseline();
        BackupType own =
                switch (verdict.state()) {
                    case NotTrackable -> BackupType.NotTrackable;
                    case Excluded -> BackupType.Excluded;
                    case Invalid -> BackupType.Full;
                    default -> type;
                };
        Baseline base = own == BackupType.Incremental ? baseline : null;
        return new DecisionDisk(
                verdict.id(),
                verdict.key(),
                verdict.label(),
                own,
                base == null ? "" : base.run(),
                base == null ? "" : base.changeId());
    }

    private static Run run(Protection protection, Request request, Decision decision) {
        return new Run(
                request.uid(),
                request.name(),
                protection.namespaceUid(),
                protection.namespace(),
                request.chain(),
                decision,
                null);
    }

    static boolean nameUsed(VmRecord record, Protection protection, Request request) {
        boolean inHistory = record.chainsOf(protection.namespaceUid())
                .flatMap(c -> c.points().stream())
                .anyMatch(p -> p.run().equals(request.name()) && !p.runUid().equals(request.uid()));
        boolean inRuns = record.runs().stream()
                .anyMatch(r -> r.namespaceUid().equals(protection.namespaceUid())
                        && r.name().equals(request.name())
                        && !r.uid().equals(request.uid()));
        return inHistory || inRuns;
    }
}
