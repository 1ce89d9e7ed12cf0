package io.cbtguard.vsphere;

import com.vmware.vim25.Event;
import com.vmware.vim25.EventFilterSpec;
import com.vmware.vim25.EventFilterSpecByEntity;
import com.vmware.vim25.EventFilterSpecByTime;
import com.vmware.vim25.EventFilterSpecRecursionOption;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.VimPortType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event history collector, from a time on, oldest first. There are at most 32 in an API session, so each is destroyed. */
final class EventReader implements AutoCloseable {
    /** The most a server gives; smaller pages stall where more than a page of events is invisible to the account. */
    private static final int PAGE = 1000;

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
        EventFilterSpec filter = new EventFilterSpec();
        EventFilterSpecByTime time = new EventFilterSpecByTime();
        time.setBeginTime(VimTime.xml(begin));
        filter.setTime(time);
        if (vm != null) {
            EventFilterSpecByEntity entity = new EventFilterSpecByEntity();
            entity.setEntity(ApiSession.ref("VirtualMachine", vm));
            entity.setRecursion(EventFilterSpecRecursionOption.SELF);
            filter.setEntity(entity);
        }
        return new EventReader(port, port.createCollectorForEvents(manager, filter));
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
