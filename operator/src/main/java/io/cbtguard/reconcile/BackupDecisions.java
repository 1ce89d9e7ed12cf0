package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.Durations;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.judge.Judge;
import io.cbtguard.judge.Judge.Decided;
import io.cbtguard.judge.Protection;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.Request;
import io.cbtguard.judge.record.Run;
import io.cbtguard.reconcile.VmBackupReconciler.Step;
import io.cbtguard.record.RecordException;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.RecordStore.Change;
import io.cbtguard.record.StoredRecord;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers VMBackups: behind a barrier, into the record first, and never later than people were promised. */
final class BackupDecisions {
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Parts parts;

    BackupDecisions(Parts parts) {
        this.parts = parts;
    }

    Step decide(VMBackup backup, BackupProjection show, Standing standing, Protection rules) {
        Duration age = Duration.between(
                Instant.parse(backup.getMetadata().getCreationTimestamp()),
                parts.clock().instant());
        if (age.compareTo(Durations.parse(backup.getSpec().deadline())) > 0) {
            return new Step(
                    show.refused(
                            Reasons.DECISION_DEADLINE,
                            "No decision could be made within "
                                    + backup.getSpec().deadline() + "; ask anew."),
                    null);
        }
        boolean waitedOut = age.compareTo(rules.decisionTimeout()) > 0;
        RecordRef ref = standing.record();
        if (ref == null) {
            return waitedOut
                    ? new Step(show.refused(standing.reason().name(), standing.message()), null)
                    : new Step(show.waiting(standing.reason().name(), standing.message()), AGAIN);
        }
        if (isLost(ref)) {
            return new Step(
                    show.refused(
                            Reason.VMNotFound.name(),
                            "The VM is not in vCenter's inventory any more; ask anew once it is."),
                    null);
        }
        Barriers.Stand stand = ask(backup, ref);
        if (stand.reached() != null) {
            return judge(backup, show, ref, rules, stand.reached(), waitedOut);
        }
        if (stand.young()) {
            return Step.silent();
        }
        if (stand.failure() == null && !waitedOut) {
            return new Step(
                    show.waiting(Reasons.WAITING_FOR_VCENTER, "vCenter is asked for what it knows now."), AGAIN);
        }
        String failure = stand.failure() == null ? "vCenter does not answer." : stand.failure();
        return waitedOut
                ? blind(backup, show, ref, rules, failure)
                : new Step(show.waiting(Reasons.WAITING_FOR_VCENTER, failure), AGAIN);
    }

    /** Gone for longer than its grace: the ProtectedVM shows that by then, and waiting longer brings nothing. */
    private boolean isLost(RecordRef ref) {
        return parts.store()
                .get(ref)
                .map(StoredRecord::value)
                .flatMap(record -> parts.watches()
                        .get(ref.namespace(), record.binding().vcenter())
                        .flatMap(watch ->
                                watch.view().map(view -> Gather.isLost(record, view, watch.now(), Binder.LOST_GRACE))))
                .orElse(false);
    }

    private Barriers.Stand ask(VMBackup backup, RecordRef ref) {
        Optional<OpenWatch> watch = parts.store().get(ref).flatMap(held -> parts.watches()
                .get(ref.namespace(), held.value().binding().vcenter()));
        return watch.map(open -> parts.barriers()
                        .ask("decide " + backup.getMetadata().getUid(), open, () -> parts.wakes()
                                .backups
                                .wake(ResourceID.fromResource(backup))))
                .orElse(Barriers.Stand.failed("The VCenter is not watched now; its conditions say why."));
    }

    private Step judge(
            VMBackup backup,
            BackupProjection show,
            RecordRef ref,
            Protection rules,
            VcenterView reached,
            boolean waitedOut) {
        Request request = Reports.request(backup, waitedOut);
        Kept<Decided> kept = parts.keeper().keep(ref, reached, (record, facts) -> {
            Decided decided = Judge.decide(record, facts.behindBarrier(), rules, request);
            return new Change<>(decided.record(), decided);
        });
        if (kept.result() == null) {
            Reason why = kept.obstacle() == null ? Reason.CatchingUp : kept.obstacle();
            boolean refuse = waitedOut || why == Reason.RecordTooNew || why == Reason.RecordUnreadable;
            return new Step(
                    refuse ? show.refused(why.name(), kept.message()) : show.waiting(why.name(), kept.message()),
                    refuse ? null : AGAIN);
        }
        return shown(backup, show, kept.result(), kept.record());
    }

    /** vCenter did not answer in time: the judge says what the policy makes of not knowing. */
    private Step blind(VMBackup backup, BackupProjection show, RecordRef ref, Protection rules, String failure) {
        Request request = Reports.request(backup, true);
        Instant now = parts.store()
                .get(ref)
                .flatMap(held -> parts.watches()
                        .get(ref.namespace(), held.value().binding().vcenter()))
                .map(OpenWatch::now)
                .orElseGet(parts.clock()::instant);
        try {
            var changed = parts.store().update(ref, record -> {
                Decided decided = Judge.decide(record, Gather.none(record, now), rules, request);
                return new Change<>(decided.record(), decided);
            });
            return shown(backup, show, changed.result(), changed.record());
        } catch (RecordException e) {
            RecordTrouble trouble = RecordTrouble.of(e);
            return new Step(show.refused(trouble.reason().name(), failure + " " + trouble.message()), null);
        }
    }

    private Step shown(VMBackup backup, BackupProjection show, Decided decided, @Nullable StoredRecord record) {
        if (decided.decision() == null || record == null) {
            String reason = decided.waiting() == null
                    ? Reasons.CATCHING_UP
                    : decided.waiting().name();
            return new Step(show.waiting(reason, decided.message()), AGAIN);
        }
        Run run = record.value().run(backup.getMetadata().getUid()).orElseThrow();
        return run.outcome() != null
                ? new Step(show.ended(run, run.outcome(), false), null)
                : new Step(show.decided(run), Duration.ofMinutes(5));
    }
}
