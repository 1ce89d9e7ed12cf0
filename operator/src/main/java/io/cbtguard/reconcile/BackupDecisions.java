package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.Durations;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.judge.Judge;
import io.cbtguard.judge.Judge.Decided;
import io.cbtguard.judge.Protection;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.Request;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.VmRecord;
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
    private final Turns turns;

    BackupDecisions(Parts parts, Turns turns) {
        this.parts = parts;
        this.turns = turns;
    }

    Step decide(VMBackup backup, BackupProjection show, ProtectedVM vm, Standing standing, Protection rules) {
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
        Optional<Step> queued = turns.queued(backup, show, vm, age);
        if (queued.isPresent()) {
            return queued.get();
        }
        boolean waitedOut = turns.asking(backup).compareTo(rules.decisionTimeout()) > 0;
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
        Optional<Decided> behind = behind(backup, ref, rules);
        if (behind.isPresent()) {
            turns.isBehind(backup);
            return new Step(
                    show.waiting(Reason.OtherRunOpen.name(), behind.get().message()), AGAIN);
        }
        Barriers.Stand stand = ask(backup, ref);
        if (stand.reached() != null) {
            return judge(new Asked(backup, show, vm, ref, rules, age), stand.reached(), waitedOut);
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
                ? blind(new Asked(backup, show, vm, ref, rules, age), failure)
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

    /** Whoever waits for another run of the chain is not asked vCenter for again and again meanwhile. */
    private Optional<Decided> behind(VMBackup backup, RecordRef ref, Protection rules) {
        return parts.store().get(ref).filter(StoredRecord::own).flatMap(held -> parts.watches()
                .get(ref.namespace(), held.value().binding().vcenter())
                .flatMap(watch -> Judge.waitsForRun(held.value(), rules, Reports.request(backup, false), watch.now())));
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

    /** @param age of the VMBackup */
    private record Asked(
            VMBackup backup, BackupProjection show, ProtectedVM vm, RecordRef ref, Protection rules, Duration age) {}

    private Step judge(Asked asked, VcenterView reached, boolean waitedOut) {
        Request request = Reports.request(asked.backup(), waitedOut);
        Kept<Decided> kept = turns.taking(
                asked.backup(), asked.ref(), () -> parts.keeper().keep(asked.ref(), reached, (record, facts) -> {
                    Decided decided = Judge.decide(record, facts.behindBarrier(), asked.rules(), request);
                    return inTurn(asked, record, decided);
                }));
        if (kept.result() == null) {
            Reason why = kept.obstacle() == null ? Reason.CatchingUp : kept.obstacle();
            boolean refuse = waitedOut || why == Reason.RecordTooNew || why == Reason.RecordUnreadable;
            return new Step(
                    refuse
                            ? asked.show().refused(why.name(), kept.message())
                            : asked.show().waiting(why.name(), kept.message()),
                    refuse ? null : AGAIN);
        }
        return shown(asked, kept.result(), kept.record());
    }

    /** vCenter did not answer in time: the judge says what the policy makes of not knowing. */
    private Step blind(Asked asked, String failure) {
        Request request = Reports.request(asked.backup(), true);
        RecordRef ref = asked.ref();
        Instant now = parts.store()
                .get(ref)
                .flatMap(held -> parts.watches()
                        .get(ref.namespace(), held.value().binding().vcenter()))
                .map(OpenWatch::now)
                .orElseGet(parts.clock()::instant);
        try {
            var changed = turns.taking(asked.backup(), ref, () -> parts.store().update(ref, record -> {
                Decided decided = Judge.decide(record, Gather.none(record, now), asked.rules(), request);
                return inTurn(asked, record, decided);
            }));
            return shown(asked, changed.result(), changed.record());
        } catch (RecordException e) {
            RecordTrouble trouble = RecordTrouble.of(e);
            return new Step(asked.show().refused(trouble.reason().name(), failure + " " + trouble.message()), null);
        }
    }

    /** What is decided does not depend on whose turn it is; a full that has to wait is not given yet, and is judged anew then. */
    private Change<Decided> inTurn(Asked asked, VmRecord record, Decided decided) {
        Optional<String> waits = turns.ask(asked.backup(), asked.vm(), asked.ref(), asked.rules(), record, decided);
        return waits.isEmpty()
                ? new Change<>(decided.record(), decided)
                : new Change<>(record, new Decided(record, null, Reason.WaitingForBudget, waits.get()));
    }

    private Step shown(Asked asked, Decided decided, @Nullable StoredRecord record) {
        BackupProjection show = asked.show();
        if (decided.waiting() == Reason.WaitingForBudget) {
            return turns.waiting(asked.backup(), show, asked.vm(), asked.age(), decided.message());
        }
        if (decided.decision() == null || record == null) {
            String reason = decided.waiting() == null
                    ? Reasons.CATCHING_UP
                    : decided.waiting().name();
            return new Step(show.waiting(reason, decided.message()), AGAIN);
        }
        Run run = record.value().run(asked.backup().getMetadata().getUid()).orElseThrow();
        return run.outcome() != null
                ? new Step(show.ended(run, run.outcome(), false), null)
                : new Step(show.decided(run), Duration.ofMinutes(5));
    }
}
