package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.Facts;
import io.cbtguard.judge.Judge;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Binding;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.record.Claim;
import io.cbtguard.record.RecordName;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.RecordStore;
import io.cbtguard.record.StoredRecord;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the VM of a ProtectedVM once and takes its record; from then on the record says which VM it is. One ProtectedVM per VM: the
 * oldest has it.
 */
final class Binder {
    /** How long a VM may be out of sight before it counts as gone. */
    static final Duration LOST_GRACE = Duration.ofMinutes(5);

    private final Informed informed;
    private final Watches watches;
    private final RecordStore store;
    private final Barriers barriers;
    private final Protections protections;
    private final KubernetesClient client;
    private final Set<String> watchedNamespaces;
    /** Records made or taken a moment ago, until the informer shows their claim. */
    private final Map<String, RecordRef> fresh = new ConcurrentHashMap<>();

    Binder(
            Informed informed,
            Watches watches,
            RecordStore store,
            Barriers barriers,
            Protections protections,
            KubernetesClient client,
            Set<String> watchedNamespaces) {
        this.informed = informed;
        this.watches = watches;
        this.store = store;
        this.barriers = barriers;
        this.protections = protections;
        this.client = client;
        this.watchedNamespaces = watchedNamespaces;
    }

    /** Whether another operator watches the VCenter that this ProtectedVM names: then all about it is that one's business. */
    boolean isAnothers(ProtectedVM vm) {
        return elsewhere(vm)
                && informed.vcenter(Informed.vcenterOf(vm))
                        .flatMap(vcenter ->
                                Conditions.find(VCenterProjection.old(vcenter).conditions(), ConditionTypes.READY))
                        .filter(ready -> !ready.getReason().equals(Reasons.NAMESPACE_NOT_WATCHED))
                        .isPresent();
    }

    /** Whether the VCenter that this ProtectedVM names is in a namespace that this operator does not watch. */
    boolean elsewhere(ProtectedVM vm) {
        return !watchedNamespaces.contains(Informed.vcenterOf(vm).getNamespace().orElse(""));
    }

    /** Where a ProtectedVM stands now, by what is known already; binds nothing. */
    Standing standing(ProtectedVM vm) {
        RecordRef record = boundRecord(vm).orElse(null);
        ResourceID vcenterId = Informed.vcenterOf(vm);
        Optional<VCenter> vcenter = informed.vcenter(vcenterId);
        if (elsewhere(vm) || vcenter.isEmpty()) {
            return new Standing(Reason.VCenterNotFound, noVcenter(vm, vcenterId), record, null);
        }
        Standing standing = new Standing(Reason.Bound, "", record, vcenter.get());
        AccessRules.Scope scope = scope(vm, vcenter.get());
        if (scope.nothing()) {
            return standing.but(
                    Reason.NotAllowed,
                    "This namespace may not use VCenter " + vcenterId.getName()
                            + "; its spec.access has to admit the namespace.");
        }
        if (informed.policy(Informed.policyOf(vm)).isEmpty()) {
            return standing.but(
                    Reason.PolicyNotFound,
                    "There is no BackupPolicy " + vm.getSpec().policyRef().name()
                            + " in this namespace; create it or name another one in spec.policyRef.");
        }
        if (record == null) {
            return standing.but(Reason.CatchingUp, "The VM is being looked up.");
        }
        Optional<VirtualMachine> seen = seen(vcenterId, record);
        Optional<String> path = seen.map(VirtualMachine::inventoryPath).or(() -> lastPath(record));
        if (path.isPresent() && !scope.admits(path.get())) {
            return standing.but(
                    Reason.NotAllowed,
                    "The VM is not in a folder that this namespace may use; the VCenter's spec.access has to list it.");
        }
        if (vm.getSpec().suspend()) {
            return standing.but(
                    Reason.Suspended, "Suspended: backups are refused, what happens to the VM is still recorded.");
        }
        return standing.but(
                Reason.Bound,
                seen.map(found -> "Bound to " + found.name() + " (" + found.moRef() + ").")
                        .orElse("Bound."));
    }

    /**
     * Looks for the VM and takes its record, if nothing is bound yet.
     *
     * @param again called when there is more to see
     */
    Standing bind(ProtectedVM vm, Standing standing, Runnable again) {
        VCenter vcenter = standing.vcenter();
        boolean looks = standing.record() == null && (standing.passing() || standing.reason() == Reason.Suspended);
        if (!looks || vcenter == null) {
            return standing;
        }
        return search(vm, vcenter, again);
    }

    /**
     * The bound VM is gone for longer than the grace: what {@code spec.vm} names now may be another one.
     *
     * @return the same standing while vCenter is being asked
     */
    Standing bindAgain(ProtectedVM vm, Standing standing, Runnable again) {
        VCenter vcenter = standing.vcenter();
        RecordRef old = standing.record();
        if (vcenter == null || old == null) {
            return standing;
        }
        Standing next = search(vm, vcenter, again);
        if (next.passing()) {
            return standing;
        }
        if (!next.ready() || next.record() == null) {
            return standing.but(
                    next.reason() == Reason.VMAmbiguous ? Reason.VMAmbiguous : Reason.VMNotFound,
                    next.reason() == Reason.VMAmbiguous
                            ? next.message()
                            : "The VM is not in vCenter's inventory any more; its record is kept.");
        }
        if (!next.record().equals(old)) {
            store.claim(old, claim -> claim != null && isOf(claim, vm) ? null : claim);
        }
        return next;
    }

    private Standing search(ProtectedVM vm, VCenter vcenter, Runnable again) {
        Standing none = new Standing(Reason.CatchingUp, "", null, vcenter);
        ResourceID id = ResourceID.fromResource(vcenter);
        Optional<OpenWatch> open = watches.get(id);
        if (open.isEmpty() || open.get().view().isEmpty()) {
            boolean away = open.isPresent() && open.get().watch().health().outage() != null;
            return none.but(
                    away ? Reason.VCenterUnreachable : Reason.CatchingUp,
                    "There is no view of VCenter " + id.getName() + " yet; its conditions say why.");
        }
        OpenWatch watch = open.get();
        AccessRules.Scope scope = scope(vm, vcenter);
        VmSearch.Found found =
                VmSearch.find(watch.view().orElseThrow(), vm.getSpec().vm(), scope);
        if (found.vm() != null) {
            watch.concern(found.vm().moRef()); // before the view that the record begins with is read
        }
        Barriers.Stand stand = barriers.ask("bind " + vm.getMetadata().getUid(), watch, again);
        if (stand.reached() == null) {
            return none.but(
                    stand.failure() == null ? Reason.CatchingUp : Reason.VCenterUnreachable,
                    stand.failure() == null ? "The VM is being looked up." : stand.failure());
        }
        VcenterView view = newer(stand.reached(), watch);
        found = VmSearch.find(view, vm.getSpec().vm(), scope);
        if (found.vm() == null) {
            return none.but(found.reason(), found.message());
        }
        watch.concern(found.vm().moRef());
        return take(vm, none, watch, view, found.vm());
    }

    private Standing take(ProtectedVM vm, Standing none, OpenWatch watch, VcenterView view, VirtualMachine found) {
        Claim claim = Claim.of(vm);
        String namespace = watch.vcenter().getNamespace().orElseThrow();
        String vcenterUuid = view.about().instanceUuid();
        RecordRef ref = informed.recordOf(namespace, vcenterUuid, found.instanceUuid())
                .map(RecordRef::of)
                .orElseGet(() -> new RecordRef(
                        namespace, RecordName.of(watch.vcenter().getName(), vcenterUuid, found.instanceUuid())));
        if (store.get(ref).isEmpty()) {
            Binding binding = new Binding(
                    watch.vcenter().getName(),
                    watch.vcenterUid(),
                    vcenterUuid,
                    found.instanceUuid(),
                    found.moRef(),
                    "");
            VmRecord bound = VmRecord.bound(binding, view.through());
            Facts facts = Gather.facts(bound, view, List.of(), watch.now(), true);
            store.create(ref, Judge.learn(bound, facts, protections.of(vm)).record(), claim);
        }
        StoredRecord taken = store.get(ref).filter(r -> claim.equals(r.claim())).orElseGet(() -> taken(ref, vm, claim));
        if (!claim.equals(taken.claim())) {
            return none.but(
                    Reason.AlreadyProtected,
                    "Another ProtectedVM that is older guards this VM already; delete one of the two.");
        }
        fresh.put(vm.getMetadata().getUid(), ref);
        Binding before = taken.value().binding();
        if (!before.moRef().equals(found.moRef())) {
            registeredAnew(ref, found.moRef(), view.through());
        }
        if (!before.vcenter().equals(watch.vcenter().getName())) {
            // found by the new VCenter from now on, which then reads again what the record has missed
            store.update(ref, record -> {
                Binding b = record.binding();
                return new RecordStore.Change<>(
                        record.withBinding(new Binding(
                                watch.vcenter().getName(),
                                b.vcenterUid(),
                                b.vcenterUuid(),
                                b.vmUuid(),
                                b.moRef(),
                                b.recordUid())),
                        ref);
            });
        }
        return new Standing(
                vm.getSpec().suspend() ? Reason.Suspended : Reason.Bound,
                "Bound to " + found.name() + " (" + found.moRef() + ").",
                ref,
                none.vcenter());
    }

    /** The same VM under another moRef: what happened to it in between is not in its history. */
    private void registeredAnew(RecordRef ref, String moRef, Position through) {
        store.update(ref, record -> {
            Binding b = record.binding();
            Binding bound = new Binding(b.vcenter(), b.vcenterUid(), b.vcenterUuid(), b.vmUuid(), moRef, b.recordUid());
            Interval unseen = new Interval(record.evidenceThrough(), Position.later(record.evidenceThrough(), through));
            return new RecordStore.Change<>(
                    Judge.gap(record, unseen, "The VM was registered anew; what happened meanwhile is not known.")
                            .withBinding(bound)
                            .through(unseen.to()),
                    moRef);
        });
    }

    private StoredRecord taken(RecordRef ref, ProtectedVM vm, Claim claim) {
        return store.claim(ref, holder -> holder == null || !isAhead(holder, vm) ? claim : holder);
    }

    /** Whether the holder of a claim is there and not younger. */
    private boolean isAhead(Claim holder, ProtectedVM vm) {
        ProtectedVM other = informed.protectedVmByUid(holder.uid())
                .or(() -> Optional.ofNullable(client.resources(ProtectedVM.class)
                                .inNamespace(holder.namespace())
                                .withName(holder.name())
                                .get())
                        .filter(live -> live.getMetadata().getUid().equals(holder.uid())))
                .orElse(null);
        if (other == null) {
            return false;
        }
        Instant since = Instant.parse(other.getMetadata().getCreationTimestamp()); // whole seconds: who has it keeps it
        return !since.isAfter(Instant.parse(vm.getMetadata().getCreationTimestamp()));
    }

    private static boolean isOf(Claim claim, ProtectedVM vm) {
        return claim.uid().equals(vm.getMetadata().getUid());
    }

    private Optional<RecordRef> boundRecord(ProtectedVM vm) {
        String uid = vm.getMetadata().getUid();
        Optional<RecordRef> shown = informed.recordClaimedBy(uid).map(RecordRef::of);
        if (shown.isPresent()) {
            fresh.remove(uid);
        }
        ResourceID vcenter = Informed.vcenterOf(vm);
        return shown.or(() -> Optional.ofNullable(fresh.get(uid)))
                .filter(ref -> ref.namespace().equals(vcenter.getNamespace().orElse("")))
                .filter(ref ->
                        store.claimOf(ref).filter(claim -> isOf(claim, vm)).isPresent())
                .filter(ref -> informed.record(ref)
                        .flatMap(r -> Optional.ofNullable(r.getBinding()))
                        .map(binding -> vcenter.getName().equals(binding.vcenter()))
                        .orElse(true));
    }

    private Optional<VirtualMachine> seen(ResourceID vcenter, RecordRef record) {
        return watches.get(vcenter).flatMap(OpenWatch::view).flatMap(view -> informed.record(record)
                .flatMap(r -> Optional.ofNullable(r.getBinding()))
                .flatMap(binding -> Optional.ofNullable(binding.moRef()))
                .flatMap(view::vm));
    }

    /** Where the VM was when it was last seen: what may not be used now is not shown while vCenter is away either. */
    private Optional<String> lastPath(RecordRef record) {
        return informed.record(record)
                .flatMap(r -> Optional.ofNullable(r.getSighting()))
                .flatMap(sighting -> Optional.ofNullable(sighting.inventoryPath()));
    }

    private AccessRules.Scope scope(ProtectedVM vm, VCenter vcenter) {
        Optional<Namespace> namespace = informed.namespace(vm.getMetadata().getNamespace());
        return namespace.map(n -> AccessRules.of(vcenter, n)).orElse(new AccessRules.Scope(false, List.of()));
    }

    private static VcenterView newer(VcenterView reached, OpenWatch watch) {
        @Nullable VcenterView newest = watch.view().orElse(null);
        return newest != null && newest.version() > reached.version() ? newest : reached;
    }

    private String noVcenter(ProtectedVM vm, ResourceID vcenter) {
        return elsewhere(vm)
                ? "This operator does not watch VCenters in namespace "
                        + vcenter.getNamespace().orElse("") + "; name one of another namespace in spec.vcenterRef."
                : "There is no VCenter " + vcenter.getName() + " in namespace "
                        + vcenter.getNamespace().orElse("") + "; create it or name another one in spec.vcenterRef.";
    }
}
