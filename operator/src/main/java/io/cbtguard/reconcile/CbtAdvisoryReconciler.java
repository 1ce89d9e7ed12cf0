package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.CBTAdvisoryStatus;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.judge.Advisory;
import io.cbtguard.judge.Reach;
import io.cbtguard.record.RecordException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how far an advisory reaches. What it means for records is judged where records are kept; this only counts, at a pace that
 * leaves the machine to others.
 */
@ControllerConfiguration(name = "cbtadvisory")
final class CbtAdvisoryReconciler implements Reconciler<CBTAdvisory> {
    private static final Logger LOG = LoggerFactory.getLogger(CbtAdvisoryReconciler.class);
    private static final Duration PACE = Duration.ofSeconds(2);
    /** Counting takes at most one part in so many of the time. */
    private static final int SHARE = 5;

    private final Parts parts;
    private final Map<String, Counted> counted = new ConcurrentHashMap<>();

    CbtAdvisoryReconciler(Parts parts) {
        this.parts = parts;
        parts.wakes().whenGone(counted::remove);
    }

    /**
     * @param status as it was counted, and written
     * @param next when to count again at the earliest
     */
    private record Counted(CBTAdvisoryStatus status, Reached reached, Instant next) {}

    @Override
    public List<EventSource<?, CBTAdvisory>> prepareEventSources(EventSourceContext<CBTAdvisory> context) {
        parts.informed().advisories(context.getPrimaryCache());
        return List.of(parts.wakes().advisories);
    }

    @Override
    public UpdateControl<CBTAdvisory> reconcile(CBTAdvisory advisory, Context<CBTAdvisory> context) {
        if (!parts.informed().synced()) {
            return Looks.soon();
        }
        String uid = advisory.getMetadata().getUid();
        Instant now = parts.clock().instant();
        Counted last = counted.get(uid);
        boolean sameSpec = last != null
                && Objects.equals(
                        last.status().observedGeneration(),
                        advisory.getMetadata().getGeneration());
        if (last != null && sameSpec && now.isBefore(last.next())) {
            return Looks.in(Duration.between(now, last.next()));
        }
        long began = System.nanoTime();
        Advisory judged = Advisories.judged(advisory);
        Reached reached = (last == null ? new Reached(judged) : last.reached())
                .next(judged, parts.informed().records(), record -> reach(record, judged));
        CBTAdvisoryStatus status = status(advisory, reached, now);
        Duration cost = Duration.ofNanos(System.nanoTime() - began).multipliedBy(SHARE);
        counted.put(uid, new Counted(status, reached, now.plus(cost.compareTo(PACE) > 0 ? cost : PACE)));
        if (last == null || !last.status().equals(status)) { // another operator's counts are not ours to argue with
            if (StatusWriter.write(
                    advisory, status, CBTAdvisory::new, context, parts.wakes().soon(parts.wakes().advisories))) {
                tellEdge(last, status);
            } else {
                counted.remove(uid); // counted, but not written
            }
        }
        return UpdateControl.noUpdate();
    }

    private CBTAdvisoryStatus status(CBTAdvisory object, Reached reached, Instant now) {
        long hosts = parts.watches().all().stream()
                .flatMap(watch -> watch.view().stream())
                .flatMap(view -> view.hosts().stream())
                .filter(host -> Advisories.affects(reached.advisory(), host))
                .count();
        return new CBTAdvisoryStatus(
                object.getMetadata().getGeneration(),
                hosts,
                reached.vms(),
                reached.suspectPoints(),
                conditions(object, now));
    }

    private Reach reach(VMRecord record, Advisory advisory) {
        try {
            return Reach.of(parts.store().read(record).value(), advisory);
        } catch (RecordException unreadable) {
            return new Reach(false, 0); // told once where the record is kept
        }
    }

    private List<io.fabric8.kubernetes.api.model.Condition> conditions(CBTAdvisory advisory, Instant now) {
        String standing = parts.advisories().standing(advisory);
        List<io.fabric8.kubernetes.api.model.Condition> before =
                advisory.getStatus() == null ? List.of() : advisory.getStatus().conditions();
        return new Conditions(
                        before,
                        Objects.requireNonNullElse(advisory.getMetadata().getGeneration(), 0L),
                        now)
                .set(
                        ConditionTypes.READY,
                        standing.equals(Reasons.OVERRIDES_NOTHING) ? "False" : "True",
                        standing,
                        message(standing, advisory))
                .list();
    }

    private static String message(String standing, CBTAdvisory advisory) {
        return switch (standing) {
            case Reasons.OVERRIDDEN -> "Another advisory replaces this one: it raises no new findings.";
            case Reasons.DISABLED -> "Switched off: it raises no new findings; those it has raised stay.";
            case Reasons.OVERRIDES_NOTHING ->
                "It counts, but " + advisory.getSpec().overrides()
                        + ", which spec.overrides names, is no bundled advisory: correct the name or remove the field.";
            default -> "It counts for every VM.";
        };
    }

    private static void tellEdge(@org.jspecify.annotations.Nullable Counted last, CBTAdvisoryStatus status) {
        String now = status.conditions().getFirst().getReason();
        String before =
                last == null ? "" : last.status().conditions().getFirst().getReason();
        if (!now.equals(before)) {
            LOG.info("{}: {} affected hosts, {} affected VMs", now, status.affectedHosts(), status.affectedVMs());
        }
    }
}
