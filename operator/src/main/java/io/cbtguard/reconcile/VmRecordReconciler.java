package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.Durations;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.judge.Facts;
import io.cbtguard.judge.Judge;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.record.Claim;
import io.cbtguard.record.RecordException;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.RecordStore.Change;
import io.cbtguard.record.StoredRecord;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a record learn what its vCenter knows, whatever has become of its ProtectedVM: evidence follows the binding. Ends the runs of
 * objects that are gone, and the record when it has outlived its retention.
 */
@ControllerConfiguration(name = "vmrecord")
final class VmRecordReconciler implements Reconciler<VMRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(VmRecordReconciler.class);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Parts parts;

    VmRecordReconciler(Parts parts) {
        this.parts = parts;
    }

    @Override
    public List<EventSource<?, VMRecord>> prepareEventSources(EventSourceContext<VMRecord> context) {
        parts.informed().records(context.getPrimaryCache());
        return List.of(parts.wakes().records);
    }

    @Override
    public UpdateControl<VMRecord> reconcile(VMRecord object, Context<VMRecord> context) {
        if (!parts.informed().awaitSynced()) {
            return Looks.soon();
        }
        RecordRef ref = RecordRef.of(object);
        Kept<Boolean> kept;
        try {
            kept = keep(ref);
        } catch (RecordException e) {
            if (e.kind() == RecordException.Kind.GONE) {
                return UpdateControl.noUpdate();
            }
            if (RecordTrouble.of(e).lasts()) {
                parts.keeper().failed(ref, e); // whoever protects its VM, its vCenter's cursor does not wait for it
            }
            return Looks.in(AGAIN);
        }
        wakeOwner(object);
        if (kept.record() == null) {
            return Looks.in(AGAIN);
        }
        parts.reaches().seen(kept.record());
        Optional<Duration> left = retention(kept.record());
        if (left.isPresent() && !left.get().isPositive()) {
            delete(kept.record());
            return UpdateControl.noUpdate();
        }
        boolean watched = parts.watches()
                .get(ref.namespace(), kept.record().value().binding().vcenter())
                .flatMap(OpenWatch::view) // the first one wakes all that wait for it
                .isPresent();
        return again(kept, watched, left.orElse(null)).map(Looks::<VMRecord>in).orElseGet(UpdateControl::noUpdate);
    }

    private Kept<Boolean> keep(RecordRef ref) {
        Optional<StoredRecord> held = parts.store().get(ref);
        Claim claim = held.map(StoredRecord::claim).orElse(null);
        boolean orphaned = claim != null && isGone(claim);
        boolean isLeft =
                parts.informed().record(ref).filter(parts.informed()::isLeft).isPresent();
        Set<String> ended = held.map(this::runsWithoutBackup).orElse(Set.of());
        VcenterView reached = held.flatMap(this::overdueView).orElse(null);
        Kept<Boolean> kept = parts.keeper()
                .keep(
                        ref,
                        reached,
                        (record, facts) ->
                                new Change<>(thinned(held, tidied(record, facts, claim, orphaned, ended)), true));
        if (!kept.learned() && kept.record() != null && kept.record().own() && (orphaned || !ended.isEmpty())) {
            parts.store() // the vCenter is away or gone, and so are the objects: the runs end all the same
                    .update(
                            ref,
                            record -> new Change<>(
                                    tidied(
                                            record,
                                            Gather.none(record, parts.clock().instant()),
                                            claim,
                                            orphaned,
                                            ended),
                                    true));
        }
        if ((orphaned || isLeft) && kept.record() != null && kept.record().own()) {
            StoredRecord freed = parts.store().claim(ref, now -> Objects.equals(now, claim) ? null : now);
            return new Kept<>(freed, kept.facts(), kept.obstacle(), kept.message(), kept.result());
        }
        return kept;
    }

    /** A run is expired in vCenter's time, which a view of a quiet vCenter does not tell: then a newer one is asked for. */
    private Optional<VcenterView> overdueView(StoredRecord held) {
        Optional<OpenWatch> open = parts.watches()
                .get(held.ref().namespace(), held.value().binding().vcenter());
        if (open.isEmpty()) {
            return Optional.empty();
        }
        OpenWatch watch = open.get();
        boolean overdue = held.value().runs().stream()
                .filter(Run::open)
                .flatMap(run -> Optional.ofNullable(run.decision()).stream())
                .anyMatch(decision -> watch.now().isAfter(decision.validUntil()));
        if (!overdue) {
            return Optional.empty();
        }
        Barriers.Stand stand = parts.barriers()
                .ask("expire " + held.ref(), watch, () -> parts.wakes().record(held.ref()));
        return Optional.ofNullable(stand.reached());
    }

    private static VmRecord tidied(
            VmRecord record, Facts facts, @Nullable Claim claim, boolean orphaned, Set<String> backupGone) {
        VmRecord next = record;
        for (Run run : record.runs()) {
            if (backupGone.contains(run.uid())) {
                next = Judge.forget(Judge.cancel(next, run.uid(), facts, "The VMBackup was deleted."), run.uid());
            } else if (orphaned && claim != null && run.namespace().equals(claim.namespace())) {
                next = Judge.cancel(next, run.uid(), facts, "The ProtectedVM was deleted.");
            }
        }
        return next;
    }

    private VmRecord thinned(Optional<StoredRecord> held, VmRecord record) {
        boolean written = held.filter(stored -> stored.value().equals(record)).isEmpty();
        VmRecord next = record;
        for (String uid : EndedRuns.forgettable(record, parts.informed()::backupByUid, written)) {
            next = Judge.forget(next, uid);
        }
        return next;
    }

    private Set<String> runsWithoutBackup(StoredRecord record) {
        return record.value().runs().stream()
                .filter(run -> parts.informed()
                        .backupByUid(run.uid())
                        .filter(VmRecordReconciler::asksForAnything)
                        .isEmpty())
                .filter(run -> live(VMBackup.class, run.namespace(), run.name(), run.uid())
                        .filter(VmRecordReconciler::asksForAnything)
                        .isEmpty())
                .map(Run::uid)
                .collect(Collectors.toSet());
    }

    /** Not while a finalizer holds what is deleted, nor what a backup tool of the cluster has put back. */
    private static boolean asksForAnything(VMBackup backup) {
        return !backup.isMarkedForDeletion() && !ClusterBackups.restored(backup);
    }

    private boolean isGone(Claim claim) {
        return parts.informed().protectedVmByUid(claim.uid()).isEmpty()
                && live(ProtectedVM.class, claim.namespace(), claim.name(), claim.uid())
                        .isEmpty();
    }

    /** By a live read, because what follows cannot be taken back. */
    private <R extends HasMetadata> Optional<R> live(Class<R> kind, String namespace, String name, String uid) {
        return Optional.ofNullable(parts.client()
                        .resources(kind)
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .filter(live -> live.getMetadata().getUid().equals(uid));
    }

    private void wakeOwner(VMRecord object) {
        parts.store()
                .claimOf(RecordRef.of(object))
                .flatMap(claim -> parts.informed().protectedVmByUid(claim.uid()))
                .ifPresent(vm -> parts.wakes().protectedVms.wake(ResourceID.fromResource(vm)));
    }

    /** What is left of the retention of a record without a ProtectedVM; empty if it is not to be deleted. */
    private Optional<Duration> retention(StoredRecord record) {
        Instant since = record.unclaimedSince();
        if (since == null || record.claim() != null) {
            return Optional.empty();
        }
        return parts.informed()
                .vcenter(new ResourceID(
                        record.value().binding().vcenter(), record.ref().namespace()))
                .map(vcenter -> Duration.between(
                        parts.clock().instant(),
                        since.plus(Durations.parse(vcenter.getSpec().retention()))));
    }

    private void delete(StoredRecord record) {
        if (parts.store().delete(record)) {
            LOG.info("deleted after its retention; unprotected since {}", record.unclaimedSince());
        }
    }

    /** When to look again; empty if something else will wake the record. What was not learned is tried again while there is a view. */
    static Optional<Duration> again(Kept<Boolean> kept, boolean watched, @Nullable Duration retention) {
        Facts facts = kept.facts();
        StoredRecord record = kept.record();
        if (facts == null || record == null || (watched && !kept.learned())) {
            return Optional.of(AGAIN);
        }
        Optional<Duration> expiry = record.value().runs().stream()
                .filter(Run::open)
                .flatMap(run -> Optional.ofNullable(run.decision()).stream())
                .map(decision -> Duration.between(facts.now(), decision.validUntil()))
                .map(left -> left.isPositive() ? left.plusSeconds(1) : AGAIN)
                .min(Comparator.naturalOrder());
        return expiry.or(() -> Optional.ofNullable(retention));
    }
}
