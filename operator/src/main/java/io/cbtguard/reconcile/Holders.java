package io.cbtguard.reconcile;

import io.cbtguard.inventory.Position;
import io.cbtguard.record.RecordRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which records take in the history of which VM, and how far each of them holds it. Mostly there is one; two when the VM's instance
 * UUID changed, or another VM took its moRef.
 */
final class Holders {
    private final Map<String, Map<RecordRef, Held>> byVm = new HashMap<>();

    private record Held(Instant since, @Nullable Position through) {}

    void add(RecordRef ref, String moRef, Instant now) {
        of(moRef).putIfAbsent(ref, new Held(now, null));
    }

    void holds(RecordRef ref, String moRef, Position through, Instant now) {
        of(moRef)
                .compute(
                        ref,
                        (r, held) -> held == null
                                ? new Held(now, through)
                                : new Held(held.since(), later(held.through(), through)));
    }

    private Map<RecordRef, Held> of(String moRef) {
        return byVm.computeIfAbsent(moRef, vm -> new HashMap<>(2));
    }

    /** @return whether it was there */
    boolean remove(RecordRef ref, String moRef) {
        Map<RecordRef, Held> records = byVm.get(moRef);
        if (records == null || records.remove(ref) == null) {
            return false;
        }
        if (records.isEmpty()) {
            byVm.remove(moRef);
        }
        return true;
    }

    boolean any(String moRef) {
        return byVm.containsKey(moRef);
    }

    /** Up to where every record of this VM holds its history; null if one has not said so yet, or there is none. */
    @Nullable Position least(String moRef) {
        Position least = null;
        for (Held held : byVm.getOrDefault(moRef, Map.of()).values()) {
            if (held.through() == null) {
                return null;
            }
            least = least == null ? held.through() : Position.earlier(least, held.through());
        }
        return least;
    }

    /** Lets go of what was added before this time and is not among these records. */
    void removeOthers(Map<RecordRef, String> records, Instant before) {
        byVm.entrySet().removeIf(vm -> {
            vm.getValue()
                    .entrySet()
                    .removeIf(e -> e.getValue().since().isBefore(before)
                            && !vm.getKey().equals(records.get(e.getKey())));
            return vm.getValue().isEmpty();
        });
    }

    private static Position later(@Nullable Position known, Position through) {
        return known == null ? through : Position.later(known, through);
    }
}
