package io.cbtguard.judge;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.TaskInFlight;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.check.AdvisoryCheck;
import io.cbtguard.judge.check.CbtCheck;
import io.cbtguard.judge.check.EnabledCheck;
import io.cbtguard.judge.check.GapCheck;
import io.cbtguard.judge.check.Scene;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Pending;
import io.cbtguard.judge.record.Sighting;
import io.cbtguard.judge.record.VmRecord;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes facts into the record: remember snapshots, run the checks, kill baselines, judge points again, forget what is past. */
final class Learning {
    private Learning() {}

    static Judge.Learned learn(VmRecord record, Facts facts, Protection protection) {
        VirtualMachine vm = facts.vm();
        if (vm == null) {
            VmRecord next = hearsay(lost(record, facts), facts, protection);
            return new Judge.Learned(next, news(record, next));
        }
        if (isStale(record, facts)) {
            VmRecord next = hearsay(record, facts, protection);
            return new Judge.Learned(next, news(record, next));
        }
        VmRecord seen = Snapshots.remember(record, facts, vm);
        Scene scene = new Scene(seen, facts, vm);
        List<Finding> causes = CbtCheck.all().stream()
                .flatMap(check -> check.inspect(scene).stream())
                .toList();
        VmRecord next = settle(
                seen.withPending(pending(facts))
                        .withResidence(Residences.of(scene))
                        .withRecentEvents(RecentEvents.of(scene))
                        .withSighting(Sightings.of(scene))
                        .withFindings(Findings.merge(seen.findings(), causes))
                        .withTrackedSince(EnabledCheck.trackedSince(scene)),
                protection);
        if (next.sameBut(record)) {
            return new Judge.Learned(record, List.of());
        }
        return new Judge.Learned(next.through(facts.through()), news(record, next));
    }

    /** A view older than what the record has seen: its state says nothing, and what it tells of may still be news. */
    static boolean isStale(VmRecord record, Facts facts) {
        Sighting sighting = record.sighting();
        return sighting != null && facts.through().isBefore(sighting.at());
    }

    /** What history tells counts even if nothing can be seen. */
    private static VmRecord hearsay(VmRecord record, Facts facts, Protection protection) {
        List<Finding> causes = CbtCheck.told(facts);
        VmRecord next = settle(record.withFindings(Findings.merge(record.findings(), causes)), protection);
        return next.sameBut(record) ? record : next;
    }

    /** All of this is known up to here: what only its result shows later has not happened before. */
    static VmRecord upTo(VmRecord record, Facts facts) {
        VirtualMachine vm = facts.vm();
        Sighting sighting = record.sighting();
        boolean seen = vm != null && vm.connected() && vm.configRead() && facts.fresh();
        return seen && sighting != null && !isStale(record, facts)
                ? record.withSighting(sighting.at(facts.through())).through(facts.through())
                : record;
    }

    /** Kills, audits and forgets: what follows from the findings, however they came into the record. */
    static VmRecord settle(VmRecord record, Protection protection) {
        List<Finding> advised = AdvisoryCheck.inspect(record, protection.advisories());
        VmRecord known = vouched(record.withFindings(Findings.merge(record.findings(), advised)));
        return Findings.prune(PointAudit.audit(Kills.apply(known, protection), protection));
    }

    /**
     * That tracking began without a snapshot is not proven any more once history of that time turns out to be lost, or a snapshot
     * becomes known that may have been there, or the disks go on in an epoch of before.
     */
    private static VmRecord vouched(VmRecord record) {
        Interval since = record.trackedSince();
        if (since == null) {
            return record;
        }
        boolean isLost =
                record.findings().stream().anyMatch(f -> f.reason() == Reason.EventGap && f.at().overlaps(since));
        boolean wasThere = record.snapshots().stream()
                .anyMatch(s -> s.mint().from().isBefore(since.to())
                        && (s.goneAt() == null || since.from().isBefore(s.goneAt())));
        return isLost || wasThere
                ? disproven(record, since)
                : OldEpochs.show(record, since)
                        ? OldEpochs.unvouched(record, since).withTrackedSince(null)
                        : record;
    }

    /** Nothing vouches any more for an epoch that began then: as if that had been known at once. */
    static VmRecord disproven(VmRecord record, Interval since) {
        Finding finding = EnabledCheck.disproven(since);
        return OldEpochs.unvouched(record, since)
                .withTrackedSince(null)
                .withFindings(Findings.merge(record.findings(), List.of(finding)));
    }

    static VmRecord gap(VmRecord record, Interval interval, String message) {
        List<Finding> causes = List.of(GapCheck.gap(interval, message));
        VmRecord next = settle(record.withFindings(Findings.merge(record.findings(), causes)), Protection.STRICT);
        return next.sameBut(record) ? record : next;
    }

    static VmRecord putBack(VmRecord record, Position stored, Position through, String message) {
        Position end = Position.later(stored, through);
        return gap(record, GapCheck.early(new Interval(stored, end)), message).through(end);
    }

    /** Out of sight: evidence stands still from here, and on return its history is read again. */
    private static VmRecord lost(VmRecord record, Facts facts) {
        Sighting sighting = record.sighting();
        if (sighting == null || sighting.lostSince() != null) {
            return record;
        }
        return record.withSighting(sighting.lost(facts.through()));
    }

    private static List<Pending> pending(Facts facts) {
        return facts.inFlight().stream()
                .filter(TaskInFlight::revert)
                .map(task -> new Pending(task.key(), task.task(), task.queued(), task.user()))
                .toList();
    }

    private static List<Finding> news(VmRecord before, VmRecord after) {
        Set<String> known = before.findings().stream().map(Finding::id).collect(Collectors.toSet());
        return after.findings().stream().filter(f -> !known.contains(f.id())).toList();
    }
}
