package io.cbtguard.explain;

import io.cbtguard.explain.Explanation.FindingStory;
import io.cbtguard.explain.Explanation.PointStory;
import io.cbtguard.judge.Verdict;
import io.cbtguard.judge.manual.Cause;
import io.cbtguard.judge.manual.Causes;
import io.cbtguard.judge.manual.State;
import io.cbtguard.judge.manual.States;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Trust;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What happened, what it killed, and what it makes of restore points. */
final class Causation {
    private static final String PAGE = "docs/reasons.md#";

    private Causation() {}

    /** Every finding of the record, newest first. */
    static List<FindingStory> findings(Case now, Verdict verdict) {
        return now.record().findings().stream()
                .sorted(Comparator.comparing((Finding f) -> f.at().to().time()).reversed())
                .map(f -> finding(now, verdict, f))
                .toList();
    }

    private static FindingStory finding(Case now, Verdict verdict, Finding f) {
        Optional<Cause> cause = Causes.of(f.reason().name());
        return new FindingStory(
                f.reason().name(),
                verdict.openFindings().contains(f.id()),
                Explaining.time(f.at().from().time()),
                Explaining.time(f.at().to().time()),
                f.message(),
                evidence(f.evidence()),
                cause.map(c -> "change IDs: " + c.kills()).orElse(""),
                killed(now, f),
                cure(f.cure()),
                f.remedy(),
                cause.map(c -> PAGE + c.anchor()).orElse(""));
    }

    private static List<String> killed(Case now, Finding f) {
        return now.record()
                .chainsOf(now.protection().namespaceUid())
                .flatMap(chain -> chain.baselines().stream()
                        .filter(b -> b.dead() != null && b.dead().finding().equals(f.id()))
                        .map(b -> "chain " + chain.name() + ", " + b.label() + ": " + Explaining.baseline(b)))
                .toList();
    }

    private static String cure(Cure cure) {
        return switch (cure) {
            case None -> "needs no cure";
            case Full -> "a full backup that begins after it";
            case ResetThenFull -> "a reset of Changed Block Tracking without snapshots, then a full backup";
        };
    }

    /** Who did what and when, as far as vCenter tells. */
    static String evidence(Evidence e) {
        List<String> parts = new ArrayList<>();
        if (e.eventKey() != 0) {
            parts.add("event " + e.eventKey() + (e.eventType().isEmpty() ? "" : " (" + e.eventType() + ")"));
        }
        if (!e.task().isEmpty() || !e.taskKey().isEmpty()) {
            parts.add("task " + e.task() + (e.taskKey().isEmpty() ? "" : " (" + e.taskKey() + ")"));
        }
        if (!e.user().isEmpty()) {
            parts.add("by " + e.user());
        }
        if (!e.snapshot().isEmpty()) {
            parts.add("snapshot " + e.snapshot());
        }
        if (e.time() != null) {
            parts.add("at " + e.time());
        }
        if (!e.oldValue().isEmpty() || !e.newValue().isEmpty()) {
            parts.add("from '" + e.oldValue() + "' to '" + e.newValue() + "'");
        }
        return parts.isEmpty() ? "no event or task tells of it; its result shows" : String.join(", ", parts);
    }

    /** Restore points of the namespace's chains, newest first. */
    static List<PointStory> points(Case now) {
        return now.record()
                .chainsOf(now.protection().namespaceUid())
                .flatMap(c -> c.points().stream().map(p -> point(c.name(), p)))
                .sorted(Comparator.comparing(PointStory::at).reversed())
                .toList();
    }

    private static PointStory point(String chain, Point p) {
        return new PointStory(
                chain,
                p.run(),
                p.type().name(),
                Explaining.time(p.at()),
                p.trust().name(),
                why(p));
    }

    private static String why(Point p) {
        if (p.trust() == Trust.Good) {
            return "No cause lies between its base and its commit.";
        }
        return p.reason() + ": "
                + Stream.concat(
                                Causes.of(p.reason()).map(Cause::cause).stream(),
                                States.of(p.reason()).map(State::meaning).stream())
                        .findFirst()
                        .orElse("see the finding");
    }
}
