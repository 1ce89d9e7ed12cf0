package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.Reason;
import io.cbtguard.record.RecordRef;
import io.fabric8.kubernetes.api.model.Namespace;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the VM of a ProtectedVM once and takes its record; from then on the record says which VM it is. One ProtectedVM per VM: the
 * oldest has it.
 */
final class Binder {
    /** Bound to a VM that cannot be seen now; which one it is was said before. */
    static final String BOUND = "Bound.";

    /** How long a VM may be out of sight before it counts as gone. */
    static final Duration LOST_GRACE = Duration.ofMinutes(5);

    private final Informed informed;
    private final Watches watches;
    private final Barriers barriers;
    private final RecordClaims claims;
    private final Set<String> watchedNamespaces;

    Binder(Informed informed, Watches watches, Barriers barriers, RecordClaims claims, Set<String> watchedNamespaces) {
        this.informed = informed;
        this.watches = watches;
        this.barriers = barriers;
        this.claims = claims;
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
        RecordRef record = claims.recordOf(vm).orElse(null);
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
                        .orElse(BOUND));
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
                            : "The VM is not in vCenter's inventory any more; its record is kept. Name another VM in spec.vm,"
                                    + " or delete this ProtectedVM.");
        }
        if (!next.record().equals(old)) {
            claims.release(old, vm);
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
        VmSearch.Found found = VmSearch.find(
                watch.index(watch.view().orElseThrow()), vm.getSpec().vm(), scope);
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
        found = VmSearch.find(watch.index(view), vm.getSpec().vm(), scope);
        if (found.vm() == null) {
            return none.but(found.reason(), found.message());
        }
        watch.concern(found.vm().moRef());
        return claims.take(vm, none, watch, view, found.vm());
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
