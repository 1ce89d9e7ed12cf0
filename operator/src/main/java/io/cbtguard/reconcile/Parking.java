package io.cbtguard.reconcile;

import io.cbtguard.record.RecordRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

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
    private final Map<RecordRef, Instant> failing = new ConcurrentHashMap<>();
    private final Set<RecordRef> parked = ConcurrentHashMap.newKeySet();

    /** @param vcenterOf the name of the VCenter that a record belongs to; empty if that is not known */
    Parking(Clock clock, Function<RecordRef, String> vcenterOf) {
        this.clock = clock;
        this.vcenterOf = vcenterOf;
    }

    /** @return whether it is parked from now on, and was not before */
    boolean failed(RecordRef ref) {
        Instant since = failing.computeIfAbsent(ref, r -> clock.instant());
        boolean patienceOver = clock.instant().isAfter(since.plus(PATIENCE));
        return patienceOver && !parked.contains(ref) && hasRoom(ref) && parked.add(ref);
    }

    private boolean hasRoom(RecordRef ref) {
        String vcenter = vcenterOf.apply(ref);
        return parked.stream()
                        .filter(other -> other.namespace().equals(ref.namespace()))
                        .filter(other -> vcenterOf.apply(other).equals(vcenter))
                        .count()
                < LIMIT;
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

    List<RecordRef> parked(String namespace) {
        return parked.stream().filter(ref -> ref.namespace().equals(namespace)).toList();
    }
}
