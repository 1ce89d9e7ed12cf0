package io.cbtguard.judge;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Judge.Committed;
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
        Optional<Outcome> forgotten = Forgotten.outcome(record, run, facts);
        if (forgotten.isPresent()) {
            return new Committed(record, forgotten.get());
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
        if (!Limits.mayUse(record, run.namespaceUid(), run.chain())) {
            return end(
                    record,
                    run,
                    facts,
                    Phase.NotCommitted,
                    Reason.TooManyChains,
                    Limits.tooManyChains(run.chain()),
                    Trust.Unknown);
        }
        VmRecord known = vouched(Rejections.of(record, facts, protection, run, report), protection, run, report);
        if (!report.succeeded()) {
            return end(
                    known,
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
                    known,
                    facts,
                    protection,
                    run,
                    report,
                    new Objection(
                            Reason.RunExpired,
                            "The report came after " + decision.validUntil() + ", so it renews nothing; ask anew."),
                    Phase.Expired);
        }
        return judged(known, facts, protection, run, report);
    }

    /**
     * A snapshot that came and went unseen may have been there when tracking began. That a report says so makes a cause of it where the
     * report is the run's own, unless the policy takes such snapshots as a matter of course; else only the proof is gone.
     */
    private static VmRecord vouched(VmRecord record, Protection protection, Run run, Report report) {
        Interval since = record.trackedSince();
        Decision decision = run.decision();
        boolean isUnseen = !report.snapshot().isEmpty()
                && record.seenSnapshot(report.snapshot()).isEmpty();
        if (!isUnseen || since == null || decision == null || since.isBefore(Interval.at(decision.at()))) {
            return record;
        }
        boolean isItsOwn = report.succeeded() && decision.token().equals(report.token());
        return isItsOwn && !protection.rules().trustUnseenSnapshot()
                ? Learning.disproven(record, since)
                : OldEpochs.unvouched(record, since).withTrackedSince(null);
    }

    private static Committed judged(VmRecord record, Facts facts, Protection protection, Run run, Report report) {
        Optional<SeenSnapshot> seen = record.seenSnapshot(report.snapshot()).filter(SeenSnapshot::idsSeen);
        Optional<Objection> objection = objection(run, report, seen, protection);
        if (objection.isPresent()) {
            return leavePoint(record, facts, protection, run, report, objection.get(), Phase.NotCommitted);
        }
        Chain chain = Assessing.chainOrEmpty(record, protection, run.chain());
        Interval mint = seen.map(SeenSnapshot::mint).orElseGet(() -> unseenMint(run, facts));
        ReportReading reading = ReportReading.of(record, facts, protection, chain, report, run, seen, mint);
        if (reading.objection() != null) {
            VmRecord next = reading.baseUnknown() ? baseLost(record, facts, chain, run, reading) : record;
            return leavePoint(next, facts, protection, run, report, reading.objection(), Phase.NotCommitted);
        }
        Point point = PointAudit.judge(
                NewPoint.of(run, facts, record, protection.rules(), reading, mint, seen.isPresent()),
                record,
                protection,
                chain.points().stream().collect(Collectors.toMap(Point::run, p -> p, (a, b) -> b)));
        List<Disk> present = Assessing.disks(record, facts);
        Chain renewed = Renewal.baselines(chain, reading, point, mint, present, record.findings());
        Outcome outcome = outcome(record, facts, reading, renewed, present, point.trust());
        Chain after = History.add(Renewal.met(renewed, point, mint), point, protection.finishedSeries())
                .ranAt(facts.now());
        VmRecord next = Learning.upTo(record, facts).withChain(after);
        return ended(Learning.settle(next, protection), run, outcome);
    }

    private static Outcome outcome(
            VmRecord record, Facts facts, ReportReading reading, Chain renewed, List<Disk> present, Trust trust) {
        boolean based = reading.baselines().stream().anyMatch(renewed.baselines()::contains);
        Objection spoiled = reading.spoiled();
        if (spoiled != null) {
            String message = "The restore point stands, its baseline does not. " + spoiled.message();
            return outcome(facts, based, Reason.CauseDuringRun, message, trust);
        }
        if (based) {
            String message = reading.complete()
                    ? "The baselines were renewed."
                    : "The baselines of the disks in the report were renewed; it leaves out disks of the VM, so the restore point"
                            + " is Unknown.";
            return outcome(facts, true, Reason.Current, message, trust);
        }
        if (!reading.baselines().isEmpty()) {
            String message =
                    "The restore point stands, but its snapshot was created before the chain's present baseline, or"
                            + " before what ended that.";
            return outcome(facts, false, Reason.CauseDuringRun, message, trust);
        }
        if (!present.isEmpty() && present.stream().noneMatch(Disk::trackable)) {
            return outcome(
                    facts, true, Reason.DiskNotTrackable, "No disk can be tracked: there is nothing to renew.", trust);
        }
        String message = "The snapshot has no change IDs, so no baseline could be kept.";
        return outcome(facts, false, Reason.TrackingNotActive, message, trust);
    }

    private static Outcome outcome(Facts facts, boolean committed, Reason reason, String message, Trust trust) {
        Phase phase = committed ? Phase.Committed : Phase.NotCommitted;
        return new Outcome(phase, reason, message, trust, facts.through());
    }

    /** Rules that concern the report as a whole. */
    private static Optional<Objection> objection(
            Run run, Report report, Optional<SeenSnapshot> seen, Protection protection) {
        Decision decision = run.decision();
        if (report.disks().isEmpty()) {
            return Optional.of(
                    new Objection(Reason.ReportMismatch, "The report names no disk; report each disk that was read."));
        }
        if (decision != null && !decision.token().equals(report.token())) {
            return Optional.of(
                    new Objection(
                            Reason.TokenMismatch,
                            "The report's decisionToken is not the one of this run's decision; report with status.decision.token."));
        }
        if (seen.isEmpty()) {
            // Without a decision nothing says after what it was created, and causes before may be forgotten.
            return protection.rules().trustUnseenSnapshot() && decision != null
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

    /** A policy that trusts the report trusts that the snapshot came after the decision; more is not known. */
    private static Interval unseenMint(Run run, Facts facts) {
        Position from = Objects.requireNonNull(run.decision()).at();
        return new Interval(Position.earlier(from, facts.through()), facts.through());
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
                ReportReading.claimed(record, facts, chain, report),
                suspect ? Trust.Suspect : Trust.Unknown,
                objection.reason().name());
        Outcome outcome = new Outcome(phase, objection.reason(), objection.message(), point.trust(), facts.through());
        VmRecord next = record.withChain(
                History.add(chain, point, protection.finishedSeries()).ranAt(facts.now()));
        return ended(Learning.settle(next, protection), run, outcome);
    }

    /** The outcome says of the point what its audit says. */
    private static Committed ended(VmRecord settled, Run run, Outcome outcome) {
        Trust trust = settled.chains().stream()
                .filter(c -> c.is(run.namespaceUid(), run.chain()))
                .flatMap(c -> c.point(run.name()).stream())
                .map(Point::trust)
                .findFirst()
                .orElse(outcome.trust());
        Outcome told = new Outcome(outcome.phase(), outcome.reason(), outcome.message(), trust, outcome.at());
        return new Committed(settled.withRun(run.ended(told)), told);
    }

    /** A report for a run that has ended: it may leave a point, never a baseline, and the outcome stays. */
    private static Committed late(VmRecord record, Facts facts, Protection protection, Run run, Report report) {
        Outcome outcome = Objects.requireNonNull(run.outcome());
        Chain chain = Assessing.chainOrEmpty(record, protection, run.chain());
        boolean ownPoint =
                Runs.hasPoint(record, run.uid()) || chain.point(run.name()).isPresent();
        boolean mayAdd = outcome.phase() == Phase.Expired
                || outcome.phase() == Phase.Cancelled
                || outcome.phase() == Phase.Refused;
        boolean fits = Limits.mayUse(record, run.namespaceUid(), run.chain());
        if (ownPoint || !mayAdd || !fits || !report.succeeded()) {
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
                .record()
                .withRun(run);
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
