package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.ProtectedVMSpec.PlannedChange;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fulls that announced changes ask for: one in the time before, one from its time on. */
final class PlannedChanges {
    private static final Duration LEAD = Duration.ofHours(24);

    private PlannedChanges() {}

    /**
     * @param rpo how long before a change its first full is due; null: 24 hours
     * @param now vCenter's time
     */
    static List<Wish> wishes(ProtectedVM vm, @Nullable Duration rpo, Instant now) {
        return timed(vm)
                .filter(change -> !now.isBefore(begin(change, rpo)))
                .map(change -> now.isBefore(change.at()) ? before(change) : after(change))
                .toList();
    }

    /** How long until one of them asks for another full; empty if none will. */
    static Optional<Duration> nextLook(ProtectedVM vm, @Nullable Duration rpo, Instant now) {
        return timed(vm)
                .flatMap(change -> Stream.of(begin(change, rpo), change.at()))
                .filter(now::isBefore)
                .min(Comparator.naturalOrder())
                .map(edge -> Duration.between(now, edge).plusSeconds(1));
    }

    private record Timed(PlannedChange change, Instant at) {}

    /** One whose time cannot be read was stored before the CRD refused it: it asks for a full now, as it may be near. */
    private static Stream<Timed> timed(ProtectedVM vm) {
        return vm.getSpec().plannedChanges().stream()
                .map(change -> new Timed(change, GivenTimes.read(change.at()).orElse(Instant.EPOCH)));
    }

    private static Wish before(Timed change) {
        return new Wish(
                Reason.PlannedChange,
                token(change) + "/before",
                "Planned change " + text(change) + ": a full backup is wanted before it.");
    }

    private static Wish after(Timed change) {
        return new Wish(
                Reason.PlannedChange,
                token(change) + "/after",
                "Planned change " + text(change) + ": a full backup is wanted after it.");
    }

    private static String token(Timed timed) {
        return "plannedChanges/" + timed.change().name() + "@" + timed.at();
    }

    private static String text(Timed timed) {
        PlannedChange change = timed.change();
        String description = change.description();
        return change.name() + " at " + change.at() + (description == null ? "" : " (" + description + ")");
    }

    private static Instant begin(Timed change, @Nullable Duration rpo) {
        return change.at().minus(rpo == null ? LEAD : rpo);
    }
}
