package io.cbtguard.judge;

import io.cbtguard.inventory.Snapshot.SnapshotDisk;
import io.cbtguard.judge.Report.ReportDisk;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.Decision.DecisionDisk;
import io.cbtguard.judge.record.Outcome;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.ReadMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run of a backup tool in a {@link Story}: asks, takes its snapshot, reads, reports. Each step can be left out or be wrong. */
final class Backup {
    private final Story story;
    private final String run;
    private String chain = "default";
    private String token = "";
    private String snapshot = "";
    private List<SnapshotDisk> frozen = List.of();
    private final List<ReportDisk> read = new ArrayList<>();
    private boolean succeeded = true;
    boolean waitedOut;

    @Nullable Decision decision;

    @Nullable Reason waiting;

    @Nullable Outcome outcome;

    Backup(Story story, String run) {
        this.story = story;
        this.run = run;
    }

    Backup chain(String name) {
        chain = name;
        return this;
    }

    Backup waitedOut() {
        waitedOut = true;
        return this;
    }

    /** Behind a barrier: the view is newer than the request. */
    Backup request(Request.Type type) {
        story.tick();
        story.look();
        return requestUnlearned(type);
    }

    Backup requestUnlearned(Request.Type type) {
        Judge.Decided decided = Judge.decide(story.record, story.facts(), story.policy.protection(), asRequest(type));
        story.record = decided.record();
        decision = decided.decision();
        waiting = decided.waiting();
        token = decision == null ? "" : decision.token();
        return this;
    }

    Backup takeSnapshot() {
        snapshot = story.snapshot("backup of " + run);
        frozen = story.seenSnapshot(snapshot).disks();
        story.look();
        return this;
    }

    /** Reads a snapshot that is there already. */
    Backup of(String moRef) {
        snapshot = moRef;
        frozen = story.seenSnapshot(moRef).disks();
        return this;
    }

    /** Reports a snapshot of this reference instead. */
    Backup naming(String moRef) {
        snapshot = moRef;
        return this;
    }

    Backup readAll() {
        frozen.forEach(d -> read(d.id(), ReadMethod.All));
        return this;
    }

    Backup read(String disk, ReadMethod how) {
        read.add(new ReportDisk(disk, null, changeId(disk), how, "", "", false));
        return this;
    }

    /** Reads what changed since the run and ID that the chain's baselines name now, whatever they are worth. */
    Backup readChanged() {
        for (SnapshotDisk disk : frozen) {
            story.record
                    .chain(story.policy.protection().namespaceUid(), chain)
                    .flatMap(c -> c.baseline(disk.id()))
                    .ifPresent(b -> readChanged(disk.id(), b.run(), b.changeId()));
        }
        return this;
    }

    Backup readChanged(String disk, String baseRun, String baseChangeId) {
        read.add(new ReportDisk(disk, null, changeId(disk), ReadMethod.Changed, baseRun, baseChangeId, false));
        return this;
    }

    Backup readAsDecided() {
        Decision decided = Objects.requireNonNull(decision, "nothing was decided");
        for (DecisionDisk disk : decided.disks()) {
            boolean frozenHere = frozen.stream().anyMatch(d -> d.id().equals(disk.id()));
            if (disk.type() == BackupType.Incremental) {
                readChanged(disk.id(), disk.baseRun(), disk.changeId());
            } else if (disk.type() != BackupType.Excluded && frozenHere) {
                read(disk.id(), ReadMethod.All);
            }
        }
        return this;
    }

    /** Reports this change ID for a disk instead of the one it read. */
    Backup claim(String disk, String changeId) {
        read.replaceAll(d -> d.id().equals(disk)
                ? new ReportDisk(d.id(), d.key(), changeId, d.read(), d.baseRun(), d.baseChangeId(), d.refused())
                : d);
        return this;
    }

    Backup byKey() {
        read.replaceAll(d -> new ReportDisk(
                "", story.vm.disk(d.id()).key, d.changeId(), d.read(), d.baseRun(), d.baseChangeId(), d.refused()));
        return this;
    }

    Backup named(String moRef) {
        snapshot = moRef;
        return this;
    }

    Backup token(String other) {
        token = other;
        return this;
    }

    Backup failed() {
        succeeded = false;
        return this;
    }

    Backup removeSnapshot() {
        story.remove(snapshot);
        story.look();
        return this;
    }

    /** Behind a second barrier. */
    Backup report() {
        story.tick();
        story.look();
        return reportUnlearned();
    }

    Backup reportUnlearned() {
        Judge.Committed committed = Judge.commit(
                story.record,
                story.facts(),
                story.policy.protection(),
                asRequest(Request.Type.Auto),
                new Report(token, succeeded, snapshot, read, "as the tool says"));
        story.record = committed.record();
        outcome = committed.outcome();
        return this;
    }

    /** vCenter refused the base of a disk; whatever else was read stays. */
    Backup refused(String disk, String baseChangeId) {
        read.removeIf(d -> d.id().equals(disk));
        read.add(new ReportDisk(disk, null, changeId(disk), ReadMethod.All, "", baseChangeId, true));
        return this;
    }

    Point point() {
        return story.record.chain(story.policy.protection().namespaceUid(), chain).stream()
                .flatMap(c -> c.points().stream())
                .filter(p -> p.run().equals(run))
                .findFirst()
                .orElseThrow();
    }

    Decision decision() {
        return Objects.requireNonNull(decision, () -> run + " was not decided: " + waiting);
    }

    @Nullable Reason waiting() {
        return waiting;
    }

    Outcome outcome() {
        return Objects.requireNonNull(outcome, () -> run + " did not end");
    }

    String snapshot() {
        return snapshot;
    }

    String uid() {
        return run + "-uid";
    }

    private String changeId(String disk) {
        return frozen.stream()
                .filter(d -> d.id().equals(disk) && d.changeId() != null)
                .map(SnapshotDisk::changeId)
                .findFirst()
                .orElse("");
    }

    private Request asRequest(Request.Type type) {
        return new Request(uid(), run, chain, type, "token-" + run, waitedOut);
    }
}
