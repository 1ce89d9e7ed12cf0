package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ProtectedVM;
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
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which ProtectedVM has which record. The oldest that asks for a VM gets its record and keeps it; a record that is there is taken up
 * with all it knows, whoever had it before.
 */
final class RecordClaims {
    private final Informed informed;
    private final RecordStore store;
    private final Protections protections;
    private final KubernetesClient client;
    private final News news;
    /** Records made or taken a moment ago, until the informer shows their claim. */
    private final Map<String, RecordRef> fresh = new ConcurrentHashMap<>();

    RecordClaims(Informed informed, RecordStore store, Protections protections, KubernetesClient client, News news) {
        this.informed = informed;
        this.store = store;
        this.protections = protections;
        this.client = client;
        this.news = news;
    }

    /** The record that a ProtectedVM has, if it is one of the VCenter that it names. */
    Optional<RecordRef> recordOf(ProtectedVM vm) {
        String uid = vm.getMetadata().getUid();
        Optional<RecordRef> shown = informed.recordsClaimedBy(uid).stream()
                .map(RecordRef::of)
                .filter(ref -> isHeld(ref, vm))
                .findFirst();
        if (shown.isPresent()) {
            fresh.remove(uid);
        }
        return shown.or(() -> Optional.ofNullable(fresh.get(uid)).filter(ref -> isHeld(ref, vm)));
    }

    /** Whether this ProtectedVM has it, and it is of the VCenter that it names now. */
    private boolean isHeld(RecordRef ref, ProtectedVM vm) {
        ResourceID vcenter = Informed.vcenterOf(vm);
        return ref.namespace().equals(vcenter.getNamespace().orElse(""))
                && store.claimOf(ref).filter(claim -> isOf(claim, vm)).isPresent()
                && informed.record(ref)
                        .flatMap(r -> Optional.ofNullable(r.getBinding()))
                        .map(binding -> vcenter.getName().equals(binding.vcenter()))
                        .orElse(true);
    }

    /**
     * Takes the record of a VM, or makes it, for a ProtectedVM.
     *
     * @param none where the ProtectedVM stands without it
     */
    Standing take(ProtectedVM vm, Standing none, OpenWatch watch, VcenterView view, VirtualMachine found) {
        Claim claim = Claim.of(vm);
        String namespace = watch.vcenter().getNamespace().orElseThrow();
        String vcenterUuid = view.about().instanceUuid();
        RecordRef ref = informed.recordOf(namespace, vcenterUuid, found.instanceUuid())
                .map(RecordRef::of)
                .orElseGet(() -> new RecordRef(
                        namespace, RecordName.of(watch.vcenter().getName(), vcenterUuid, found.instanceUuid())));
        watch.concern(ref, found.moRef());
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
            Judge.Learned learned = Judge.learn(bound, facts, protections.of(vm));
            StoredRecord created = store.create(ref, learned.record(), claim);
            if (created.own() && claim.equals(created.claim())) {
                news.tell(watch, ref, found.moRef(), learned.news());
            }
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
            registeredAnew(ref, watch, found.moRef(), view.through());
        }
        if (!before.vcenter().equals(watch.vcenter().getName())) {
            renamed(ref, watch.vcenter().getName());
        }
        return new Standing(
                vm.getSpec().suspend() ? Reason.Suspended : Reason.Bound,
                "Bound to " + found.name() + " (" + found.moRef() + ").",
                ref,
                none.vcenter());
    }

    /** This ProtectedVM is gone. */
    void forget(String uid) {
        fresh.remove(uid);
    }

    /** Gives a record up, if this ProtectedVM has it. */
    void release(RecordRef ref, ProtectedVM vm) {
        store.claim(ref, claim -> claim != null && isOf(claim, vm) ? null : claim);
    }

    /** The same VM under another moRef: what happened to it in between is not in its history. */
    private void registeredAnew(RecordRef ref, OpenWatch watch, String moRef, Position through) {
        var anew = store.update(ref, record -> {
            Binding b = record.binding();
            Binding bound = new Binding(b.vcenter(), b.vcenterUid(), b.vcenterUuid(), b.vmUuid(), moRef, b.recordUid());
            Interval unseen = new Interval(record.evidenceThrough(), Position.later(record.evidenceThrough(), through));
            VmRecord next = Judge.gap(
                            record, unseen, "The VM was registered anew; what happened meanwhile is not known.")
                    .withBinding(bound)
                    .through(unseen.to());
            return new RecordStore.Change<>(next, News.between(record, next));
        });
        news.tell(watch, ref, moRef, anew.result());
    }

    /** Found by the new VCenter from now on, which then reads again what the record has missed. */
    private void renamed(RecordRef ref, String vcenter) {
        store.update(ref, record -> {
            Binding b = record.binding();
            Binding bound = new Binding(vcenter, b.vcenterUid(), b.vcenterUuid(), b.vmUuid(), b.moRef(), b.recordUid());
            return new RecordStore.Change<>(record.withBinding(bound), ref);
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
}
