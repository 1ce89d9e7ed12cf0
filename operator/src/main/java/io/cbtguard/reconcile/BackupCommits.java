package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.BackupReport;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.judge.Judge;
import io.cbtguard.judge.Judge.Committed;
import io.cbtguard.judge.Protection;
import io.cbtguard.judge.Report;
import io.cbtguard.judge.Request;
import io.cbtguard.judge.record.Outcome;
import io.cbtguard.judge.record.Run;
import io.cbtguard.reconcile.VmBackupReconciler.Step;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.RecordStore.Change;
import io.cbtguard.record.StoredRecord;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Judges reports behind a second barrier; what cannot reach vCenter in time is shown as pending and finished later. */
final class BackupCommits {
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Parts parts;
    private final Map<String, Instant> firstSeen = new ConcurrentHashMap<>();

    BackupCommits(Parts parts) {
        this.parts = parts;
        parts.wakes().whenGone(firstSeen::remove);
    }

    Step commit(VMBackup backup, BackupReport report, BackupProjection show, RecordRef ref, Protection rules) {
        String uid = backup.getMetadata().getUid();
        Instant since = firstSeen.computeIfAbsent(uid, u -> parts.clock().instant());
        boolean waitedOut = parts.clock().instant().isAfter(since.plus(rules.decisionTimeout()));
        Optional<StoredRecord> held = parts.store().get(ref);
        Run run = held.flatMap(h -> h.value().run(uid)).orElse(null);
        Barriers.Stand stand = held.flatMap(h ->
                        parts.watches().get(ref.namespace(), h.value().binding().vcenter()))
                .map(watch -> parts.barriers()
                        .ask("commit " + uid, watch, () -> parts.wakes().backups.wake(ResourceID.fromResource(backup))))
                .orElse(Barriers.Stand.failed("The VCenter is not watched now; its conditions say why."));
        if (stand.young()) {
            return Step.silent();
        }
        if (stand.reached() == null) {
            String message = stand.failure() == null ? "vCenter is asked for what it knows now." : stand.failure();
            return waits(show, run, waitedOut, message);
        }
        Request request = Reports.request(backup, false);
        Report said = Reports.report(report);
        Kept<Committed> kept = parts.keeper().keep(ref, stand.reached(), (record, facts) -> {
            Committed committed = Judge.commit(record, facts.behindBarrier(), rules, request, said);
            return new Change<>(committed.record(), committed);
        });
        if (kept.result() == null || kept.record() == null) {
            return waits(show, run, waitedOut, kept.message());
        }
        firstSeen.remove(uid);
        Outcome outcome = kept.result().outcome();
        Run ended = kept.record().value().run(uid).orElseGet(() -> forgotten(backup, outcome));
        boolean leftPoint = VmBackupReconciler.leftPoint(kept.record().value(), ended);
        return new Step(show.ended(ended, outcome, leftPoint), null);
    }

    /** It ended so long ago that the record knows its point only, and its status is lost. */
    private Run forgotten(VMBackup backup, Outcome outcome) {
        String namespace = backup.getMetadata().getNamespace();
        return new Run(
                backup.getMetadata().getUid(),
                backup.getMetadata().getName(),
                parts.informed()
                        .namespace(namespace)
                        .map(found -> found.getMetadata().getUid())
                        .orElse(""),
                namespace,
                backup.getSpec().chain(),
                null,
                outcome);
    }

    private static Step waits(BackupProjection show, @Nullable Run run, boolean waitedOut, String message) {
        boolean isOver = run != null && !run.open(); // a late report may add a point; what is complete stays so
        return isOver ? Step.silent() : new Step(show.commitWaits(run, waitedOut, message), AGAIN);
    }
}
