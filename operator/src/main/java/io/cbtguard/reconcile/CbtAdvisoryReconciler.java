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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
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

    /** Records that are read for one count; the others are looked at meanwhile by those who keep them. */
    private static final int READ_AT_ONCE = 200;

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
    private record Counted(CBTAdvisoryStatus status, Instant next) {}

    /** How far an advisory reaches, as far as is known. */
    private record Tally(long vms, long suspect, boolean complete) {}

    @Override
    public List<EventSource<?, CBTAdvisory>> prepareEventSources(EventSourceContext<CBTAdvisory> context) {
        parts.informed().advisories(context.getPrimaryCache());
        return List.of(parts.wakes().advisories);
    }

    @Override
    public UpdateControl<CBTAdvisory> reconcile(CBTAdvisory advisory, Context<CBTAdvisory> context) {
        if (!parts.informed().awaitSynced()) {
            return Looks.soon();
        }
        String uid = advisory.getMetadata().getUid();
        Instant now = parts.clock().instant();
        Counted last = counted.get(uid);
        if (last != null && speaksOf(advisory, last.status()) && now.isBefore(last.next())) {
            return Looks.in(Duration.between(now, last.next()));
        }
        Advisory judged = Advisories.judged(advisory);
        Tally tally = tally(judged);
        CBTAdvisoryStatus status = status(advisory, judged, tally, now);
        boolean standsMeanwhile = !tally.complete() && speaksOf(advisory, advisory.getStatus());
        if (!standsMeanwhile && (last == null || !last.status().equals(status))) {
            // another operator's counts are not ours to argue with
            if (!StatusWriter.write(
                    advisory,
                    status,
                    parts.informed(),
                    CBTAdvisory::new,
                    context,
                    parts.wakes().soon(parts.wakes().advisories))) {
                counted.remove(uid); // counted, but not written
                return UpdateControl.noUpdate();
            }
            tellEdge(last, status);
        }
        if (!standsMeanwhile) {
            counted.put(uid, new Counted(status, now.plus(PACE)));
        }
        return tally.complete() ? UpdateControl.noUpdate() : Looks.in(PACE);
    }

    private static boolean speaksOf(CBTAdvisory advisory, @Nullable CBTAdvisoryStatus status) {
        return status != null
                && Objects.equals(
                        status.observedGeneration(), advisory.getMetadata().getGeneration());
    }

    private Tally tally(Advisory advisory) {
        long vms = 0;
        long suspect = 0;
        int unread = 0;
        for (VMRecord record : parts.informed().records()) {
            Optional<Reach> known = parts.reaches().of(record, advisory);
            if (known.isEmpty() && unread++ < READ_AT_ONCE) {
                known = read(record, advisory);
            }
            vms += known.filter(Reach::now).isPresent() ? 1 : 0;
            suspect += known.map(Reach::suspect).orElse(0);
        }
        return new Tally(vms, suspect, unread <= READ_AT_ONCE);
    }

    private Optional<Reach> read(VMRecord record, Advisory advisory) {
        try {
            parts.reaches().seen(parts.store().read(record));
        } catch (RecordException told) { // where the record is kept
            parts.reaches().unreadable(record);
        }
        return parts.reaches().of(record, advisory);
    }

    private CBTAdvisoryStatus status(CBTAdvisory object, Advisory advisory, Tally tally, Instant now) {
        long hosts = parts.watches().all().stream()
                .flatMap(watch -> watch.view().stream())
                .flatMap(view -> view.hosts().stream())
                .filter(host -> Advisories.affects(advisory, host))
                .count();
        return new CBTAdvisoryStatus(
                object.getMetadata().getGeneration(), hosts, tally.vms(), tally.suspect(), conditions(object, now));
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

    private static void tellEdge(@Nullable Counted last, CBTAdvisoryStatus status) {
        String now = status.conditions().getFirst().getReason();
        String before =
                last == null ? "" : last.status().conditions().getFirst().getReason();
        if (!now.equals(before)) {
            LOG.info("{}: {} affected hosts, {} affected VMs", now, status.affectedHosts(), status.affectedVMs());
        }
    }
}
