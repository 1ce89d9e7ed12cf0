package io.cbtguard.reconcile;

import io.cbtguard.judge.Reason;
import io.cbtguard.record.RecordRef;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Records that cannot be written. After a minute such a record is parked: the VCenter's cursor moves past what it does not hold, its
 * name is written down in the same write, and once it can be written its history is read again from its own evidence.
 */
final class Parking {
    static final Duration PATIENCE = Duration.ofMinutes(1);
    /** As many of one VCenter as its {@code status.parked} may hold; when it is full that VCenter's cursor stops. */
    static final int LIMIT = 256;

    private final Clock clock;
    private final Function<RecordRef, String> vcenterOf;
    private final Map<RecordRef, Failing> failing = new ConcurrentHashMap<>();
    private final Set<RecordRef> parked = ConcurrentHashMap.newKeySet();

    /** @param vcenterOf the name of the VCenter that a record belongs to; empty if that is not known */
    Parking(Clock clock, Function<RecordRef, String> vcenterOf) {
        this.clock = clock;
        this.vcenterOf = vcenterOf;
    }

    /** Since when a record cannot be used, and why, as was last seen. */
    private record Failing(Instant since, RecordTrouble why) {}

    /** @return whether it is parked from now on, and was not before */
    boolean failed(RecordRef ref, RecordTrouble why) {
        Failing now = failing.merge(
                ref, new Failing(clock.instant(), why), (first, latest) -> new Failing(first.since(), why));
        boolean patienceOver = clock.instant().isAfter(now.since().plus(PATIENCE));
        return patienceOver && !parked.contains(ref) && hasRoom(ref) && parked.add(ref);
    }

    private boolean hasRoom(RecordRef ref) {
        String vcenter = vcenterOf.apply(ref);
        return parked.stream()
                        .filter(other -> isOf(other, ref.namespace(), vcenter))
                        .count()
                < LIMIT;
    }

    private boolean isOf(RecordRef ref, String namespace, String vcenter) {
        return ref.namespace().equals(namespace) && vcenterOf.apply(ref).equals(vcenter);
    }

    /** There is no such record any more. */
    void gone(String ref) {
        failing.keySet().removeIf(known -> known.toString().equals(ref));
        parked.removeIf(known -> known.toString().equals(ref));
    }

    boolean isFailing(RecordRef ref) {
        return failing.containsKey(ref);
    }

    /** @return whether it was parked */
    boolean written(RecordRef ref) {
        failing.remove(ref);
        return parked.remove(ref);
    }

    /** It was parked before this process started. */
    void restore(RecordRef ref) {
        parked.add(ref);
    }

    boolean isParked(RecordRef ref) {
        return parked.contains(ref);
    }

    /** How many records of a VCenter are parked, or need somebody to do something about them, by reason. */
    Map<String, Integer> blocked(ResourceID vcenter) {
        Set<RecordRef> blocked = new HashSet<>(parked);
        failing.forEach((ref, now) -> {
            if (now.why().lasts()) {
                blocked.add(ref);
            }
        });
        return blocked.stream()
                .filter(ref -> isOf(ref, vcenter.getNamespace().orElse(""), vcenter.getName()))
                .collect(Collectors.toMap(this::reason, ref -> 1, Integer::sum));
    }

    /** What was parked before this process started has shown no reason yet. */
    private String reason(RecordRef ref) {
        Failing now = failing.get(ref);
        return now != null && now.why().lasts() ? now.why().reason().name() : Reason.RecordNotWritable.name();
    }

    List<RecordRef> parked(String namespace) {
        return parked.stream().filter(ref -> ref.namespace().equals(namespace)).toList();
    }
}
