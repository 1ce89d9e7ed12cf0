package io.cbtguard;

import io.cbtguard.AuditedWrites.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who led after whom, and what former leaders still wrote, by the audit log alone. */
final class Succession {
    private final List<Write> writes;
    /** In the order of the first write that was taken of each. */
    private final List<String> leaders = new ArrayList<>();

    private final Map<String, Instant> firsts = new HashMap<>();

    Succession(List<Write> writes) {
        this.writes =
                writes.stream().sorted((a, b) -> a.done().compareTo(b.done())).toList();
        for (Write write : this.writes) {
            if (write.isAccepted() && firsts.putIfAbsent(write.holder(), write.done()) == null) {
                leaders.add(write.holder());
            }
        }
    }

    List<String> leaders() {
        return leaders;
    }

    /** How many writes were taken. */
    int taken() {
        return (int) writes.stream().filter(Write::isAccepted).count();
    }

    /** When the first write of whoever led next after a time was taken. */
    Instant firstWriteAfter(Instant time) {
        return leaders.stream()
                .map(firsts::get)
                .filter(first -> first.isAfter(time))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody led after " + time + "; leaders: " + firsts));
    }

    /** Writes that came after the first one of a later leader, taken or not. */
    List<Write> late() {
        List<Write> late = new ArrayList<>();
        int newest = -1;
        for (Write write : writes) {
            int rank = leaders.indexOf(write.holder());
            if (rank >= 0 && rank < newest) {
                late.add(write);
            }
            newest = Math.max(newest, write.isAccepted() ? rank : -1);
        }
        return late;
    }

    /** How long after the first write of the one who led then. */
    Duration lateness(Write late) {
        String successor = leaders.get(leaders.indexOf(late.holder()) + 1);
        return Duration.between(firsts.get(successor), late.done());
    }

    /** Late writes that were taken on an object that a later leader had written: there must be none. */
    List<Write> overwritten() {
        List<Write> wrong = new ArrayList<>();
        Map<String, Integer> newest = new HashMap<>();
        for (Write write : writes) {
            if (write.isAccepted()) {
                int rank = leaders.indexOf(write.holder());
                if (newest.merge(write.object(), rank, Math::max) > rank) {
                    wrong.add(write);
                }
            }
        }
        return wrong;
    }
}
