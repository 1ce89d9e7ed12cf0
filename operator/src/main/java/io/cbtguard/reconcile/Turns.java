package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.BackupPolicySpec;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.Durations;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus;
import io.cbtguard.judge.Judge;
import io.cbtguard.judge.Judge.Decided;
import io.cbtguard.judge.Protection;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.reconcile.VmBackupReconciler.Step;
import io.cbtguard.reconcile.Wave.Turn;
import io.cbtguard.reconcile.Wave.Waiting;
import io.cbtguard.record.RecordRef;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** VMBackups and the budget of fulls: who asks for a place, who waits for one and how long, and what is shown of that. */
final class Turns {
    /** What is shown of places in a queue is brought up to date so often, for one of all that wait. */
    private static final Duration REFRESH = Duration.ofSeconds(1);

    private static final Duration SELDOM = Duration.ofMinutes(5);

    /** Of a run that keeps its place in the queue: until the barrier is reached nobody knows what it will be told. */
    private static final Set<String> KEEPS_PLACE = Set.of(Reasons.WAITING_FOR_BUDGET, Reasons.WAITING_FOR_VCENTER);

    private final Parts parts;
    private final Waves waves;
    private final BudgetWaits waits;

    Turns(Parts parts) {
        this.parts = parts;
        this.waves = parts.waves();
        this.waits = new BudgetWaits(parts.clock());
        parts.wakes().whenGone(waits::forget);
        parts.wakes().whenGone(waves::leave);
    }

    /** What is to be said without asking anybody of a run that is in the queue and not at its head; empty: it may ask. */
    Optional<Step> queued(VMBackup backup, BackupProjection show, ProtectedVM vm, Duration age) {
        if (Waves.isShownToWait(backup)) {
            waits.waits(backup);
        }
        return waves.stand(uid(backup))
                .filter(turn -> !turn.now())
                .map(turn -> waiting(backup, show, vm, age, turn.message()));
    }

    /** How long it has been asking for something else than a turn. */
    Duration asking(VMBackup backup) {
        return waits.asking(backup);
    }

    /** Why a decision has to wait; empty if it need not. Takes a place for a full that is given, until it is written. */
    Optional<String> ask(
            VMBackup backup, ProtectedVM vm, RecordRef ref, Protection rules, VmRecord record, Decided decided) {
        Decision decision = decided.decision();
        boolean isNew = record.run(uid(backup)).isEmpty();
        if (decision == null || decision.type() != BackupType.Full || !isNew) {
            return Optional.empty();
        }
        Turn turn = waves.ask(
                new ResourceID(record.binding().vcenter(), ref.namespace()),
                new Waiting(
                        uid(backup),
                        ResourceID.fromResource(backup),
                        ref,
                        Informed.fullName(ResourceID.fromResource(vm)),
                        Judge.lastGood(record, rules).orElse(null),
                        policy(vm).map(BackupPolicySpec::priority).orElse(0),
                        decision,
                        Slot.of(record, decision)));
        return turn.now() ? Optional.empty() : Optional.of(turn.message());
    }

    /** Whatever becomes of the write in which a place may be taken, the place is the record's own afterwards. */
    <T> T taking(VMBackup backup, RecordRef ref, Supplier<T> write) {
        try {
            return write.get();
        } finally {
            waves.settled(uid(backup), ref);
        }
    }

    /** It waits for another run of its chain. */
    void isBehind(VMBackup backup) {
        waits.isBehind(backup);
    }

    /** It waits, unless it has waited for so long that its policy refuses it. */
    Step waiting(VMBackup backup, BackupProjection show, ProtectedVM vm, Duration age, String message) {
        waits.waits(backup);
        Optional<Turn> stand = waves.stand(uid(backup));
        if (stand.filter(Turn::early).isPresent() && !Waves.isShownToWait(backup)) {
            return Step.silent();
        }
        Duration timeout = policy(vm)
                .map(BackupPolicySpec::budgetTimeout)
                .map(Durations::parse)
                .orElse(Duration.ZERO);
        Duration left = timeout.minus(waits.waited(backup));
        if (!timeout.isZero() && !left.isPositive()) {
            return new Step(
                    show.refused(
                            Reasons.WAITING_FOR_BUDGET,
                            "Its turn did not come within the policy's budgetTimeout of " + Durations.text(timeout)
                                    + "; ask anew. " + message),
                    null);
        }
        Duration untilDeadline = Durations.parse(backup.getSpec().deadline()).minus(age);
        Duration refresh = refresh(stand.map(Turn::queued).orElse(0));
        Duration again = Stream.of(refresh, untilDeadline, timeout.isZero() ? untilDeadline : left)
                .min(Duration::compareTo)
                .orElseThrow()
                .plusMillis(100);
        return waits.isToBeTold(backup, refresh)
                ? new Step(show.waiting(Reasons.WAITING_FOR_BUDGET, message), again)
                : new Step(null, again);
    }

    /** All together once a second, however many they are. */
    private static Duration refresh(int queued) {
        Duration all = REFRESH.multipliedBy(queued);
        return all.compareTo(SELDOM) > 0 ? all : SELDOM;
    }

    /** What has been said of a run last; if it is something else than that it waits for its turn, others go on. */
    void said(VMBackup backup, Optional<VMBackupStatus> status) {
        boolean keeps = status.isEmpty()
                || Conditions.find(status.get().conditions(), ConditionTypes.DECIDED)
                        .filter(decided -> "False".equals(decided.getStatus()))
                        .filter(decided -> KEEPS_PLACE.contains(decided.getReason()))
                        .isPresent();
        if (!keeps) {
            waves.leave(uid(backup));
        }
    }

    /** It is in trouble; nobody waits behind it meanwhile. */
    void stepAside(VMBackup backup) {
        waves.leave(uid(backup));
    }

    private Optional<BackupPolicySpec> policy(ProtectedVM vm) {
        return parts.informed().policy(Informed.policyOf(vm)).map(policy -> policy.getSpec());
    }

    private static String uid(VMBackup backup) {
        return backup.getMetadata().getUid();
    }
}
