package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VCenterStatus;
import io.cbtguard.api.v1alpha1.VCenterStatus.FullWave;
import io.cbtguard.api.v1alpha1.VCenterStatus.Parked;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.reconcile.VCenterProjection.Closed;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.RecordStore;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps one watch open per VCenter, as its spec, Secret and certificate authority say, and shows how it goes. */
@ControllerConfiguration(name = "vcenter")
final class VCenterReconciler implements Reconciler<VCenter> {
    /** A cursor that moves is written at most so often, if nothing else is. */
    private static final Duration CURSOR = Duration.ofSeconds(10);
    /** A wave of fulls that moves is written at most so often. */
    private static final Duration WAVE = Duration.ofSeconds(5);
    /** Up to when builds are known is written at least so often. */
    private static final Duration BUILDS = Duration.ofMinutes(10);

    /** So long another operator, whose namespace it may be, has to show itself. */
    private static final Duration OTHERS_FIRST = Duration.ofSeconds(5);

    private static final String NOT_READ = "not read yet: ";

    private final Parts parts;
    private final Map<ResourceID, Instant> written = new ConcurrentHashMap<>();
    private final Map<ResourceID, String> toldState = new ConcurrentHashMap<>();
    private final ConnectionObjects objects;
    private final VcenterMeters meters;

    VCenterReconciler(Parts parts) {
        this.parts = parts;
        this.objects = new ConnectionObjects(parts.informed(), parts.vcenterNamespaces());
        this.meters = new VcenterMeters(parts);
    }

    @Override
    public List<EventSource<?, VCenter>> prepareEventSources(EventSourceContext<VCenter> context) {
        parts.informed().vcenters(context.getPrimaryCache());
        List<EventSource<?, VCenter>> sources = new ArrayList<>(objects.prepare(context));
        sources.add(parts.wakes().vcenters);
        return sources;
    }

    @Override
    public UpdateControl<VCenter> reconcile(VCenter vcenter, Context<VCenter> context) {
        if (!parts.informed().awaitSynced()) {
            return Looks.soon();
        }
        ResourceID id = ResourceID.fromResource(vcenter);
        if (!parts.vcenterNamespaces().contains(vcenter.getMetadata().getNamespace())) {
            return elsewhere(vcenter, context);
        }
        int protectedVms = (int) parts.informed().protectedVmsOf(id).stream()
                .filter(AccessRules::admitted)
                .count();
        Optional<Closed> closed = closed(vcenter);
        Connection connection = closed.isPresent() ? null : Connection.of(vcenter, objects);
        if (connection != null && !connection.usable()) {
            closed = Optional.of(new Closed(Objects.requireNonNull(connection.reason()), connection.message()));
        }
        if (closed.isPresent() || connection == null) {
            if (parts.watches().close(id)) {
                wakeAll(id);
            }
            meters.show(id, VCenterProjection.old(vcenter));
            Closed why = closed.orElseThrow();
            write(
                    vcenter,
                    VCenterProjection.closed(
                            vcenter, why, protectedVms, wave(id), parts.clock().instant()),
                    context);
            return UpdateControl.noUpdate();
        }
        open(vcenter, id, connection);
        return show(vcenter, id, protectedVms, context);
    }

    private void open(VCenter vcenter, ResourceID id, Connection connection) {
        VCenterStatus status = VCenterProjection.old(vcenter);
        String pinned = status.about() == null ? null : status.about().instanceUuid();
        boolean opened = parts.watches()
                .ensure(
                        id,
                        vcenter.getMetadata().getUid(),
                        connection.fingerprint(),
                        vmsWithRecord(id),
                        cursor -> connection
                                .target(Informed.fullName(id), ResumePoint.evidence(records(id)), pinned)
                                .apply(cursor != null ? cursor : ResumePoint.of(status, records(id))),
                        parts.wakes().ripples);
        if (opened) {
            status.parked().forEach(parked -> parts.parking().restore(new RecordRef(namespace(id), parked.record())));
        }
    }

    private Map<RecordRef, String> vmsWithRecord(ResourceID id) {
        Map<RecordRef, String> moRefs = new HashMap<>();
        for (VMRecord record : parts.informed().recordsOf(id)) {
            if (record.getBinding() != null && record.getBinding().moRef() != null) {
                moRefs.put(RecordRef.of(record), record.getBinding().moRef());
            }
        }
        return moRefs;
    }

    private UpdateControl<VCenter> show(VCenter vcenter, ResourceID id, int protectedVms, Context<VCenter> context) {
        Optional<OpenWatch> open = parts.watches().get(id);
        if (open.isEmpty()) {
            return UpdateControl.noUpdate(); // stopping
        }
        OpenWatch watch = open.get();
        tellFreshness(id, watch);
        watch.forgetStrangers(vmsWithRecord(id));
        List<Parked> parked = passParked(id, watch);
        meters.show(id, VCenterProjection.old(vcenter));
        VCenterStatus status = VCenterProjection.open(
                vcenter,
                watch,
                parts.advisories().inForce(),
                Gaps.of(VCenterProjection.old(vcenter), watch),
                parked,
                protectedVms,
                wave(id),
                parts.clock().instant());
        Instant last = written.getOrDefault(id, Instant.MIN);
        boolean onlyPosition =
                vcenter.getStatus() != null && VCenterProjection.sameButPosition(vcenter.getStatus(), status);
        boolean cursorMoved = !Objects.equals(VCenterProjection.old(vcenter).eventCursor(), status.eventCursor());
        boolean waveMoved = !Objects.equals(VCenterProjection.old(vcenter).fullWave(), status.fullWave());
        Duration wait = waveMoved ? WAVE : cursorMoved ? CURSOR : BUILDS;
        if (!onlyPosition || parts.clock().instant().isAfter(last.plus(wait))) {
            if (write(vcenter, status, context)) {
                written.put(id, parts.clock().instant());
            }
        }
        Duration untilStale = watch.untilStale();
        boolean aging = !watch.connected() && untilStale.isPositive() && untilStale.compareTo(CURSOR) < 0;
        return Looks.in(aging ? untilStale.plusMillis(100) : CURSOR);
    }

    /** Records that cannot be written do not hold the cursor: they are named in the same write that moves it on. */
    private List<Parked> passParked(ResourceID id, OpenWatch watch) {
        Optional<VcenterView> view = watch.view();
        return parts.parking().parked(namespace(id)).stream()
                .flatMap(ref -> parts.informed().record(ref).stream())
                .filter(record -> record.getBinding() != null
                        && id.getName().equals(record.getBinding().vcenter()))
                .sorted(Comparator.comparing(record -> record.getMetadata().getName()))
                .map(record -> {
                    String moRef = record.getBinding() == null
                            ? null
                            : record.getBinding().moRef();
                    if (moRef != null) {
                        view.ifPresent(v -> parts.keeper().pass(watch, RecordRef.of(record), moRef, v.through()));
                    }
                    var through = record.getEvidenceThrough();
                    return new Parked(record.getMetadata().getName(), through == null ? null : through.key());
                })
                .toList();
    }

    /** When an outage outlasts its grace, or ends, or is the first thing heard, statuses change that no event will touch. */
    private void tellFreshness(ResourceID id, OpenWatch watch) {
        Optional<VcenterView> view = watch.view();
        String state = view.isPresent()
                ? "fresh: " + watch.fresh()
                : NOT_READ + watch.watch().health().outage();
        String before = toldState.put(id, state);
        boolean wasRead = before != null && !before.startsWith(NOT_READ);
        if (state.equals(before) || (before == null && view.isEmpty())) {
            return; // at the start every object is looked at anyway
        }
        if (view.isPresent() && !wasRead) {
            wakeUntold(id, view.get());
        } else {
            wakeAll(id);
        }
    }

    /** The first view tells of the VMs that it shows, and their records tell their ProtectedVMs; the others hear of it here. */
    private void wakeUntold(ResourceID id, VcenterView view) {
        Informed informed = parts.informed();
        informed.recordsOf(id).stream()
                .filter(record -> record.getBinding() == null
                        || record.getBinding().moRef() == null
                        || view.vm(record.getBinding().moRef()).isEmpty())
                .forEach(record -> parts.wakes().record(RecordRef.of(record)));
        parts.wakes()
                .paced(informed.protectedVmsOf(id).stream()
                        .filter(vm -> !Ripples.ready(vm)
                                || informed.recordClaimedBy(vm).isEmpty())
                        .map(ResourceID::fromResource)
                        .toList());
    }

    /** A ProtectedVM looks at its record as well; a record that woke its ProtectedVM would know no pace. */
    private void wakeAll(ResourceID id) {
        Informed informed = parts.informed();
        informed.recordsOf(id).stream()
                .filter(record -> RecordStore.claimOf(record)
                        .flatMap(claim -> informed.protectedVmByUid(claim.uid()))
                        .isEmpty())
                .forEach(record -> parts.wakes().record(RecordRef.of(record)));
        parts.wakes()
                .paced(informed.protectedVmsOf(id).stream()
                        .map(ResourceID::fromResource)
                        .toList());
    }

    private Optional<Closed> closed(VCenter vcenter) {
        if (vcenter.getSpec().suspend()) {
            return Optional.of(
                    new Closed(Reasons.SUSPENDED, "Suspended: this vCenter is not watched; what is known is kept."));
        }
        String own = uuid(vcenter);
        boolean duplicate = own != null
                && parts.informed().vcenters().stream()
                        .filter(other -> !other.getMetadata()
                                .getUid()
                                .equals(vcenter.getMetadata().getUid()))
                        .filter(other -> parts.vcenterNamespaces()
                                .contains(other.getMetadata().getNamespace()))
                        .filter(other -> own.equals(uuid(other)))
                        .anyMatch(other -> byAge().compare(other, vcenter) < 0);
        return duplicate
                ? Optional.of(new Closed(
                        Reasons.DUPLICATE_VCENTER,
                        "An older VCenter watches the same vCenter (instance UUID " + own
                                + "); delete one of the two."))
                : Optional.empty();
    }

    /** Of a namespace that this operator does not watch: says so, unless its own operator says something. */
    private UpdateControl<VCenter> elsewhere(VCenter vcenter, Context<VCenter> context) {
        Optional<String> shown = Conditions.find(VCenterProjection.old(vcenter).conditions(), ConditionTypes.READY)
                .map(io.fabric8.kubernetes.api.model.Condition::getReason);
        Duration age = Duration.between(
                Instant.parse(vcenter.getMetadata().getCreationTimestamp()),
                parts.clock().instant());
        if (shown.isEmpty() && age.compareTo(OTHERS_FIRST) < 0) {
            return Looks.in(OTHERS_FIRST.minus(age));
        }
        if (shown.isEmpty() || shown.get().equals(Reasons.NAMESPACE_NOT_WATCHED)) {
            Closed why = new Closed(
                    Reasons.NAMESPACE_NOT_WATCHED,
                    "VCenters of this namespace are not watched; create it in one of the operator's --vcenter-namespaces.");
            write(
                    vcenter,
                    VCenterProjection.closed(
                            vcenter, why, 0, null, parts.clock().instant()),
                    context);
        }
        return UpdateControl.noUpdate();
    }

    private boolean write(VCenter vcenter, VCenterStatus status, Context<VCenter> context) {
        return StatusWriter.write(
                vcenter,
                status,
                parts.informed(),
                VCenter::new,
                context,
                parts.wakes().soon(parts.wakes().vcenters));
    }

    private List<VMRecord> records(ResourceID id) {
        return parts.informed().recordsOf(id);
    }

    private @Nullable String uuid(VCenter vcenter) {
        var about = VCenterProjection.old(vcenter).about();
        return about != null
                ? about.instanceUuid()
                : parts.watches()
                        .get(ResourceID.fromResource(vcenter))
                        .flatMap(OpenWatch::view)
                        .map(view -> view.about().instanceUuid())
                        .orElse(null);
    }

    private FullWave wave(ResourceID id) {
        Wave.Shown shown = parts.waves().shown(id);
        return new FullWave(shown.running(), shown.waiting(), shown.next());
    }

    private static Comparator<VCenter> byAge() {
        return Comparator.comparing((VCenter v) -> v.getMetadata().getCreationTimestamp())
                .thenComparing(v -> v.getMetadata().getUid());
    }

    private static String namespace(ResourceID id) {
        return id.getNamespace().orElse("");
    }
}
