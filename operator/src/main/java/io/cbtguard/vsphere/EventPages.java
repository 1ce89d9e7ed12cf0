package io.cbtguard.vsphere;

import com.vmware.vim25.Event;
import java.util.List;

/** Reads pages of events to their end, each handed on before the next is asked for: history may be a month of a large vCenter. */
final class EventPages {
    private static final int MOST = 10_000;

    private EventPages() {}

    /** Where pages come from. */
    interface Source {
        /** The next events by time; empty at the end, for now. */
        List<Event> next() throws Exception;
    }

    /**
     * @param items what was read and is not handed on yet
     * @param handOn takes the items, and empties the list, after each page
     * @return whether the end was reached
     */
    static boolean read(Source source, EventTail tail, List<EventTail.Item> items, Runnable handOn) throws Exception {
        for (int page = 0; page < MOST; page++) {
            List<Event> events = source.next();
            if (events.isEmpty()) {
                return true;
            }
            events.forEach(event -> tail.take(event, items));
            handOn.run();
        }
        return false;
    }
}
