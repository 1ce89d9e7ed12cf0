package io.cbtguard.vsphere;

import com.vmware.vim25.ArrayOfManagedObjectReference;
import com.vmware.vim25.Event;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.VimPortType;
import io.cbtguard.inventory.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the two histories of one API session, events and tasks, to their present end. What it knows of them
 * ({@link HistoryState}) outlives the session. One thread.
 */
final class HistoryTail implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HistoryTail.class);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(1);
    private static final int COLLECTORS_AT_ONCE = 5;
    /** A server without {@code latestEvent} gives no sign when its collector has lost its place: it is replaced in time. */
    private static final int EVENTS_PER_COLLECTOR = 500;

    /** On such a server a collector that overflowed between two readings gives nothing more, however little it gave before. */
    private static final int SILENT_READINGS = 3;

    private final ApiSession session;
    private final VimPortType port;
    private final PropertyReads reads;
    private final HistoryState state;
    private final Delivery delivery;
    private @Nullable EventReader reader;
    /** The latest event there was when all events were last read; it need not be visible to the account. */
    private @Nullable Long latestRead;

    private int silent;

    private @Nullable Instant ignoreTasksUntil;

    HistoryTail(ApiSession session, HistoryState state, Delivery delivery) {
        this.session = session;
        this.port = session.port();
        this.reads = new PropertyReads(port, session.content().getPropertyCollector());
        this.state = state;
        this.delivery = delivery;
    }

    /** Begins where the last session ended, or where the last watch's cursor stood, or now. */
    void connect() throws Exception {
        Instant now = now();
        state.begin(now);
        if (state.isFresh()) {
            ignoreTasksUntil = now;
        } else {
            ignoreTasksUntil = state.tail().head().time().minus(CLOCK_TOLERANCE);
            state.reading();
            checkClock(now);
            checkKept(now);
            checkEvidence(now);
        }
        reopen();
        for (TaskInfo info : TaskReader.read(
                port, session.content().getTaskManager(), state.tail().readFrom(), null)) {
            state.tasks().update(info, state.tail().head(), ignoreTasksUntil);
        }
    }

    Instant now() throws Exception {
        return VimTime.instant(port.currentTime(ApiSession.serviceInstance()));
    }

    VimPortType port() {
        return port;
    }

    /**
     * Reads events and tasks to the end.
     *
     * @return VMs that have new occurrences or other tasks in flight
     */
    Set<String> read() throws Exception {
        Instant now = now();
        Position resume = state.reading();
        if (checkClock(now)) {
            reopen();
        }
        Map<ManagedObjectReference, String> paths = new LinkedHashMap<>();
        paths.put(session.content().getTaskManager(), "recentTask");
        paths.put(session.content().getEventManager(), "latestEvent");
        Map<String, Object> present = reads.readSingles(paths);
        readTasks(present.get("recentTask"), resume, now);
        Long latest = present.get("latestEvent") instanceof Event event ? (long) event.getKey() : null;
        readEvents(latest, now);
        handOn(now);
        return delivery.finish(resume, read(now));
    }

    private void handOn(Instant now) {
        delivery.take(state.items(), state.reading(), read(now));
        state.items().clear();
    }

    private Position read(Instant now) {
        return Position.ofTime(state.tail().epoch(), now);
    }

    /**
     * A new watch knows vCenter's time from its cursor alone. A step smaller than the time that nobody watched is not seen.
     *
     * @return whether the clock has stepped back: then everything has to be read from the present time on
     */
    private boolean checkClock(Instant now) throws Exception {
        Instant last = Objects.requireNonNullElse(
                state.lastClock(), state.tail().head().time());
        state.clock(now);
        if (!now.isBefore(last.minus(CLOCK_TOLERANCE))) {
            return false;
        }
        Position head = state.tail().head();
        boolean isHeadThere = head.hasKey() && EventReader.holds(port, session, head);
        state.tail().clockSteppedBack(last, now, isHeadThere, state.items());
        ignoreTasksUntil = now.minus(CLOCK_TOLERANCE);
        return true;
    }

    /** What marks a head without an event is its time alone. */
    private void checkKept(Instant now) {
        EventTail tail = state.tail();
        if (tail.head().hasKey()) {
            return;
        }
        Duration kept = Retention.read(port, session);
        if (kept != null && tail.readThrough().isBefore(now.minus(kept))) {
            tail.expired(now, state.items());
        }
    }

    /**
     * Records are written at once, the cursor every few seconds: a history that went back to between the two has the cursor's event
     * and not theirs.
     */
    private void checkEvidence(Instant now) throws Exception {
        EventTail tail = state.tail();
        Position evidence = state.evidence();
        if (evidence == null) {
            return;
        }
        // without the head's own event there is a gap anyway
        boolean isComparable = evidence.hasKey()
                && evidence.epoch() == tail.epoch()
                && (!tail.head().hasKey() || EventReader.holds(port, session, tail.head()));
        if (isComparable && !EventReader.holds(port, session, evidence)) {
            tail.wentBack(evidence, now, state.items());
            ignoreTasksUntil = now.minus(CLOCK_TOLERANCE);
        }
        state.evidenceLookedFor();
    }

    private void readTasks(@Nullable Object recent, Position resume, Instant now) throws Exception {
        List<String> keys = new ArrayList<>();
        if (recent instanceof ArrayOfManagedObjectReference refs) {
            refs.getManagedObjectReference().forEach(ref -> keys.add(ref.getValue()));
        }
        List<String> ask = state.tasks().toAsk(keys);
        Set<String> gone = new HashSet<>(ask);
        reads.read("Task", ask, List.of("info"), (key, properties) -> {
            if (properties.get("info") instanceof TaskInfo info) {
                gone.remove(key);
                state.tasks().update(info, resume, ignoreTasksUntil);
            }
        });
        gone.retainAll(state.tasks().openKeys());
        if (!gone.isEmpty()) {
            lookUp(gone, now);
        }
    }

    /** Tasks whose objects have gone before their outcome was seen: history still has it, or nobody has. */
    private void lookUp(Set<String> gone, Instant now) throws Exception {
        Instant since = state.tasks().earliestQueued(gone, now);
        for (TaskInfo info : TaskReader.read(port, session.content().getTaskManager(), since.minusSeconds(1), null)) {
            if (gone.remove(info.getKey())) {
                state.tasks().update(info, state.tail().head(), null);
            }
        }
        gone.forEach(key -> state.tasks().vanished(key, now));
    }

    private void readEvents(@Nullable Long latest, Instant now) throws Exception {
        EventTail tail = state.tail();
        // Compared for equality only: a smaller key is news too, the worst there is.
        if (latest != null && latest.equals(latestRead) && !tail.isCatchingUp()) {
            return;
        }
        int read = readToEnd(now);
        boolean isStalled = latest != null && read == 0 && !tail.hasRead(latest);
        silent = read == 0 ? silent + 1 : 0;
        boolean isUsedUp =
                latest == null && reader != null && (reader.read() > EVENTS_PER_COLLECTOR || silent >= SILENT_READINGS);
        if (isStalled || isUsedUp) {
            reopen();
            readToEnd(now);
            if (latest != null && !tail.hasRead(latest)) {
                log.debug("event {} is not shown to this account", latest);
            }
        }
        latestRead = latest;
    }

    /** @return how many events the last collector gave */
    private int readToEnd(Instant now) throws Exception {
        for (int lost = 0; reader != null; lost++) {
            EventReader current = reader;
            int before = current.read();
            try {
                if (EventPages.read(current::next, state.tail(), state.items(), () -> handOn(now))) {
                    state.tail().ended(now, state.items());
                }
                return current.read() - before;
            } catch (Exception thrown) {
                if (VimFault.of(thrown) != VimFault.OBJECT_GONE || lost >= COLLECTORS_AT_ONCE) {
                    throw thrown;
                }
                log.info("event collector lost, reading from the last event on");
                reopen();
            }
        }
        return 0;
    }

    private void reopen() throws Exception {
        if (reader != null) {
            reader.close();
        }
        Position head = state.tail().head();
        silent = 0;
        state.tail().reconnected(head.hasKey() && EventReader.holds(port, session, head));
        reader = EventReader.open(
                port, session.content().getEventManager(), state.tail().readFrom(), null);
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
