package io.cbtguard.simulator.event;

import io.cbtguard.simulator.core.MoRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds bursts: more than 30 events of one type, object and user in less than 30 seconds (vSphere Monitoring and
 * Performance, "Event burst"). From the 31st on they are not stored; a collector that was there already sees them.
 */
final class BurstFilter {
    private static final int STORED = 30;
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final Map<Identity, Burst> bursts = new LinkedHashMap<>();

    /** What makes two events identical. */
    record Identity(String type, @Nullable MoRef entity, String user) {}

    /** Events of one identity that came close to each other. */
    static final class Burst {
        final Identity identity;
        private final Deque<Instant> times = new ArrayDeque<>();
        private int merged;
        private Instant since = Instant.MIN;

        Burst(Identity identity) {
            this.identity = identity;
        }

        /** How many were merged. */
        int merged() {
            return merged;
        }

        /** When the first was merged. */
        Instant since() {
            return since;
        }

        /** Whether the last event came when no next one could belong to it; a clock that was set back ends it too. */
        private boolean isOver(Instant now) {
            Duration quiet = Duration.between(times.getLast(), now);
            return quiet.isNegative() || quiet.compareTo(WITHIN) >= 0;
        }

        private boolean merges(Instant now) {
            boolean full = times.size() == STORED
                    && Duration.between(times.getFirst(), now).compareTo(WITHIN) < 0;
            if (times.size() == STORED) {
                times.removeFirst();
            }
            times.addLast(now);
            if (full && merged++ == 0) {
                since = now;
            }
            return full;
        }
    }

    /** Bursts that are over by now, and forgets them; such as never merged anything are not told. */
    List<Burst> ended(Instant now) {
        List<Burst> ended = new ArrayList<>();
        Iterator<Burst> all = bursts.values().iterator();
        // the one that was quiet for longest comes first
        while (all.hasNext()) {
            Burst burst = all.next();
            if (!burst.isOver(now)) {
                break;
            }
            all.remove();
            if (burst.merged() > 0) {
                ended.add(burst);
            }
        }
        return ended;
    }

    /** Notes an event; returns its burst when it belongs to one and is to be merged. */
    @Nullable Burst note(Identity identity, Instant now) {
        Burst known = bursts.remove(identity);
        Burst burst = known == null ? new Burst(identity) : known;
        bursts.put(identity, burst);
        return burst.merges(now) ? burst : null;
    }

    void clear() {
        bursts.clear();
    }
}
