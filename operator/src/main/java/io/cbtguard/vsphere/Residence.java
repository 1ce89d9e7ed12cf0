package io.cbtguard.vsphere;

import io.cbtguard.inventory.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which VMs were on a host at a time, as far as the moves in one stretch of history and the present say: before a VM's first move
 * after that time it was where that move came from, else where its last move led, else where it is now.
 */
final class Residence {
    private final Map<String, List<Move>> moves = new HashMap<>();

    private record Move(
            Position at, @Nullable String from, @Nullable String to) {}

    void moved(String vm, Position at, @Nullable String from, @Nullable String to) {
        moves.computeIfAbsent(vm, none -> new ArrayList<>()).add(new Move(at, from, to));
    }

    /**
     * @param here VMs that are on the host now
     * @return VMs that may have been on it at that time
     */
    Set<String> on(String host, Position at, Collection<String> here) {
        Set<String> found = new HashSet<>();
        for (String vm : here) {
            if (!moves.containsKey(vm)) {
                found.add(vm);
            }
        }
        moves.forEach((vm, all) -> {
            if (wasOn(host, at, all)) {
                found.add(vm);
            }
        });
        return found;
    }

    private static boolean wasOn(String host, Position at, List<Move> moves) {
        String last = null;
        for (Move move : moves) {
            if (at.isBefore(move.at())) {
                // Where a move does not say its source, the one before says where it was; without one, it may be this
                // host.
                String source = move.from() != null ? move.from() : last;
                return source == null || host.equals(source);
            }
            last = move.to();
        }
        return last == null || host.equals(last);
    }
}
