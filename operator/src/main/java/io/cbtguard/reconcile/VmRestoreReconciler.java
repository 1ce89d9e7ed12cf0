package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.VMRestore;
import io.cbtguard.api.v1alpha1.VMRestoreSpec;
import io.cbtguard.api.v1alpha1.VMRestoreSpec.RestoreKind;
import io.cbtguard.api.v1alpha1.VMRestoreSpec.TestOutcome;
import io.cbtguard.api.v1alpha1.VMRestoreStatus;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Judge;
import io.cbtguard.judge.Protection;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.check.Remedies;
import io.cbtguard.judge.record.RestoreTest;
import io.cbtguard.judge.record.RestoreTest.Result;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.record.RecordException;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.RecordStore.Change;
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
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a declared restore into the VM's record, once. One over the VM counts up to the barrier behind which it was first stored; a
 * test of a restore point is no cause of anything.
 */
@ControllerConfiguration(name = "vmrestore")
final class VmRestoreReconciler implements Reconciler<VMRestore> {
    private static final Logger LOG = LoggerFactory.getLogger(VmRestoreReconciler.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Parts parts;

    VmRestoreReconciler(Parts parts) {
        this.parts = parts;
    }

    @Override
    public List<EventSource<?, VMRestore>> prepareEventSources(EventSourceContext<VMRestore> context) {
        parts.informed().restores(context.getPrimaryCache());
        return List.of(parts.wakes().restores);
    }

    @Override
    public UpdateControl<VMRestore> reconcile(VMRestore restore, Context<VMRestore> context) {
        if (!parts.informed().awaitSynced()) {
            return Looks.soon();
        }
        if (isOver(restore)) {
            return UpdateControl.noUpdate();
        }
        if (ClusterBackups.restored(restore)) {
            show(
                    restore,
                    "False",
                    Reasons.CANCELLED,
                    "This object was restored from a cluster backup; it declares nothing. Create a new one.",
                    context);
            return UpdateControl.noUpdate();
        }
        Optional<ProtectedVM> vm = protectedVm(restore);
        if (vm.isEmpty()) {
            show(
                    restore,
                    "False",
                    Reasons.VM_NOT_FOUND,
                    "There is no ProtectedVM "
                            + restore.getSpec().protectedVMRef().name() + " in this namespace.",
                    context);
            return UpdateControl.noUpdate(); // one that is created wakes it
        }
        if (parts.binder().isAnothers(vm.get())) {
            return UpdateControl.noUpdate();
        }
        return record(restore, vm.get(), context);
    }

    private UpdateControl<VMRestore> record(VMRestore restore, ProtectedVM vm, Context<VMRestore> context) {
        Standing standing = parts.binder().standing(vm);
        RecordRef ref = standing.record();
        if (ref == null || standing.reason() == Reason.NotAllowed) {
            show(restore, "False", standing.reason().name(), standing.message(), context);
            return Looks.in(AGAIN);
        }
        try {
            return restore.getSpec().kind() == RestoreKind.Test
                    ? tested(restore, vm, ref, context)
                    : inPlace(restore, vm, ref, context);
        } catch (RecordException e) {
            LOG.debug("{}", e.getMessage()); // told once where the record is kept
            return Looks.in(AGAIN);
        }
    }

    private UpdateControl<VMRestore> inPlace(
            VMRestore restore, ProtectedVM vm, RecordRef ref, Context<VMRestore> context) {
        Barriers.Stand stand = ask(restore, ref);
        if (stand.reached() == null) {
            if (!stand.young()) {
                String why = stand.failure() == null ? "vCenter is asked for what it knows now." : stand.failure();
                show(restore, "False", Reasons.WAITING_FOR_VCENTER, why, context);
            }
            return Looks.in(AGAIN);
        }
        Kept<Boolean> kept = parts.keeper().keep(ref, stand.reached(), (record, facts) -> {
            Protection rules = parts.protections().of(vm);
            Position from = Position.ofTime(facts.through().epoch(), begin(restore));
            return new Change<>(
                    Judge.restored(
                            record, facts, rules, restore.getMetadata().getUid(), from, who(restore), what(restore)),
                    true);
        });
        if (kept.result() == null) {
            return later(restore, kept, context);
        }
        show(
                restore,
                "True",
                Reasons.RESTORED_IN_PLACE,
                "The VM's record holds it. " + Remedies.RESET_THEN_FULL,
                context);
        return UpdateControl.noUpdate();
    }

    /** Needs no barrier: it says nothing about the VM, and what it tested is in the record or is not. */
    private UpdateControl<VMRestore> tested(
            VMRestore restore, ProtectedVM vm, RecordRef ref, Context<VMRestore> context) {
        RestoreTest test = test(restore);
        Kept<Boolean> kept = parts.keeper().keep(ref, null, (record, facts) -> {
            Optional<VmRecord> tested = Judge.tested(record, parts.protections().of(vm), test);
            return new Change<>(tested.orElse(record), tested.isPresent());
        });
        if (kept.result() == null) {
            return later(restore, kept, context);
        }
        if (!kept.result()) {
            show(
                    restore,
                    "False",
                    Reasons.RESTORE_POINT_NOT_FOUND,
                    "The VM's record holds no restore point of a run " + test.run()
                            + " of this namespace, so this test counts for nothing.",
                    context);
            return UpdateControl.noUpdate(); // a record that changes wakes it
        }
        show(
                restore,
                "True",
                test.passed() ? Reasons.RESTORE_TEST_PASSED : Reasons.RESTORE_TEST_FAILED,
                "The VM's record holds it: the test of " + test.run() + " " + (test.passed() ? "passed" : "failed")
                        + "; the restore point is trusted as before.",
                context);
        return UpdateControl.noUpdate();
    }

    private UpdateControl<VMRestore> later(VMRestore restore, Kept<Boolean> kept, Context<VMRestore> context) {
        Reason why = kept.obstacle() == null ? Reason.CatchingUp : kept.obstacle();
        show(restore, "False", why.name(), kept.message(), context);
        return Looks.in(AGAIN);
    }

    private Barriers.Stand ask(VMRestore restore, RecordRef ref) {
        return parts.store()
                .get(ref)
                .flatMap(held -> parts.watches()
                        .get(ref.namespace(), held.value().binding().vcenter()))
                .map(watch -> parts.barriers()
                        .ask("restored " + restore.getMetadata().getUid(), watch, () -> parts.wakes()
                                .restores
                                .wake(ResourceID.fromResource(restore))))
                .orElse(Barriers.Stand.failed("The VCenter is not watched now; its conditions say why."));
    }

    /** The informer of ProtectedVMs may be behind that of VMRestores. */
    private Optional<ProtectedVM> protectedVm(VMRestore restore) {
        String namespace = restore.getMetadata().getNamespace();
        String name = restore.getSpec().protectedVMRef().name();
        return parts.informed()
                .protectedVm(new ResourceID(name, namespace))
                .or(() -> Optional.ofNullable(parts.client()
                        .resources(ProtectedVM.class)
                        .inNamespace(namespace)
                        .withName(name)
                        .get()));
    }

    /** What says when in words that cannot be read may have begun at any time. */
    private static Instant begin(VMRestore restore) {
        Instant created = Instant.parse(restore.getMetadata().getCreationTimestamp());
        String at = restore.getSpec().at();
        Instant said = at == null ? created : GivenTimes.read(at).orElse(Instant.EPOCH);
        return said.isAfter(created) ? created : said;
    }

    private static RestoreTest test(VMRestore restore) {
        VMRestoreSpec spec = restore.getSpec();
        return new RestoreTest(
                Objects.requireNonNullElse(spec.restorePoint(), ""),
                spec.outcome() == TestOutcome.Passed ? Result.Passed : Result.Failed,
                begin(restore),
                who(restore));
    }

    private static String who(VMRestore restore) {
        return "VMRestore " + restore.getMetadata().getNamespace() + "/"
                + restore.getMetadata().getName();
    }

    private static String what(VMRestore restore) {
        String message = restore.getSpec().message();
        return "The VM's disks were restored over, as " + who(restore) + " declares"
                + (message == null ? "." : ": " + message);
    }

    private static boolean isOver(VMRestore restore) {
        return restore.getStatus() != null
                && Conditions.isTrue(restore.getStatus().conditions(), ConditionTypes.RECORDED);
    }

    /** The restore point that it tested may be on its way into the record. */
    static boolean awaitsPoint(VMRestore restore) {
        return restore.getSpec().kind() == RestoreKind.Test && !isOver(restore);
    }

    private void show(VMRestore restore, String recorded, String reason, String message, Context<VMRestore> context) {
        long generation = Objects.requireNonNullElse(restore.getMetadata().getGeneration(), 0L);
        Conditions conditions = new Conditions(
                        restore.getStatus() == null
                                ? List.of()
                                : restore.getStatus().conditions(),
                        generation,
                        parts.clock().instant())
                .set(ConditionTypes.RECORDED, recorded, reason, message);
        StatusWriter.write(
                restore,
                new VMRestoreStatus(generation, conditions.list()),
                parts.informed(),
                VMRestore::new,
                context,
                parts.wakes().soon(parts.wakes().restores));
    }
}
