package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.BackupPolicy;
import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.RecordedBinding;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.api.v1alpha1.VMRestore;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.metrics.GuardMetrics;
import io.cbtguard.metrics.VcenterStates;
import io.cbtguard.metrics.VmStates;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.RecordStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How a change of one object, or of a vCenter, reaches the others that rest on it. Only says "look again"; what there is to see is
 * read from the caches. Runs on the threads of informers and watches, so it returns at once.
 */
final class Ripples implements Watches.Hearer {
    /** VMs that nothing is bound to yet are looked for at most so often. */
    private static final Duration SEARCH = Duration.ofSeconds(1);

    /** Counts, builds and cursor in the status of a VCenter, and a policy's counts, may be this much behind. */
    private static final Duration SHOW = Duration.ofMillis(300);

    /** Counts in the statuses of advisories may be this much behind. */
    private static final Duration COUNT = Duration.ofSeconds(1);

    private final Informed informed;
    private final RecordStore store;
    private final Watches watches;
    private final Wakes wakes;
    private final Advisories advisories;
    private final GuardMetrics metrics;
    private final VmStates vmStates;
    private final VcenterStates vcenterStates;
    private final Waves waves;
    private final Set<Class<?>> counting = ConcurrentHashMap.newKeySet();
    private final Set<ResourceID> searching = ConcurrentHashMap.newKeySet();
    private final Set<ResourceID> showing = ConcurrentHashMap.newKeySet();
    private final Set<ResourceID> tallying = ConcurrentHashMap.newKeySet();

    Ripples(
            Informed informed,
            RecordStore store,
            Watches watches,
            Wakes wakes,
            Advisories advisories,
            GuardMetrics metrics,
            VmStates vmStates,
            VcenterStates vcenterStates,
            Waves waves) {
        this.informed = informed;
        this.store = store;
        this.watches = watches;
        this.wakes = wakes;
        this.advisories = advisories;
        this.metrics = metrics;
        this.vmStates = vmStates;
        this.vcenterStates = vcenterStates;
        this.waves = waves;
    }

    @Override
    public void changed(ResourceID vcenter, VcenterView view, Set<String> vmMoRefs) {
        if (!informed.synced()) {
            return; // everything is looked at once when the caches are complete
        }
        boolean strangers = false;
        for (String moRef : vmMoRefs) {
            List<VMRecord> records = informed.recordsOf(vcenter, moRef);
            records.forEach(record -> wakes.record(RecordRef.of(record)));
            strangers |= records.isEmpty();
        }
        if (strangers) {
            search(vcenter);
        }
        once(showing, vcenter, SHOW, () -> wakes.vcenters.wake(vcenter));
        count();
    }

    private void search(ResourceID vcenter) {
        once(searching, vcenter, SEARCH, () -> unready(vcenter).forEach(wakes.protectedVms::wake));
    }

    private List<ResourceID> unready(ResourceID vcenter) {
        return informed.protectedVmsOf(vcenter).stream()
                .filter(vm -> !ready(vm))
                .map(ResourceID::fromResource)
                .toList();
    }

    /** Once for all that happens within this time: what it does looks at all VMs, and each of them would ask for it. */
    private <W> void once(Set<? super W> waiting, W whom, Duration within, Runnable what) {
        if (waiting.add(whom)) {
            wakes.after(within, () -> {
                waiting.remove(whom);
                what.run();
            });
        }
    }

    @Override
    public void healthChanged(ResourceID vcenter) {
        wakes.vcenters.wake(vcenter);
        if (informed.synced()) {
            wakes.paced(unready(vcenter)); // they may wait for a first view that does not come
        }
    }

    @Override
    public void requested(ResourceID vcenter, String method, String outcome, Duration took) {
        metrics.requested(Informed.fullName(vcenter), method, outcome, took);
    }

    void vcenter(@Nullable VCenter before, @Nullable VCenter after) {
        VCenter vcenter = Objects.requireNonNull(after == null ? before : after);
        ResourceID id = ResourceID.fromResource(vcenter);
        if (after == null) {
            watches.closeLater(id, vcenter.getMetadata().getUid());
            vcenterStates.remove(Informed.fullName(id));
            waves.removed(id);
            others(vcenter);
        }
        if (informed.synced() && !sameSpec(before, after)) {
            waves.changed(id);
            informed.protectedVmsOf(id).forEach(vm -> wakes.protectedVms.wake(ResourceID.fromResource(vm)));
        }
    }

    void policy(@Nullable BackupPolicy before, @Nullable BackupPolicy after) {
        BackupPolicy policy = Objects.requireNonNull(after == null ? before : after);
        if (after == null) {
            wakes.gone(policy.getMetadata().getUid());
        }
        if (informed.synced() && !sameSpec(before, after)) {
            informed.protectedVmsWith(policy).forEach(vm -> wakes.protectedVms.wake(ResourceID.fromResource(vm)));
        }
    }

    /** What an advisory says of the past counts for every record there is. */
    void advisory(@Nullable CBTAdvisory before, @Nullable CBTAdvisory after) {
        if (after == null && before != null) {
            wakes.gone(before.getMetadata().getUid());
        }
        if (sameSpec(before, after)
                && before != null
                && after != null
                && Advisories.isBundled(before) == Advisories.isBundled(after)) {
            return;
        }
        boolean judgesOtherwise = advisories.refresh();
        if (!informed.synced()) {
            return;
        }
        if (judgesOtherwise) {
            wakes.everyRecord(informed.records().stream().map(RecordRef::of).toList());
            informed.vcenters().forEach(vcenter -> wakes.vcenters.wake(ResourceID.fromResource(vcenter)));
        }
        count();
    }

    private void count() {
        once(counting, CBTAdvisory.class, COUNT, () -> informed.advisories()
                .forEach(advisory -> wakes.advisories.wake(ResourceID.fromResource(advisory))));
    }

    void protectedVm(@Nullable ProtectedVM before, @Nullable ProtectedVM after) {
        if (after == null && before != null) {
            wakes.gone(before.getMetadata().getUid());
        }
        if (!informed.synced()) {
            return;
        }
        ProtectedVM vm = Objects.requireNonNull(after == null ? before : after);
        ResourceID id = ResourceID.fromResource(vm);
        boolean letsGo =
                before != null && (after == null || !Informed.vcenterOf(before).equals(Informed.vcenterOf(after)));
        if (letsGo) {
            informed.recordsClaimedBy(vm.getMetadata().getUid()).forEach(record -> wakes.record(RecordRef.of(record)));
        }
        if (after != null && before != null && !annotations(before).equals(annotations(after))) {
            wakes.protectedVms.wake(id); // no new generation, but somebody may ask for a full
        }
        boolean standsElsewhere = before == null || after == null || ready(before) != ready(after);
        if (standsElsewhere || !sameSpec(before, after)) {
            informed.backupsOf(vm).forEach(backup -> wakes.backups.wake(ResourceID.fromResource(backup)));
            informed.restoresOf(vm).forEach(restore -> wakes.restores.wake(ResourceID.fromResource(restore)));
        }
        if (after == null) {
            vmStates.remove(new VmStates.Vm(
                    vm.getMetadata().getNamespace(), vm.getMetadata().getName()));
            search(Informed.vcenterOf(vm)); // it may have stood in another one's way
        }
        ResourceID policy = Informed.policyOf(vm);
        once(tallying, policy, SHOW, () -> wakes.policies.wake(policy));
        if (AccessRules.admitted(before) != AccessRules.admitted(after)) {
            wakes.vcenters.wake(Informed.vcenterOf(vm));
        }
    }

    /** One that a finalizer holds is as good as gone: nobody reconciles it any more. */
    void backup(@Nullable VMBackup before, @Nullable VMBackup after) {
        boolean isGoing = after == null || after.isMarkedForDeletion();
        if (before == null || !isGoing) {
            return;
        }
        String uid = before.getMetadata().getUid();
        wakes.gone(uid);
        if (informed.synced()) {
            informed.recordWithRun(uid).ifPresent(record -> wakes.record(RecordRef.of(record)));
        }
    }

    /** Concerns nobody else: what a restore means is in the record by its own pass. */
    void restore(@Nullable VMRestore before, @Nullable VMRestore after) {
        if (after == null && before != null) {
            wakes.gone(before.getMetadata().getUid());
        }
    }

    void record(@Nullable VMRecord before, @Nullable VMRecord after) {
        VMRecord record = Objects.requireNonNull(after == null ? before : after);
        if (after == null) {
            store.seenGone(record);
            wakes.gone(RecordRef.of(record).toString());
        } else {
            store.seen(record);
        }
        if (before != null && (after == null || !sameVm(before, after))) {
            watching(before, OpenWatch::release);
        }
        watching(after, OpenWatch::concern);
        waves.seen(record);
        if (informed.synced()) {
            tellOwner(record);
            if (before != null) {
                tellOwner(before);
            }
            count();
        }
    }

    /** Tells the watch of a record's VM; without one, the record is found when the watch is opened. */
    private void watching(@Nullable VMRecord record, Telling told) {
        RecordedBinding binding = record == null ? null : record.getBinding();
        String moRef = binding == null ? null : binding.moRef();
        if (record == null || binding == null || binding.vcenter() == null || moRef == null) {
            return;
        }
        watches.get(record.getMetadata().getNamespace(), binding.vcenter())
                .ifPresent(watch -> told.tell(watch, RecordRef.of(record), moRef));
    }

    private interface Telling {
        void tell(OpenWatch watch, RecordRef ref, String moRef);
    }

    private static boolean sameVm(VMRecord before, VMRecord after) {
        RecordedBinding was = before.getBinding();
        RecordedBinding is = after.getBinding();
        return was != null
                && is != null
                && Objects.equals(was.vcenter(), is.vcenter())
                && Objects.equals(was.moRef(), is.moRef());
    }

    private void tellOwner(VMRecord record) {
        RecordStore.claimOf(record)
                .flatMap(claim -> informed.protectedVmByUid(claim.uid()))
                .ifPresent(vm -> {
                    wakes.protectedVms.wake(ResourceID.fromResource(vm));
                    informed.restoresOf(vm).stream()
                            .filter(VmRestoreReconciler::awaitsPoint)
                            .forEach(restore -> wakes.restores.wake(ResourceID.fromResource(restore)));
                });
        record.getRuns().stream()
                .flatMap(run -> informed.backupByUid(run.uid()).stream())
                .forEach(backup -> wakes.backups.wake(ResourceID.fromResource(backup)));
    }

    private void others(VCenter gone) {
        informed.vcenters().stream()
                .map(ResourceID::fromResource)
                .filter(id -> !id.equals(ResourceID.fromResource(gone)))
                .forEach(wakes.vcenters::wake);
    }

    static boolean ready(ProtectedVM vm) {
        return vm.getStatus() != null && Conditions.isTrue(vm.getStatus().conditions(), ConditionTypes.READY);
    }

    private static boolean sameSpec(@Nullable HasMetadata before, @Nullable HasMetadata after) {
        return before != null
                && after != null
                && Objects.equals(
                        before.getMetadata().getGeneration(),
                        after.getMetadata().getGeneration())
                && Objects.equals(
                        before.getMetadata().getUid(), after.getMetadata().getUid());
    }

    private static Map<String, String> annotations(HasMetadata object) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }
}
