package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.BackupReport;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.Durations;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus;
import io.cbtguard.api.v1alpha1.VMBackupStatus.Decision;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecisionType;
import io.cbtguard.judge.Protection;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Outcome;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.record.RecordException;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.StoredRecord;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads one backup run from its question to its outcome. Where it stands is what the record holds of it; the status only shows that,
 * so a lost status write loses nothing.
 */
@ControllerConfiguration(name = "vmbackup")
final class VmBackupReconciler implements Reconciler<VMBackup> {
    private static final Logger LOG = LoggerFactory.getLogger(VmBackupReconciler.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Parts parts;
    private final Turns turns;
    private final BackupDecisions decisions;
    private final BackupCommits commits;
    private final RunMeters meters;
    private final VmEvents events;

    VmBackupReconciler(Parts parts) {
        this.parts = parts;
        this.turns = new Turns(parts);
        this.decisions = new BackupDecisions(parts, turns);
        this.commits = new BackupCommits(parts);
        this.meters = new RunMeters(parts);
        this.events = new VmEvents(parts.client(), parts.clock());
    }

    @Override
    public List<EventSource<?, VMBackup>> prepareEventSources(EventSourceContext<VMBackup> context) {
        parts.informed().backups(context.getPrimaryCache());
        return List.of(parts.wakes().backups);
    }

    @Override
    public UpdateControl<VMBackup> reconcile(VMBackup backup, Context<VMBackup> context) {
        if (!parts.informed().awaitSynced()) {
            return Looks.soon();
        }
        Optional<Instant> finished = finished(backup);
        if (finished.isPresent() && !isLate(backup)) {
            turns.stepAside(backup);
            return afterwards(backup, finished.get());
        }
        Optional<ProtectedVM> vm = protectedVm(backup);
        if (vm.filter(parts.binder()::isAnothers).isPresent()) {
            return UpdateControl.noUpdate();
        }
        meters.seen(backup);
        Step step;
        try {
            step = step(backup, vm);
        } catch (RecordException e) {
            LOG.debug("{}", e.getMessage()); // told once where the record is kept
            turns.stepAside(backup);
            return Looks.in(AGAIN);
        }
        turns.said(backup, Optional.ofNullable(step.status()));
        if (step.status() != null) {
            write(backup, step.status(), context);
        }
        return step.again() == null ? Looks.in(ttl(backup)) : Looks.in(step.again());
    }

    /**
     * Where a run stands now.
     *
     * @param status what to show; null to leave what is shown
     * @param again when to look again; null if it is over
     */
    record Step(@Nullable VMBackupStatus status, @Nullable Duration again) {
        /** The answer is on its way, and wakes the object. */
        static Step silent() {
            return new Step(null, Duration.ofSeconds(2));
        }
    }

    private Step step(VMBackup backup, Optional<ProtectedVM> vm) {
        BackupProjection show = new BackupProjection(backup, parts.clock().instant());
        if (ClusterBackups.restored(backup)) {
            return new Step(
                    show.cancelled(
                            "This object was restored from a cluster backup; it starts nothing. Create a new one."),
                    null);
        }
        Optional<Standing> standing = vm.map(parts.binder()::standing);
        Optional<RecordRef> ref = parts.informed()
                .recordWithRun(backup.getMetadata().getUid())
                .map(RecordRef::of)
                .or(() -> standing.flatMap(s -> Optional.ofNullable(s.record())));
        Optional<StoredRecord> held;
        try {
            held = ref.flatMap(parts.store()::get);
        } catch (RecordException e) {
            RecordTrouble trouble = RecordTrouble.of(e);
            return trouble.lasts()
                    ? over(backup, show, trouble.reason().name(), trouble.message())
                    : new Step(show.waiting(trouble.reason().name(), trouble.message()), AGAIN);
        }
        Optional<Run> run = held.flatMap(h -> h.value().run(backup.getMetadata().getUid()));
        if (run.isPresent() && held.isPresent()) {
            return begun(backup, show, held.get(), run.get(), vm);
        }
        if (backup.getStatus() != null && finished(backup).isPresent()) {
            return new Step(show.still(backup.getStatus()), null); // the record has forgotten it: what is shown stands
        }
        Optional<Decision> refusal = refusal(backup);
        if (refusal.isPresent()) {
            return new Step(show.stillRefused(refusal.get()), null);
        }
        if (standing.isEmpty() || vm.isEmpty()) {
            return over(
                    backup,
                    show,
                    Reasons.VM_NOT_FOUND,
                    "There is no ProtectedVM "
                            + backup.getSpec().protectedVMRef().name()
                            + " in this namespace; create it, then ask with a new VMBackup.");
        }
        return asked(backup, show, vm.get(), standing.get());
    }

    /** The record knows of the run. */
    private Step begun(VMBackup backup, BackupProjection show, StoredRecord held, Run run, Optional<ProtectedVM> vm) {
        Protection rules = vm.map(parts.protections()::of).orElseGet(parts.protections()::strict);
        Outcome outcome = run.outcome();
        BackupReport report = backup.getSpec().report();
        if (outcome != null) {
            boolean mayLeavePoint = outcome.phase() == Phase.Expired
                    || outcome.phase() == Phase.Cancelled
                    || outcome.phase() == Phase.Refused;
            if (report != null && mayLeavePoint && vm.isPresent() && !leftPoint(held.value(), run)) {
                return commits.commit(backup, report, show, held.ref(), rules);
            }
            return new Step(show.ended(run, outcome, leftPoint(held.value(), run)), null);
        }
        if (vm.isEmpty()) {
            parts.wakes().record(held.ref()); // the record's own pass cancels it
            return new Step(show.decided(run), Duration.ofSeconds(1));
        }
        if (report != null) {
            return commits.commit(backup, report, show, held.ref(), rules);
        }
        return new Step(show.decided(run), Duration.ofMinutes(5));
    }

    /** Nothing is decided yet. */
    private Step asked(VMBackup backup, BackupProjection show, ProtectedVM vm, Standing standing) {
        Protection rules = parts.protections().of(vm);
        boolean passing = standing.passing() && !hasFailedToBind(vm);
        if (!standing.ready() && !passing) {
            Condition ready = shownReady(vm).orElse(null);
            return standing.passing() && ready != null
                    ? over(backup, show, ready.getReason(), ready.getMessage())
                    : over(backup, show, standing.reason().name(), standing.message());
        }
        BackupReport report = backup.getSpec().report();
        RecordRef ref = standing.record();
        if (report != null) {
            return ref == null
                    ? new Step(show.waiting(standing.reason().name(), standing.message()), Duration.ofSeconds(5))
                    : commits.commit(backup, report, show, ref, rules);
        }
        if (standing.vcenter() != null && standing.vcenter().getSpec().suspend()) {
            return over(
                    backup,
                    show,
                    Reason.Suspended.name(),
                    "VCenter " + standing.vcenter().getMetadata().getName()
                            + " is suspended, so nobody knows what happens to its VMs; ask anew when it is not.");
        }
        return decisions.decide(backup, show, vm, standing, rules);
    }

    /** Refused, or not committed, for a reason that lies before the record. */
    private static Step over(VMBackup backup, BackupProjection show, String reason, String message) {
        return new Step(
                backup.getSpec().report() == null ? show.refused(reason, message) : show.notCommitted(reason, message),
                null);
    }

    /** The informer of ProtectedVMs may be behind that of VMBackups. */
    private Optional<ProtectedVM> protectedVm(VMBackup backup) {
        ResourceID id = Informed.protectedVmOf(backup);
        return parts.informed()
                .protectedVm(id)
                .or(() -> Optional.ofNullable(parts.client()
                        .resources(ProtectedVM.class)
                        .inNamespace(id.getNamespace().orElseThrow())
                        .withName(id.getName())
                        .get()));
    }

    /** Whether looking for the VM has come to an end that nobody waits out. */
    private static boolean hasFailedToBind(ProtectedVM vm) {
        return shownReady(vm)
                .filter(c -> "False".equals(c.getStatus()))
                .filter(c -> vm.getMetadata().getGeneration() != null
                        && vm.getMetadata().getGeneration().equals(c.getObservedGeneration()))
                .isPresent();
    }

    private static Optional<Condition> shownReady(ProtectedVM vm) {
        return vm.getStatus() == null
                ? Optional.empty()
                : Conditions.find(vm.getStatus().conditions(), ConditionTypes.READY);
    }

    static boolean leftPoint(VmRecord record, Run run) {
        return record.chain(run.namespaceUid(), run.chain())
                .flatMap(chain -> chain.point(run.name()))
                .filter(point -> point.runUid().equals(run.uid()))
                .isPresent();
    }

    /** Before the record heard of it: that answer stands, whatever is reported to it. */
    private static Optional<Decision> refusal(VMBackup backup) {
        return Optional.ofNullable(backup.getStatus())
                .map(VMBackupStatus::decision)
                .filter(decision -> decision.type() == DecisionType.Refused);
    }

    /** Since when nothing more will happen; empty while something will. */
    private static Optional<Instant> finished(VMBackup backup) {
        return backup.getStatus() == null
                ? Optional.empty()
                : Conditions.find(backup.getStatus().conditions(), ConditionTypes.COMPLETE)
                        .filter(c -> "True".equals(c.getStatus()))
                        .filter(c -> !Reasons.COMMIT_PENDING.equals(c.getReason()))
                        .map(c -> Instant.parse(c.getLastTransitionTime()));
    }

    /** Whether its status says how it ended, and there is nothing that the status does not know of yet. */
    static boolean isShown(VMBackup backup) {
        return finished(backup).isPresent() && !isLate(backup);
    }

    /** A report that came after the end: the status does not speak of it yet. */
    private static boolean isLate(VMBackup backup) {
        Long generation = backup.getMetadata().getGeneration();
        return backup.getSpec().report() != null
                && generation != null
                && !generation.equals(backup.getStatus().observedGeneration());
    }

    private UpdateControl<VMBackup> afterwards(VMBackup backup, Instant finished) {
        Duration left = Duration.between(parts.clock().instant(), finished.plus(ttl(backup)));
        if (left.isPositive()) {
            return Looks.in(left);
        }
        try {
            parts.client()
                    .resource(backup)
                    .lockResourceVersion(backup.getMetadata().getResourceVersion())
                    .delete();
        } catch (KubernetesClientException changed) {
            LOG.debug("not deleted now: {}", changed.getMessage());
        }
        return UpdateControl.noUpdate();
    }

    private static Duration ttl(VMBackup backup) {
        return Durations.parse(backup.getSpec().ttlAfterFinished());
    }

    private void write(VMBackup backup, VMBackupStatus status, Context<VMBackup> context) {
        if (!StatusWriter.write(
                backup,
                status,
                parts.informed(),
                VMBackup::new,
                context,
                parts.wakes().soon(parts.wakes().backups))) {
            return;
        }
        meters.shown(backup, status);
        Object before = backup.getStatus() == null ? null : backup.getStatus().phase();
        if (before != status.phase()) {
            Condition complete = Conditions.find(status.conditions(), ConditionTypes.COMPLETE)
                    .orElseThrow();
            LOG.info("{} ({}): {}", status.phase(), complete.getReason(), complete.getMessage());
            if (status.phase() == VMBackupStatus.Phase.NotCommitted) {
                events.tellNotCommitted(
                        backup,
                        Conditions.find(status.conditions(), ConditionTypes.COMMITTED)
                                .orElseThrow());
            }
        }
    }
}
