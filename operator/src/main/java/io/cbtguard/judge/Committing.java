package io.cbtguard.judge;

import io.cbtguard.inventory.Interval;
import io.cbtguard.judge.Judge.Committed;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Dead;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Outcome;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.SeenSnapshot;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Judges a report. It rests on mints and change IDs that were seen, not on our having been asked, so a report without a decision
 * is judged by the same rules. Every run that succeeded leaves a point; only one that passes every rule leaves baselines.
 */
final class Committing {
    private Committing() {}

    static Committed commit(VmRecord record, Facts facts, Protection protection, Request request, Report report) {
        Run run = record.run(request.uid()).orElseGet(() -> undecided(protection, request));
        if (run.outcome() != null) {
            return late(record, facts, protection, run, report);
        }
        if (run.decision() == null && Deciding.nameUsed(record, protection, request)) {
            return end(
                    record,
                    run,
                    facts,
                    Phase.NotCommitted,
                    Reason.NameReused,
                    "A run named " + run.name() + " is already in this VM's history; choose another name.",
                    Trust.Unknown);
        }
        if (!report.succeeded()) {
            return end(
                    record,
                    run,
                    facts,
                    Phase.Failed,
                    Reason.ReportedFailed,
                    "The tool reported a failure: " + report.message(),
                    Trust.Unknown);
        }
        Decision decision = run.decision();
        if (decision != null && facts.now().isAfter(decision.validUntil())) {
            return leavePoint(
                    record,
                    facts,
                    protection,
                    run,
                    report,
                    new Objection(Reason.RunExpired, "The report came after " + decision.validUntil() + "."),
                    Phase.Expired);
        }
        return judged(record, facts, protection, run, report);
    }

    private static Committed judged(VmRecord record, Facts facts, Protection protection, Run run, Report report) {
        Optional<SeenSnapshot> seen = record.seenSnapshot(report.snapshot());
        Optional<Objection> objection = objection(run, report, seen, protection);
        if (objection.isPresent()) {
            return leavePoint(record, facts, protection, run, report, objection.get(), Phase.NotCommitted);
        }
        Chain chain = Assessing.chainOrEmpty(record, protection, run.chain());
        Interval mint = seen.map(SeenSnapshot::mint).orElseGet(() -> unseenMint(run, facts));
        ReportReading reading = ReportReading.of(record, facts, protection, chain, run, report, seen, mint);
        if (reading.objection() != null) {
            VmRecord next = reading.baseUnknown() ? baseLost(record, facts, chain, run, reading) : record;
            return leavePoint(next, facts, protection, run, report, reading.objection(), Phase.NotCommitted);
        }
        Point point = PointAudit.judge(
                point(run, facts, reading, mint, seen.isPresent()),
                record.findings(),
                chain.points().stream().collect(Collectors.toMap(Point::run, p -> p, (a, b) -> b)));
        Chain after =
                baselines(History.add(chain, point), reading, point.type()).ranAt(facts.now());
        boolean based = !reading.baselines().isEmpty();
        String message = reading.spoiled() != null
                ? "The restore point stands, but " + reading.spoiled().message()
                : based
                        ? "The baselines were renewed."
                        : "The snapshot has no change IDs, so no baseline could be kept.";
        Reason reason =
                reading.spoiled() != null ? Reason.CauseDuringRun : based ? Reason.Current : Reason.TrackingNotActive;
        Outcome outcome = new Outcome(
                based ? Phase.Committed : Phase.NotCommitted, reason, message, point.trust(), facts.through());
        VmRecord next = record.withChain(met(after, point, mint)).withRun(run.ended(outcome));
        return new Committed(Learning.settle(next, protection), outcome);
    }

    /** Rules that concern the report as a whole. */
    private static Optional<Objection> objection(
            Run run, Report report, Optional<SeenSnapshot> seen, Protection protection) {
        Decision decision = run.decision();
        if (decision != null && !decision.token().equals(report.token())) {
            return Optional.of(
                    new Objection(
                            Reason.TokenMismatch,
                            "The report's decisionToken is not the one of this run's decision; report with status.decision.token."));
        }
        if (seen.isEmpty()) {
            return protection.trustUnseenSnapshot()
                    ? Optional.empty()
                    : Optional.of(new Objection(
                            Reason.SnapshotNotSeen,
                            "Snapshot " + (report.snapshot().isEmpty() ? "(not named)" : report.snapshot())
                                    + " was never seen on this VM while it lived; report snapshot.moRef of the snapshot that was"
                                    + " read."));
        }
        if (decision != null && seen.get().mint().from().isBefore(decision.at())) {
            return Optional.of(new Objection(
                    Reason.ReportMismatch,
                    "Snapshot " + report.snapshot()
                            + " was created before the decision; take the snapshot after reading the decision."));
        }
        return Optional.empty();
    }

    /** What stands against a baseline. */
    record Objection(Reason reason, String message) {}

    private static Interval unseenMint(Run run, Facts facts) {
        Decision decision = run.decision();
        return decision == null ? Interval.at(facts.through()) : new Interval(decision.at(), facts.through());
    }

    private static Point point(Run run, Facts facts, ReportReading reading, Interval mint, boolean seen) {
        boolean whole = seen && reading.complete();
        return new Point(
                run.name(),
                run.uid(),
                reading.type(),
                mint.to().time(),
                mint,
                facts.through(),
                reading.disks(),
                whole ? Trust.Good : Trust.Unknown,
                whole ? Reason.Trusted.name() : seen ? Reason.ReportMismatch.name() : Reason.SnapshotNotSeen.name());
    }

    /** A full ends the baselines of disks it did not read; a baseline is never replaced by one with an earlier mint. */
    private static Chain baselines(Chain chain, ReportReading reading, BackupType type) {
        Chain next = chain;
        if (type == BackupType.Full) {
            next = next.withBaselines(next.baselines().stream()
                    .filter(b -> reading.reads(b.disk()) || !b.alive())
                    .toList());
        }
        for (Baseline baseline : reading.baselines()) {
            boolean older = next.baseline(baseline.disk())
                    .filter(b -> b.alive() && baseline.mint().isBefore(b.mint()))
                    .isPresent();
            next = older ? next : next.withBaseline(baseline);
        }
        return next;
    }

    /** Fulls that were asked for are met by a full minted after the request. */
    private static Chain met(Chain chain, Point point, Interval mint) {
        if (point.type() != BackupType.Full) {
            return chain;
        }
        return chain.withDemands(chain.demands().stream()
                .map(d -> mint.from().isBefore(d.at()) ? d : d.nowMet())
                .toList());
    }

    /** The chain has lost its thread: its baselines of the disks concerned end, and the next backup must be full. */
    private static VmRecord baseLost(VmRecord record, Facts facts, Chain chain, Run run, ReportReading reading) {
        Finding finding = reading.baseUnknownFinding(run, facts);
        Dead dead = new Dead(Reason.BaseUnknown, facts.through(), finding.id());
        List<Baseline> killed = chain.baselines().stream()
                .map(b -> b.alive() && finding.concerns(b.disk()) ? b.kill(dead) : b)
                .toList();
        List<Finding> findings = new ArrayList<>(record.findings());
        findings.add(finding);
        return record.withChain(chain.withBaselines(killed)).withFindings(findings);
    }

    /** A run that leaves no baseline still leaves a point, with type and trust as far as known. */
    private static Committed leavePoint(
            VmRecord record,
            Facts facts,
            Protection protection,
            Run run,
            Report report,
            Objection objection,
            Phase phase) {
        Chain chain = Assessing.chainOrEmpty(record, protection, run.chain());
        Interval mint =
                record.seenSnapshot(report.snapshot()).map(SeenSnapshot::mint).orElse(null);
        Instant at = mint == null ? facts.now() : mint.to().time();
        boolean suspect = objection.reason() == Reason.BaseUnknown;
        Point point = new Point(
                run.name(),
                run.uid(),
                ReportReading.type(report),
                at,
                mint,
                facts.through(),
                ReportReading.claimed(record, chain, report),
                suspect ? Trust.Suspect : Trust.Unknown,
                objection.reason().name());
        Outcome outcome = new Outcome(phase, objection.reason(), objection.message(), point.trust(), facts.through());
        VmRecord next =
                record.withChain(History.add(chain, point).ranAt(facts.now())).withRun(run.ended(outcome));
        return new Committed(Learning.settle(next, protection), outcome);
    }

    /** A report for a run that has ended: it may leave a point, never a baseline, and the outcome stays. */
    private static Committed late(VmRecord record, Facts facts, Protection protection, Run run, Report report) {
        Outcome outcome = Objects.requireNonNull(run.outcome());
        Chain chain = Assessing.chainOrEmpty(record, protection, run.chain());
        boolean ownPoint = chain.point(run.name()).isPresent();
        boolean mayAdd = outcome.phase() == Phase.Expired || outcome.phase() == Phase.Cancelled;
        if (ownPoint || !mayAdd || !report.succeeded()) {
            return new Committed(record, outcome);
        }
        VmRecord next = leavePoint(
                        record,
                        facts,
                        protection,
                        run,
                        report,
                        new Objection(outcome.reason(), outcome.message()),
                        outcome.phase())
                .record();
        return new Committed(next, outcome);
    }

    private static Committed end(
            VmRecord record, Run run, Facts facts, Phase phase, Reason reason, String message, Trust trust) {
        Outcome outcome = new Outcome(phase, reason, message, trust, facts.through());
        return new Committed(record.withRun(run.ended(outcome)), outcome);
    }

    private static Run undecided(Protection protection, Request request) {
        return new Run(
                request.uid(),
                request.name(),
                protection.namespaceUid(),
                protection.namespace(),
                request.chain(),
                null,
                null);
    }
}
