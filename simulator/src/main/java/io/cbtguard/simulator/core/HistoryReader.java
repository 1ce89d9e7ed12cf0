package io.cbtguard.simulator.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * The scrollable view of a history collector. It starts at the oldest entry; reading forward gives old before new,
 * reading backward new before old.
 */
public final class HistoryReader<T> {
    private final History<T> history;
    private final Predicate<T> filter;
    private int pageSize = 10;
    private long position;

    public HistoryReader(History<T> history, Predicate<T> filter) {
        this.history = history;
        this.filter = filter;
        rewind();
    }

    public boolean accepts(T entry) {
        return filter.test(entry);
    }

    public void setPageSize(int size) {
        if (size < 1 || size > 1000) {
            throw Faults.invalidArgument("maxCount");
        }
        pageSize = size;
    }

    /** To the oldest entry. */
    public void rewind() {
        position = history.first();
    }

    /** To just before the newest page. */
    public void reset() {
        position = history.end();
        previous(pageSize);
    }

    public List<T> next(int count) {
        List<T> page = new ArrayList<>();
        position = Math.max(position, history.first());
        while (page.size() < bounded(count) && position < history.end()) {
            T entry = history.get(position++);
            if (filter.test(entry)) {
                page.add(entry);
            }
        }
        return page;
    }

    public List<T> previous(int count) {
        List<T> page = new ArrayList<>();
        while (page.size() < bounded(count) && position > history.first()) {
            T entry = history.get(--position);
            if (filter.test(entry)) {
                page.add(entry);
            }
        }
        return page;
    }

    /** The newest page, newest first, wherever the scrollable view stands. */
    public List<T> latest() {
        return latest(pageSize);
    }

    private List<T> latest(int count) {
        List<T> page = new ArrayList<>();
        for (long at = history.end() - 1; at >= history.first() && page.size() < count; at--) {
            T entry = history.get(at);
            if (filter.test(entry)) {
                page.add(entry);
            }
        }
        return page;
    }

    /** The newest entries, oldest first. */
    public List<T> newest(int count) {
        List<T> page = latest(count);
        Collections.reverse(page);
        return page;
    }

    private static int bounded(int count) {
        if (count < 1) {
            throw Faults.invalidArgument("maxCount");
        }
        return Math.min(count, 1000);
    }
}
