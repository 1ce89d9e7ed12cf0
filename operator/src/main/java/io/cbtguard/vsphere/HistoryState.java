package io.cbtguard.vsphere;

import io.cbtguard.inventory.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known of a vCenter's history, from one API session to the next. The history's thread, but for the frontier. */
final class HistoryState {
    private final @Nullable Position resumeFrom;
    private @Nullable Position evidence;
    private final TaskTracker tasks;
    private @Nullable EventTail tail;
    private volatile @Nullable Instant lastClock;
    private volatile @Nullable Instant readThrough;
    private @Nullable Position headAtStart;
    private @Nullable Position headBefore;
    private final List<EventTail.Item> items = new ArrayList<>();
    private boolean isFresh;
    private volatile Frontier frontier;

    HistoryState(
            @Nullable Position resumeFrom,
            @Nullable Position evidence,
            Function<String, @Nullable String> snapshotOwner) {
        this.resumeFrom = resumeFrom;
        this.evidence = evidence;
        this.tasks = new TaskTracker(snapshotOwner);
        this.frontier = new Frontier(
                resumeFrom == null ? 0 : resumeFrom.epoch(),
                resumeFrom == null || !resumeFrom.hasKey() ? null : resumeFrom);
    }

    /** Called with vCenter's time at every connection. */
    void begin(Instant now) {
        isFresh = tail == null && resumeFrom == null;
        if (tail == null) {
            tail = new EventTail(resumeFrom == null ? Position.ofTime(0, now) : resumeFrom);
        }
    }

    /** Whether this connection is the first one of a vCenter never watched before: its history is none of ours. */
    boolean isFresh() {
        return isFresh;
    }

    /** What was known at the start beyond where it resumes; null if nothing was, or once it has been looked for in history. */
    @Nullable Position evidence() {
        return evidence;
    }

    void evidenceLookedFor() {
        evidence = null;
    }

    /**
     * A reading begins, or one that failed is taken up again.
     *
     * @return where a new watch has to resume to find again what this reading will find. That is where history stood before the
     *     reading before: tasks are read before events, so a task that ends in between is found one reading later, when the head
     *     may already have passed its end
     */
    Position reading() {
        if (headAtStart == null) {
            headAtStart = tail().head();
        }
        return headBefore == null ? headAtStart : headBefore;
    }

    /** What has been read and not been handed on: a reading that fails half-way must lose nothing. */
    List<EventTail.Item> items() {
        return items;
    }

    /** All that was read has been handed on. */
    void delivered() {
        items.clear();
        headBefore = headAtStart;
        headAtStart = null;
        readThrough = lastClock;
        frontier = tail().frontier();
    }

    EventTail tail() {
        EventTail begun = tail;
        if (begun == null) {
            throw new IllegalStateException("not connected yet");
        }
        return begun;
    }

    TaskTracker tasks() {
        return tasks;
    }

    /** vCenter's time at the last reading. Any thread. */
    @Nullable Instant lastClock() {
        return lastClock;
    }

    /** vCenter's time when the last reading that came to its end began. Any thread. */
    @Nullable Instant readThrough() {
        return readThrough;
    }

    void clock(Instant now) {
        lastClock = now;
    }

    /** How far history has been read and handed on. Any thread. */
    Frontier frontier() {
        return frontier;
    }
}
