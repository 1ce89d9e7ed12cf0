package io.cbtguard.simulator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A log that grows at one end and is forgotten at the other. Entries have sequence numbers that are never used again, so
 * that a reader's position stays meaningful whatever is dropped meanwhile.
 */
public final class History<T> {
    private final List<T> entries = new ArrayList<>();
    private int head;
    private long dropped;

    /** The sequence number of the oldest entry kept, or of the next one when none is. */
    public long first() {
        return dropped;
    }

    /** The sequence number that the next entry will get. */
    public long end() {
        return dropped + size();
    }

    public int size() {
        return entries.size() - head;
    }

    public T get(long sequence) {
        return entries.get(head + (int) (sequence - dropped));
    }

    public void append(T entry) {
        entries.add(entry);
    }

    /** Forgets from the old end as long as entries match. */
    public void dropWhile(Predicate<T> old) {
        while (size() > 0 && old.test(entries.get(head))) {
            dropOldest();
        }
    }

    public void keepAtMost(int count) {
        while (size() > count) {
            dropOldest();
        }
    }

    public void clear() {
        keepAtMost(0);
    }

    /** What is kept, oldest first. */
    public List<T> all() {
        return List.copyOf(entries.subList(head, entries.size()));
    }

    /** Forgets all and keeps these instead, under new sequence numbers. */
    public void replace(List<T> others) {
        clear();
        entries.addAll(others);
    }

    private void dropOldest() {
        head++;
        dropped++;
        if (head > 1024 && head > entries.size() / 2) {
            entries.subList(0, head).clear();
            head = 0;
        }
    }
}
