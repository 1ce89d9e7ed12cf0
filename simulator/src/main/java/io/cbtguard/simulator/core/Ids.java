package io.cbtguard.simulator.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Makes identifiers: counted ones per kind, and random ones that follow from the seed. */
public final class Ids {
    private final Random random;
    private final Map<String, Integer> counters = new HashMap<>();

    public Ids(long seed) {
        random = new Random(seed);
    }

    /** The next number of a kind, from {@code first} on. */
    public synchronized int next(String kind, int first) {
        return counters.merge(kind, first, (old, ignored) -> old + 1);
    }

    /** The next number of each kind. */
    public synchronized Map<String, Integer> counters() {
        return Map.copyOf(counters);
    }

    /** Goes on counting some kinds from where earlier {@link #counters()} stood: numbers are given out again. */
    public synchronized void restore(Map<String, Integer> earlier, List<String> kinds) {
        for (String kind : kinds) {
            Integer number = earlier.get(kind);
            if (number == null) {
                counters.remove(kind);
            } else {
                counters.put(kind, number);
            }
        }
    }

    public synchronized String uuid() {
        // the bits of a version 4 UUID
        long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /** Lower-case hexadecimal digits. */
    public synchronized String hex(int digits) {
        StringBuilder text = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }

    public synchronized long nextLong() {
        return random.nextLong();
    }
}
