package io.cbtguard.simulator.soap;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts calls by operation, so that a test can say what a client did and did not ask. */
public final class Journal {
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

    void record(String method) {
        calls.computeIfAbsent(method, key -> new LongAdder()).increment();
    }

    /** Calls so far, by operation name. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        calls.forEach((method, count) -> counts.put(method, count.sum()));
        return counts;
    }

    public long count(String method) {
        LongAdder count = calls.get(method);
        return count == null ? 0 : count.sum();
    }

    public void clear() {
        calls.clear();
    }
}
