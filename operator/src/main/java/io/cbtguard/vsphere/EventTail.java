package io.cbtguard.vsphere;

import com.vmware.vim25.Event;
import com.vmware.vim25.TaskEvent;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The order of the event history: gives every event its position once, and says where history broke. After each connection it is
 * read again from a little before the last event: that one must be there, unchanged, else what lay between is a gap. Lives as
 * long as the watch; the collector it reads from does not. One thread.
 */
final class EventTail {
    /** Read again before the last event, for what was written late and for the links of tasks. */
    static final Duration OVERLAP = Occurrence.TOLD_LATE;

    /** Keys may be written a little out of order; further back they have fallen. */
    private static final int LATE = 10_000;

    private static final int REMEMBERED = 10_000;

    private int epoch;
    private Position head;
    private boolean isCatchingUp = true;
    private boolean isCursorSeen;
    private final List<Read> early = new ArrayList<>();
    private long highestSkipped = Position.NO_KEY;
    private Instant highestSkippedTime = Instant.EPOCH;
    private @Nullable Position lastSkipped;
    /** A reading of this watch has ended: what stood there then was told. */
    private boolean hasRead;
    /** vCenter's time when reading last ended; the head's own may be later where the clock stepped back after it. */
    private Instant readAt = Instant.MAX;
    /** Up to this key all was handled before the clock stepped back, also what it then dated later than now. */
    private long handledBefore = Position.NO_KEY;

    private final Map<Long, Boolean> seen = new Remembered<>(REMEMBERED);

    /** What reading yields, in order. */
    sealed interface Item {
        /**
         * @param at its position
         * @param previous of the event read before it, whether that mattered or not
         * @param isLate whether events after it were read before it
         */
        record Happened(Event event, Position at, Position previous, boolean isLate) implements Item {}

        /** A task's event from before the start, read only for what it links, or any event that has been handled. */
        record Known(Event event, Position at) implements Item {}

        /** Nothing is known of what lies between. */
        record Gap(Position from, Position to, String why) implements Item {}
    }

    /** @param event null if it says nothing about change IDs */
    private record Read(@Nullable Event event, long key, Instant time) {}

    /** @param head the last event handled; without a key, the time from which on events count */
    EventTail(Position head) {
        this.head = head;
        this.epoch = head.epoch();
    }

    Position head() {
        return head;
    }

    int epoch() {
        return epoch;
    }

    Frontier frontier() {
        return new Frontier(epoch, head.hasKey() ? head : null);
    }

    /** From where a new collector has to read. */
    Instant readFrom() {
        Instant last = head.time().isBefore(readAt) ? head.time() : readAt;
        return last.minus(OVERLAP);
    }

    /** Whether the last event handled has yet to be found again. */
    boolean isCatchingUp() {
        return isCatchingUp;
    }

    /**
     * A new collector is read from {@link #readFrom} on.
     *
     * @param isHeadThere whether the last event handled was found, unchanged
     */
    void reconnected(boolean isHeadThere) {
        isCatchingUp = true;
        isCursorSeen = isHeadThere;
        early.clear();
        highestSkipped = Position.NO_KEY;
        lastSkipped = null;
    }

    /** Of an event that says nothing about change IDs, which most are, no more is kept than its place. */
    void take(Event event, List<Item> into) {
        Read next = new Read(
                EventFacts.matters(event) ? event : null, event.getKey(), VimTime.instant(event.getCreatedTime()));
        if (next.key() <= handledBefore && next.time().isAfter(head.time())) {
            known(next, into);
            return;
        }
        if (isCatchingUp) {
            if (!next.time().isAfter(head.time())) {
                skip(next, into);
                return;
            }
            caughtUp(next.key(), next.time(), into);
        }
        live(next, into);
    }

    private void known(Read event, List<Item> into) {
        seen.put(event.key(), true);
        if (event.event() != null) {
            into.add(new Item.Known(event.event(), new Position(epoch, event.key(), event.time())));
        }
    }

    private void skip(Read event, List<Item> into) {
        if (head.hasKey() && event.key() > head.key()) {
            early.add(event);
            return;
        }
        // A head that came from a view has a later time than its event; an event of that key that is younger is another
        // one.
        isCursorSeen |= event.key() == head.key();
        if (event.key() > highestSkipped) {
            highestSkipped = event.key();
            highestSkippedTime = event.time();
        }
        if (mayBeMissed(event)) {
            toldLate(event, into);
        } else {
            known(event, into);
        }
        lastSkipped = new Position(epoch, event.key(), event.time());
    }

    /** Of a watch that begins with no event handled, all that is older is past. */
    private boolean mayBeMissed(Read event) {
        return head.hasKey()
                && event.key() != head.key()
                && event.event() != null
                && !isToldByTask(event.event())
                && !seen.containsKey(event.key());
    }

    /** Tasks say themselves whether they were handled; and only its task says why a revert failed. */
    private boolean isToldByTask(Event event) {
        EventFacts.Said said = EventFacts.of(event);
        boolean isFailure = said != null && said.kind() == OccurrenceKind.REVERT_FAILED;
        return event instanceof TaskEvent || (isFailure && !hasRead);
    }

    /**
     * It stands before the head and this watch has not told of it. If it was reading then, it was written late; else it may have been
     * handled or not, and is told where it stands.
     */
    private void toldLate(Read event, List<Item> into) {
        Position at = new Position(epoch, event.key(), event.time());
        seen.put(event.key(), true);
        Position previous = lastSkipped == null ? Position.ofTime(epoch, readFrom()) : lastSkipped;
        into.add(new Item.Happened(Objects.requireNonNull(event.event()), at, previous, hasRead));
    }

    /** Nothing more is there for now. */
    void ended(Instant now, List<Item> into) {
        readAt = now;
        hasRead = true;
        // From here on a small key is a key that fell.
        handledBefore = Position.NO_KEY;
        if (isCatchingUp) {
            caughtUp(Position.NO_KEY, now, into);
        }
    }

    /** @param nextKey key of the first event after the last handled one, {@link Position#NO_KEY} if there is none yet */
    private void caughtUp(long nextKey, Instant nextTime, List<Item> into) {
        isCatchingUp = false;
        if (!head.hasKey()) {
            if (highestSkipped != Position.NO_KEY) {
                head = new Position(epoch, highestSkipped, highestSkippedTime);
            }
        } else if (!isCursorSeen) {
            long next = early.isEmpty() ? nextKey : early.getFirst().key();
            broke(
                    next,
                    nextTime,
                    "event " + head.key() + ", the last one handled, is not in vCenter's history any more",
                    into);
        }
        List<Read> due = List.copyOf(early);
        early.clear();
        due.forEach(event -> live(event, into));
    }

    private void live(Read event, List<Item> into) {
        long key = event.key();
        Instant time = event.time();
        if (seen.containsKey(key)) {
            return;
        }
        boolean isNewest = !head.hasKey() || key > head.key();
        if (!isNewest && head.key() - key > LATE) {
            broke(key, time, "event keys fell from " + head.key() + " to " + key, into);
            isNewest = true;
        }
        Position at = new Position(epoch, key, time);
        Position previous = head;
        seen.put(key, true);
        if (isNewest) {
            head = at;
        }
        if (event.event() != null) {
            into.add(new Item.Happened(event.event(), at, previous, !isNewest));
        }
    }

    /**
     * vCenter's clock was found to have stepped back: a new collector has to be read, this one's filter begins too late now.
     *
     * @param isHeadThere whether the last event handled is still in history: then keys go on rising from it
     */
    void clockSteppedBack(Instant before, Instant now, boolean isHeadThere, List<Item> into) {
        long handled = isHeadThere ? head.key() : Position.NO_KEY;
        beginAnew(now, "vCenter's clock stepped back from " + before + " to " + now, into);
        handledBefore = handled;
    }

    /** History lacks an event that was handled, though it may have the head's: what came after the head is another story now. */
    void wentBack(Position lost, Instant now, List<Item> into) {
        beginAnew(now, "event " + lost.key() + ", which was handled, is not in vCenter's history any more", into);
    }

    private void beginAnew(Instant now, String why, List<Item> into) {
        epoch++;
        handledBefore = Position.NO_KEY;
        Position to = Position.ofTime(epoch, now);
        into.add(new Item.Gap(head, to, why));
        head = to;
        reconnected(false);
    }

    /** No event marks the head, and history as old as that is not kept: nobody can tell whether there was any. */
    void expired(Instant now, List<Item> into) {
        into.add(new Item.Gap(
                head, Position.ofTime(epoch, now), "vCenter no longer keeps events as old as " + head.time()));
    }

    /** Up to where history was read, by vCenter's clock. */
    Instant readThrough() {
        return readAt.equals(Instant.MAX) || readAt.isBefore(head.time()) ? head.time() : readAt;
    }

    private void broke(long nextKey, Instant nextTime, String why, List<Item> into) {
        Position from = head;
        boolean isRising = nextKey != Position.NO_KEY && nextKey > head.key();
        if (!isRising) {
            // Keys of before and after cannot be compared.
            epoch++;
            seen.clear();
            handledBefore = Position.NO_KEY;
        }
        Position to = new Position(epoch, nextKey, nextTime);
        into.add(new Item.Gap(from, to, why));
        head = isRising ? head : Position.ofTime(epoch, nextTime);
    }

    /** Whether an event of this key has been read, as far as is remembered. */
    boolean hasRead(long key) {
        return seen.containsKey(key);
    }
}
