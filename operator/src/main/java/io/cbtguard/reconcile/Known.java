package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.explain.Case;
import io.cbtguard.explain.Estate;
import io.cbtguard.explain.Guarded;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.judge.Advisory;
import io.cbtguard.judge.Facts;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.record.RecordException;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.StoredRecord;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the caches and watches hold, for those who ask. Writes nothing, neither records nor statuses. */
final class Known implements Estate {
    private final Parts parts;

    Known(Parts parts) {
        this.parts = parts;
    }

    @Override
    public boolean ready() {
        return parts.informed().synced();
    }

    @Override
    public List<Line> lines() {
        return protectedVms().map(Known::line).toList();
    }

    @Override
    public Optional<Guarded> vm(String namespace, String name) {
        return parts.informed()
                .protectedVm(new ResourceID(name, namespace))
                .filter(this::isOurs)
                .map(this::guarded);
    }

    @Override
    public List<Guarded> vms() {
        return protectedVms().map(this::guarded).toList();
    }

    @Override
    public Optional<List<Host>> hosts(String vcenterNamespace, String vcenter) {
        return parts.watches()
                .get(vcenterNamespace, vcenter)
                .flatMap(OpenWatch::view)
                .map(view -> List.copyOf(view.hosts()));
    }

    @Override
    public List<Advisory> inForceWith(String document) {
        CBTAdvisory asked = parsed(document);
        String name = asked.getMetadata().getName();
        Stream<CBTAdvisory> others = parts.informed().advisories().stream()
                .filter(other -> !name.equals(other.getMetadata().getName()));
        return Advisories.inForce(Stream.concat(others, Stream.of(asked)).toList());
    }

    private static CBTAdvisory parsed(String document) {
        CBTAdvisory asked;
        try {
            asked = Serialization.unmarshal(document, CBTAdvisory.class);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("this is no CBTAdvisory in YAML or JSON: " + e.getMessage(), e);
        }
        boolean named = asked != null
                && asked.getMetadata() != null
                && asked.getMetadata().getName() != null
                && "CBTAdvisory".equals(asked.getKind());
        if (!named
                || asked.getSpec() == null
                || asked.getSpec().trigger() == null
                || asked.getSpec().title() == null
                || asked.getSpec().remedy() == null) {
            throw new IllegalArgumentException(
                    "send one CBTAdvisory with metadata.name, spec.title, spec.trigger and spec.remedy, as kubectl apply"
                            + " takes it");
        }
        return asked;
    }

    private Stream<ProtectedVM> protectedVms() {
        return parts.informed().protectedVms().stream()
                .filter(this::isOurs)
                .sorted(Comparator.comparing(
                                (ProtectedVM vm) -> vm.getMetadata().getNamespace())
                        .thenComparing(vm -> vm.getMetadata().getName()));
    }

    /** Of a VCenter that this operator watches; another operator explains the others. */
    private boolean isOurs(ProtectedVM vm) {
        return parts.vcenterNamespaces()
                .contains(Informed.vcenterOf(vm).getNamespace().orElse(""));
    }

    private static Line line(ProtectedVM vm) {
        var status = vm.getStatus();
        var next = status == null ? null : status.nextBackup();
        return new Line(
                vm.getMetadata().getNamespace(),
                vm.getMetadata().getName(),
                Informed.fullName(Informed.vcenterOf(vm)),
                next == null ? "" : String.valueOf(next.type()),
                next == null ? standing(vm) : String.valueOf(next.reason()),
                status == null
                        ? ""
                        : Conditions.find(status.conditions(), ConditionTypes.AT_RISK)
                                .filter(c -> "True".equals(c.getStatus()))
                                .map(Condition::getReason)
                                .orElse(""));
    }

    private Guarded guarded(ProtectedVM vm) {
        Case matter = null;
        String standing = standing(vm);
        try {
            matter = parts.informed()
                    .recordClaimedBy(vm)
                    .map(RecordRef::of)
                    .flatMap(parts.store()::get)
                    .map(held -> matter(vm, held))
                    .orElse(null);
        } catch (RecordException e) {
            standing = "its record cannot be read: " + e.getMessage();
        }
        return new Guarded(
                vm.getMetadata().getNamespace(),
                vm.getMetadata().getName(),
                Informed.fullName(Informed.vcenterOf(vm)),
                matter == null ? standing : "",
                matter);
    }

    private Case matter(ProtectedVM vm, StoredRecord held) {
        VmRecord record = held.value();
        OpenWatch watch = parts.watches()
                .get(held.ref().namespace(), record.binding().vcenter())
                .orElse(null);
        return new Case(record, facts(record, watch), parts.protections().of(vm));
    }

    private Facts facts(VmRecord record, @Nullable OpenWatch watch) {
        VcenterView view = watch == null ? null : watch.view().orElse(null);
        return watch == null || view == null
                ? Gather.none(record, parts.clock().instant())
                : Gather.facts(record, view, List.of(), watch.now(), watch.fresh());
    }

    private static String standing(ProtectedVM vm) {
        return Optional.ofNullable(vm.getStatus()).stream()
                .flatMap(s -> s.conditions().stream())
                .filter(c -> c.getType().equals(ConditionTypes.READY))
                .findFirst()
                .map(c -> "Ready is " + c.getStatus() + " (" + c.getReason() + "): " + c.getMessage())
                .orElse("the operator has not looked at it yet");
    }
}
