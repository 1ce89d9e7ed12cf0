package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.Judge;
import io.cbtguard.judge.Protection;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.Wish;
import io.cbtguard.judge.record.Sighting;
import io.cbtguard.metrics.VmStates;
import io.cbtguard.reconcile.ProtectedVmProjection.Freshness;
import io.cbtguard.reconcile.ProtectedVmProjection.Projected;
import io.cbtguard.record.RecordException;
import io.cbtguard.record.RecordStore.Change;
import io.fabric8.kubernetes.api.model.Namespace;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSourceStartPriority;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binds a ProtectedVM to its VM, and shows what its record says of it. */
@ControllerConfiguration(name = "protectedvm")
final class ProtectedVmReconciler implements Reconciler<ProtectedVM> {
    private static final Logger LOG = LoggerFactory.getLogger(ProtectedVmReconciler.class);
    static final String REQUEST_FULL = "cbtguard.io/request-full";
    private static final Duration AGAIN = Duration.ofSeconds(30);

    /** Does not stand while the VM is being looked up: people have mended it, or it said nothing yet. */
    private static final Set<String> SOON_UNTRUE =
            Set.of(Reason.VCenterNotFound.name(), Reason.PolicyNotFound.name(), Reason.CatchingUp.name());

    private final Parts parts;
    private final VmEvents events;

    ProtectedVmReconciler(Parts parts) {
        this.parts = parts;
        this.events = new VmEvents(parts.client(), parts.clock());
    }

    @Override
    public List<EventSource<?, ProtectedVM>> prepareEventSources(EventSourceContext<ProtectedVM> context) {
        parts.informed().protectedVms(context.getPrimaryCache());
        var namespaces = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Namespace.class, ProtectedVM.class)
                        .withSecondaryToPrimaryMapper(
                                namespace -> parts
                                        .informed()
                                        .protectedVmsIn(namespace.getMetadata().getName())
                                        .stream()
                                        .map(ResourceID::fromResource)
                                        .collect(Collectors.toSet()))
                        .withPrimaryToSecondaryMapper((ProtectedVM vm) -> Set.of())
                        .withWatchAllNamespaces()
                        .build(),
                context);
        namespaces.setEventSourcePriority(
                EventSourceStartPriority.RESOURCE_STATE_LOADER); // synced before "synced" is said
        parts.informed().namespaces(namespaces);
        return List.of(namespaces, parts.wakes().protectedVms);
    }

    @Override
    public UpdateControl<ProtectedVM> reconcile(ProtectedVM vm, Context<ProtectedVM> context) {
        if (!parts.informed().awaitSynced()) {
            return Looks.soon();
        }
        try {
            return guard(vm, context);
        } catch (RecordException e) {
            return troubled(vm, e, context);
        }
    }

    /** What lasts is shown at once; what may pass when nothing is shown yet, or when it has lasted long enough to be parked. */
    private UpdateControl<ProtectedVM> troubled(ProtectedVM vm, RecordException e, Context<ProtectedVM> context) {
        RecordTrouble trouble = RecordTrouble.of(e);
        Standing standing = parts.binder().standing(vm);
        if (standing.record() == null) {
            parts.keeper().failed(e.ref(), e);
        }
        boolean goesOn = trouble.reason() == Reason.RecordNotWritable
                && (standing.record() == null || parts.parking().isParked(e.ref()));
        return trouble.lasts() || goesOn
                ? untold(vm, standing.but(trouble.reason(), trouble.message()), context)
                : Looks.in(AGAIN);
    }

    private UpdateControl<ProtectedVM> guard(ProtectedVM vm, Context<ProtectedVM> context) {
        if (parts.binder().isAnothers(vm)) {
            return UpdateControl.noUpdate();
        }
        Runnable again = () -> parts.wakes().protectedVms.wake(ResourceID.fromResource(vm));
        Standing standing = parts.binder().bind(vm, parts.binder().standing(vm), again);
        if (standing.record() == null || standing.reason() == Reason.NotAllowed) {
            return untold(vm, standing, context);
        }
        Protection rules = parts.protections().of(vm);
        Kept<Boolean> kept = parts.keeper()
                .keep(
                        standing.record(),
                        null,
                        (record, facts) ->
                                new Change<>(Judge.wish(record, facts, rules, wishes(vm, rules, facts.now())), true));
        if (kept.record() == null || kept.facts() == null) {
            return untold(vm, standing.but(obstacle(kept), kept.message()), context);
        }
        if (standing.ready() && kept.learned()) {
            standing = parts.binder().standing(vm); // the view that was learned may have come since
            if (standing.record() == null || standing.reason() == Reason.NotAllowed) {
                return untold(vm, standing, context);
            }
        }
        boolean isAsked = false;
        if (standing.ready() && isLost(kept, again, standing)) {
            Standing next = parts.binder().bindAgain(vm, standing, again);
            if (next.ready() && !next.equals(standing)) {
                again.run(); // another VM now
                return UpdateControl.noUpdate();
            }
            isAsked = next.equals(standing);
            boolean toldBefore =
                    shown(vm).filter(Reason.VMNotFound.name()::equals).isPresent();
            standing = next.ready() && toldBefore
                    ? standing.but(Reason.VMNotFound, "vCenter is asked again whether the VM is there.")
                    : next;
        }
        UpdateControl<ProtectedVM> look = show(vm, standing, kept, rules, context);
        return isAsked ? Looks.within(AGAIN, look) : look;
    }

    private UpdateControl<ProtectedVM> show(
            ProtectedVM vm, Standing standing, Kept<Boolean> kept, Protection rules, Context<ProtectedVM> context) {
        Freshness fresh = Freshnesses.of(parts, vm, kept);
        Duration untilStale = parts.watches().untilStale(Informed.vcenterOf(vm));
        boolean startingUp = !kept.learned() && untilStale.isPositive() && !isSuspended(standing);
        if (startingUp && shows(vm, standing)) {
            measure(vm, vm.getStatus());
            return Looks.in(untilStale); // what is shown may stand for the grace of an outage
        }
        Projected projected = ProtectedVmProjection.of(
                vm,
                standing,
                fresh,
                java.util.Objects.requireNonNull(kept.record()),
                java.util.Objects.requireNonNull(kept.facts()),
                rules);
        write(vm, projected.status(), context);
        Duration next = projected.verdict() == null ? null : projected.verdict().nextLook();
        boolean aging = fresh.current() && !isConnected(vm);
        if (aging && untilStale.isPositive() && (next == null || untilStale.compareTo(next) < 0)) {
            next = untilStale;
        }
        Optional<Duration> planned = PlannedChanges.nextLook(
                vm, rules.rpo(), java.util.Objects.requireNonNull(kept.facts()).now());
        if (planned.isPresent() && (next == null || planned.get().compareTo(next) < 0)) {
            next = planned.get();
        }
        return next == null ? UpdateControl.noUpdate() : Looks.in(next);
    }

    private UpdateControl<ProtectedVM> untold(ProtectedVM vm, Standing standing, Context<ProtectedVM> context) {
        boolean grace = parts.watches().untilStale(Informed.vcenterOf(vm)).isPositive();
        // at a start each VM catches up in steps; a write for each step would make all of them wait longer
        boolean stands = shown(vm)
                .filter(reason -> !SOON_UNTRUE.contains(reason)
                        || reason.equals(standing.reason().name()))
                .isPresent();
        if (standing.passing() && grace && speaksOfThisSpec(vm) && stands) {
            measure(vm, vm.getStatus());
            return Looks.in(AGAIN); // being looked up again: what is shown may stand meanwhile
        }
        Duration left = parts.patience().left(vm, standing);
        if (left.isPositive()) {
            return Looks.in(left);
        }
        write(
                vm,
                ProtectedVmProjection.untold(vm, standing, parts.clock().instant())
                        .status(),
                context);
        return Looks.in(AGAIN);
    }

    private void write(ProtectedVM vm, ProtectedVMStatus status, Context<ProtectedVM> context) {
        if (StatusWriter.write(
                vm,
                status,
                parts.informed(),
                ProtectedVM::new,
                context,
                parts.wakes().soon(parts.wakes().protectedVms))) {
            tellEdges(vm, status);
            parts.patience().forget(vm.getMetadata().getUid());
            events.tell(vm, status);
        }
        measure(vm, status);
    }

    /** A deletion that the cache shows by now may have been told before; one that it does not show is told later. */
    private void measure(ProtectedVM vm, ProtectedVMStatus status) {
        VmStates.Vm id = new VmStates.Vm(
                vm.getMetadata().getNamespace(), vm.getMetadata().getName());
        parts.vmStates().show(id, VmStateOf.status(vm, status));
        if (parts.informed().protectedVm(ResourceID.fromResource(vm)).isEmpty()) {
            parts.vmStates().remove(id);
        }
    }

    private static void tellEdges(ProtectedVM vm, ProtectedVMStatus status) {
        List<io.fabric8.kubernetes.api.model.Condition> before =
                vm.getStatus() == null ? List.of() : vm.getStatus().conditions();
        for (var now : status.conditions()) {
            boolean followsReady = status.vm() == null && !now.getType().equals(ConditionTypes.READY);
            Optional<String> old = Conditions.find(before, now.getType()).map(c -> c.getStatus() + c.getReason());
            if (!followsReady && !old.equals(Optional.of(now.getStatus() + now.getReason()))) {
                LOG.info("{}={} ({}): {}", now.getType(), now.getStatus(), now.getReason(), now.getMessage());
            }
        }
    }

    /** Whether the bound VM is gone for longer than the grace; a live read comes before that is said. */
    private boolean isLost(Kept<Boolean> kept, Runnable again, Standing standing) {
        if (!kept.learned() || kept.record() == null || kept.facts() == null) {
            return false;
        }
        VirtualMachine vm = kept.facts().vm();
        Sighting sighting = kept.record().value().sighting();
        if (vm != null || (sighting != null && sighting.lostSince() == null)) {
            return false;
        }
        Duration lost = sighting == null || sighting.lostSince() == null
                ? Binder.LOST_GRACE
                : Duration.between(sighting.lostSince().time(), kept.facts().now());
        if (lost.compareTo(Binder.LOST_GRACE) < 0) {
            parts.wakes().after(Binder.LOST_GRACE.minus(lost).plusSeconds(1), again);
            return false;
        }
        return standing.vcenter() != null;
    }

    private boolean isConnected(ProtectedVM vm) {
        return parts.watches()
                .get(Informed.vcenterOf(vm))
                .filter(OpenWatch::connected)
                .isPresent();
    }

    private boolean isSuspended(Standing standing) {
        return standing.vcenter() == null || standing.vcenter().getSpec().suspend();
    }

    /** Whether the status speaks of this spec and of this standing. */
    private static boolean shows(ProtectedVM vm, Standing standing) {
        return speaksOfThisSpec(vm)
                && shown(vm).filter(standing.reason().name()::equals).isPresent();
    }

    private static boolean speaksOfThisSpec(ProtectedVM vm) {
        return vm.getMetadata().getGeneration() != null
                && vm.getStatus() != null
                && vm.getMetadata().getGeneration().equals(vm.getStatus().observedGeneration());
    }

    private static Optional<String> shown(ProtectedVM vm) {
        return vm.getStatus() == null
                ? Optional.empty()
                : Conditions.find(vm.getStatus().conditions(), ConditionTypes.READY)
                        .map(io.fabric8.kubernetes.api.model.Condition::getReason);
    }

    private static Reason obstacle(Kept<Boolean> kept) {
        return kept.obstacle() == null ? Reason.CatchingUp : kept.obstacle();
    }

    private static List<Wish> wishes(ProtectedVM vm, Protection rules, Instant now) {
        Map<String, String> annotations = vm.getMetadata().getAnnotations();
        @Nullable String token = annotations == null ? null : annotations.get(REQUEST_FULL);
        List<Wish> wishes = new ArrayList<>(PlannedChanges.wishes(vm, rules.rpo(), now));
        if (token != null && !token.isBlank()) {
            wishes.add(new Wish(Reason.FullRequested, RequestTokens.of(token), "A full was asked for by annotation."));
        }
        return wishes;
    }
}
