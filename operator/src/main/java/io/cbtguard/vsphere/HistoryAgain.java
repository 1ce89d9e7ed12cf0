package io.cbtguard.vsphere;

import com.vmware.vim25.Event;
import com.vmware.vim25.EventFilterSpec;
import com.vmware.vim25.EventFilterSpecByTime;
import com.vmware.vim25.TaskEvent;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.VimPortType;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the history of one VM once more from a position on, beside the tail and on a port of its own. */
final class HistoryAgain {
    private final ApiSession session;
    private final VimPortType port;
    private final TaskTracker tasks;
    private final List<Occurrence> found = new ArrayList<>();

    HistoryAgain(ApiSession session, Function<String, @Nullable String> snapshotOwner) {
        this.session = session;
        this.port = session.port();
        this.tasks = new TaskTracker(snapshotOwner);
    }

    List<Occurrence> read(String vm, Position from) {
        try {
            Instant now = VimTime.instant(port.currentTime(ApiSession.serviceInstance()));
            checkReach(vm, from, now);
            readEvents(vm, from);
            for (TaskInfo info : TaskReader.read(
                    port, session.content().getTaskManager(), from.time().minus(EventTail.OVERLAP), vm)) {
                tasks.update(info, from, null);
            }
            Position read = Position.ofTime(from.epoch(), now);
            // Twice: the first asking leaves a revert to the event that is to tell of it, which would be read by now.
            tasks.outcomes(from.epoch(), read).forEach(outcome -> found.add(outcome.occurrence()));
            tasks.outcomes(from.epoch(), read).forEach(outcome -> found.add(outcome.occurrence()));
            found.sort(Comparator.comparing(
                    (Occurrence occurrence) -> occurrence.interval().to().time()));
            return List.copyOf(found);
        } catch (Exception thrown) {
            throw new VcenterUnavailableException(
                    Outage.UNREACHABLE, "history of " + vm + " could not be read again: " + thrown.getMessage());
        }
    }

    /** The event that marks the position must still be there, unchanged; without such a mark history must reach back that far. */
    private void checkReach(String vm, Position from, Instant now) throws Exception {
        boolean isThere;
        if (from.hasKey()) {
            isThere = isEventThere(from);
        } else {
            Duration kept = Retention.read(port, session);
            isThere = kept == null || from.time().isAfter(now.minus(kept));
        }
        if (!isThere) {
            Occurrence gap = Backlog.Gaps.of(
                    new Interval(from, Position.ofTime(from.epoch(), now)),
                    Position.ofTime(from.epoch(), now),
                    "vCenter's history does not reach back to this position any more");
            found.add(Backlog.Gaps.forVm(gap, vm));
        }
    }

    private boolean isEventThere(Position from) throws Exception {
        EventFilterSpec filter = new EventFilterSpec();
        EventFilterSpecByTime time = new EventFilterSpecByTime();
        // A position's time is that of its event or, for a view, a later one: then only older events lie before it.
        time.setBeginTime(VimTime.xml(from.time().minus(Duration.ofHours(1))));
        time.setEndTime(VimTime.xml(from.time().plus(EventTail.OVERLAP)));
        filter.setTime(time);
        filter.setMaxCount(1000);
        for (Event event : port.queryEvents(session.content().getEventManager(), filter)) {
            if (event.getKey() == from.key()) {
                return !VimTime.instant(event.getCreatedTime()).isAfter(from.time());
            }
        }
        return false;
    }

    private void readEvents(String vm, Position from) throws Exception {
        Instant begin = from.time().minus(EventTail.OVERLAP);
        try (EventReader reader = EventReader.open(port, session.content().getEventManager(), begin, vm)) {
            for (List<Event> page = reader.next(); !page.isEmpty(); page = reader.next()) {
                page.forEach(event -> take(event, from));
            }
        }
    }

    private void take(Event event, Position from) {
        Position at = new Position(from.epoch(), event.getKey(), VimTime.instant(event.getCreatedTime()));
        boolean isNew = from.hasKey() ? from.isBefore(at) : !at.time().isBefore(from.time());
        if (event instanceof TaskEvent task) {
            tasks.announced(task, at, from, !isNew);
            return;
        }
        EventFacts.Said said = EventFacts.of(event);
        if (said == null) {
            return;
        }
        boolean isRevert = said.kind() == OccurrenceKind.REVERTED || said.kind() == OccurrenceKind.REVERT_FAILED;
        if (isRevert && !isNew) {
            tasks.knownRevert(event.getChainId());
        }
        if (isNew) {
            Occurrence alone = EventFacts.occurrence(event, said.kind(), at, at);
            TaskTracker.Told told =
                    isRevert ? tasks.link(alone, event.getChainId()) : new TaskTracker.Told(alone, false);
            if (told != null) {
                found.add(told.occurrence());
            }
        }
    }
}
