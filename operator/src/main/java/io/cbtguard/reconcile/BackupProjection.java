package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.Trust;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecidedDisk;
import io.cbtguard.api.v1alpha1.VMBackupStatus.Decision;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecisionType;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DiskType;
import io.cbtguard.api.v1alpha1.VMBackupStatus.Phase;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Outcome;
import io.cbtguard.judge.record.Run;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of a VMBackup, from what the record holds of its run. */
final class BackupProjection {
    /** Decided, and the tool is at work. */
    static final String AWAITING_REPORT = "AwaitingReport";

    private final VMBackup backup;
    private final Instant now;

    BackupProjection(VMBackup backup, Instant now) {
        this.backup = backup;
        this.now = now;
    }

    /** There is no answer yet. */
    VMBackupStatus waiting(String reason, String message) {
        return status(
                Phase.Pending,
                null,
                null,
                conditions()
                        .set(ConditionTypes.DECIDED, "False", reason, message)
                        .set(ConditionTypes.COMPLETE, "False", reason, message)
                        .set(ConditionTypes.COMMITTED, "False", reason, message));
    }

    /** Refused without the record having heard of it: nothing was started. */
    VMBackupStatus refused(String reason, String message) {
        return stillRefused(new Decision(DecisionType.Refused, reason, message, null, null, null, List.of()));
    }

    /** It was refused already; a report that came all the same renews nothing. */
    VMBackupStatus stillRefused(Decision decision) {
        String reason = decision.reason();
        String message = Objects.requireNonNullElse(decision.message(), "");
        return status(
                Phase.Refused,
                decision,
                null,
                conditions()
                        .set(ConditionTypes.DECIDED, "True", reason, message)
                        .set(ConditionTypes.COMPLETE, "True", reason, message)
                        .set(ConditionTypes.COMMITTED, "False", reason, message));
    }

    /** A report without a decision that cannot be judged at all. */
    VMBackupStatus notCommitted(String reason, String message) {
        return status(
                Phase.NotCommitted,
                null,
                null,
                conditions()
                        .set(ConditionTypes.DECIDED, "False", Reasons.NOT_NEEDED, "No decision was asked for.")
                        .set(ConditionTypes.COMPLETE, "True", reason, message)
                        .set(ConditionTypes.COMMITTED, "False", reason, message));
    }

    /** It has ended, and nothing more can come of it. */
    VMBackupStatus still(VMBackupStatus shown) {
        return new VMBackupStatus(
                backup.getMetadata().getGeneration(),
                shown.phase(),
                shown.reason(),
                shown.decision(),
                shown.trust(),
                shown.conditions());
    }

    /** Not to be worked on, whatever it says. */
    VMBackupStatus cancelled(String message) {
        return status(
                Phase.Cancelled,
                new Decision(DecisionType.Refused, Reasons.CANCELLED, message, null, null, null, List.of()),
                null,
                conditions()
                        .set(ConditionTypes.DECIDED, "True", Reasons.CANCELLED, message)
                        .set(ConditionTypes.COMPLETE, "True", Reasons.CANCELLED, message)
                        .set(ConditionTypes.COMMITTED, "False", Reasons.CANCELLED, message));
    }

    /** The run waits for the tool. */
    VMBackupStatus decided(Run run) {
        String message = "The report is awaited.";
        return status(
                Phase.Decided,
                decision(run),
                null,
                asked(run)
                        .set(ConditionTypes.COMPLETE, "False", AWAITING_REPORT, message)
                        .set(ConditionTypes.COMMITTED, "False", AWAITING_REPORT, message));
    }

    /** There is a report, and vCenter does not answer. */
    VMBackupStatus commitWaits(@Nullable Run run, boolean waitedOut, String message) {
        String complete = waitedOut ? "True" : "False";
        String reason = waitedOut ? Reasons.COMMIT_PENDING : Reasons.WAITING_FOR_VCENTER;
        return status(
                run == null || run.decision() == null ? Phase.Pending : Phase.Decided,
                run == null ? null : decision(run),
                null,
                asked(run)
                        .set(ConditionTypes.COMPLETE, complete, reason, message)
                        .set(ConditionTypes.COMMITTED, "False", reason, message));
    }

    VMBackupStatus ended(Run run, Outcome outcome, boolean leftPoint) {
        String committed = outcome.phase() == io.cbtguard.judge.record.Phase.Committed ? "True" : "False";
        String reason = outcome.reason().name();
        return status(
                Phase.valueOf(outcome.phase().name()),
                decision(run),
                leftPoint ? Trust.valueOf(outcome.trust().name()) : null,
                asked(run)
                        .set(ConditionTypes.COMPLETE, "True", reason, outcome.message())
                        .set(ConditionTypes.COMMITTED, committed, reason, outcome.message()));
    }

    private Conditions asked(@Nullable Run run) {
        var decision = run == null ? null : run.decision();
        return decision == null
                ? conditions().set(ConditionTypes.DECIDED, "False", Reasons.NOT_NEEDED, "No decision was asked for.")
                : conditions()
                        .set(ConditionTypes.DECIDED, "True", decision.reason().name(), decision.message());
    }

    private VMBackupStatus status(
            Phase phase, @Nullable Decision decision, @Nullable Trust trust, Conditions conditions) {
        return new VMBackupStatus(
                backup.getMetadata().getGeneration(),
                phase,
                reason(phase, decision, conditions),
                decision,
                trust,
                conditions.list());
    }

    /** A run that goes its way shows why it was decided so, any other what came in its way. */
    private static @Nullable String reason(Phase phase, @Nullable Decision decision, Conditions conditions) {
        boolean goesItsWay = phase == Phase.Decided || phase == Phase.Committed;
        return goesItsWay && decision != null
                ? decision.reason()
                : Conditions.find(conditions.list(), ConditionTypes.COMPLETE)
                        .map(io.fabric8.kubernetes.api.model.Condition::getReason)
                        .orElse(null);
    }

    private Conditions conditions() {
        long generation = Objects.requireNonNullElse(backup.getMetadata().getGeneration(), 0L);
        return new Conditions(
                backup.getStatus() == null ? List.of() : backup.getStatus().conditions(), generation, now);
    }

    /** The record forgets what an ended run was told to read; what is shown of it stays. */
    private List<DecidedDisk> shownDisks(String token) {
        return Optional.ofNullable(backup.getStatus())
                .map(VMBackupStatus::decision)
                .filter(shown -> token.equals(shown.token()))
                .map(Decision::disks)
                .orElse(List.of());
    }

    private @Nullable Decision decision(Run run) {
        var decision = run.decision();
        if (decision == null) {
            return null;
        }
        boolean refused = decision.type() == BackupType.Refused;
        return new Decision(
                DecisionType.valueOf(decision.type().name()),
                decision.reason().name(),
                decision.message(),
                decision.token().isEmpty() ? null : decision.token(),
                decision.at().time().toString(),
                refused ? null : decision.validUntil().toString(),
                decision.disks().isEmpty()
                        ? shownDisks(decision.token())
                        : decision.disks().stream()
                                .map(disk -> new DecidedDisk(
                                        disk.id(),
                                        (long) disk.key(),
                                        disk.label(),
                                        DiskType.valueOf(disk.type().name()),
                                        disk.baseRun().isEmpty() ? null : disk.baseRun(),
                                        disk.changeId().isEmpty() ? null : disk.changeId()))
                                .toList());
    }
}
