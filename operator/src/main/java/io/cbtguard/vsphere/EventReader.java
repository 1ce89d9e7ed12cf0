package io.cbtguard.vsphere;

import com.vmware.vim25.ArrayOfEvent;
import com.vmware.vim25.Event;
import com.vmware.vim25.EventFilterSpec;
import com.vmware.vim25.EventFilterSpecByEntity;
import com.vmware.vim25.EventFilterSpecByTime;
import com.vmware.vim25.EventFilterSpecRecursionOption;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.VimPortType;
import io.cbtguard.inventory.Position;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event history collector, from a time on, oldest first. There are at most 32 in an API session, so each is destroyed. */
final class EventReader implements AutoCloseable {
    /** The most a server gives; smaller pages stall where more than a page of events is invisible to the account. */
    private static final int PAGE = 1000;

    private static final int PAGES_BACK = 10;

    private final VimPortType port;
    private final ManagedObjectReference collector;
    private int read;

    private EventReader(VimPortType port, ManagedObjectReference collector) {
        this.port = port;
        this.collector = collector;
    }

    /** @param vm moRef of the only VM wanted, null for all events */
    static EventReader open(VimPortType port, ManagedObjectReference manager, Instant begin, @Nullable String vm)
            throws Exception {
        EventFilterSpec filter = since(begin);
        if (vm != null) {
            EventFilterSpecByEntity entity = new EventFilterSpecByEntity();
            entity.setEntity(ApiSession.ref("VirtualMachine", vm));
            entity.setRecursion(EventFilterSpecRecursionOption.SELF);
            filter.setEntity(entity);
        }
        return new EventReader(port, port.createCollectorForEvents(manager, filter));
    }

    /** Events of these types only, wherever they happened. */
    static EventReader openTypes(VimPortType port, ManagedObjectReference manager, Instant begin, List<String> types)
            throws Exception {
        EventFilterSpec filter = since(begin);
        for (String type : types) {
            // Servers differ in whether the package belongs to the type's id.
            filter.getEventTypeId().add(type);
            filter.getEventTypeId().add("vim.event." + type);
        }
        return new EventReader(port, port.createCollectorForEvents(manager, filter));
    }

    /**
     * Whether the event that marks a position is still there: the same key, not younger than the position. Looked for backwards
     * from the position's time, as it is among the last events before that, however long ago it was written.
     */
    static boolean holds(VimPortType port, ApiSession session, Position position) throws Exception {
        EventFilterSpec filter = new EventFilterSpec();
        EventFilterSpecByTime time = new EventFilterSpecByTime();
        time.setEndTime(VimTime.xml(position.time().plusSeconds(1)));
        filter.setTime(time);
        ManagedObjectReference manager = session.content().getEventManager();
        try (EventReader reader = new EventReader(port, port.createCollectorForEvents(manager, filter))) {
            Object latest = new PropertyReads(port, session.content().getPropertyCollector())
                    .readSingles(Map.of(reader.collector, "latestPage"))
                    .get("latestPage");
            if (latest instanceof ArrayOfEvent events && isIn(events.getEvent(), position)) {
                return true;
            }
            // The scrollable view begins before the latest page, hence both.
            port.resetCollector(reader.collector);
            for (int page = 0; page < PAGES_BACK; page++) {
                List<Event> events = port.readPreviousEvents(reader.collector, PAGE);
                if (events.isEmpty()) {
                    return false;
                }
                if (isIn(events, position)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * The last event before one that is in history.
     *
     * @return its position in the same order; null if there is none, or none near
     */
    static @Nullable Position before(VimPortType port, ApiSession session, Position event) throws Exception {
        EventFilterSpec filter = new EventFilterSpec();
        EventFilterSpecByTime time = new EventFilterSpecByTime();
        time.setEndTime(VimTime.xml(event.time()));
        filter.setTime(time);
        ManagedObjectReference manager = session.content().getEventManager();
        try (EventReader reader = new EventReader(port, port.createCollectorForEvents(manager, filter))) {
            Object latest = new PropertyReads(port, session.content().getPropertyCollector())
                    .readSingles(Map.of(reader.collector, "latestPage"))
                    .get("latestPage");
            return latest instanceof ArrayOfEvent events
                    ? events.getEvent().stream()
                            .filter(each -> each.getKey() < event.key())
                            .max(Comparator.comparing(Event::getKey))
                            .map(each ->
                                    new Position(event.epoch(), each.getKey(), VimTime.instant(each.getCreatedTime())))
                            .orElse(null)
                    : null;
        }
    }

    private static boolean isIn(List<Event> events, Position position) {
        return events.stream()
                .anyMatch(event -> event.getKey() == position.key()
                        && !VimTime.instant(event.getCreatedTime()).isAfter(position.time()));
    }

    private static EventFilterSpec since(Instant begin) {
        EventFilterSpec filter = new EventFilterSpec();
        EventFilterSpecByTime time = new EventFilterSpecByTime();
        time.setBeginTime(VimTime.xml(begin));
        filter.setTime(time);
        return filter;
    }

    /** The next events by time; empty at the end, for now. */
    List<Event> next() throws Exception {
        List<Event> page = port.readNextEvents(collector, PAGE);
        read += page.size();
        return page.stream()
                .sorted(Comparator.comparing((Event event) -> VimTime.instant(event.getCreatedTime()))
                        .thenComparing(Event::getKey))
                .toList();
    }

    /** How many events this collector has given. */
    int read() {
        return read;
    }

    @Override
    public void close() {
        try {
            port.destroyCollector(collector);
        } catch (Exception alreadyGone) {
            // It ends with the API session anyway.
        }
    }
}
