package io.cbtguard.simulator.event;

import com.vmware.vim25.Event;
import com.vmware.vim25.EventEx;
import com.vmware.vim25.ExtendedEvent;
import io.cbtguard.simulator.core.MoRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is kept.
 *
 * @param ordinal counts up whatever becomes of the key
 * @param stored false for one that only collectors see which were there when it happened
 * @param event the wire object; nobody changes it after it was posted
 * @param time as in the event
 * @param entity what it is about, null for events of sessions
 * @param within where that lay when it happened, nearest first, itself excluded
 */
public record LoggedEvent(
        long ordinal,
        boolean stored,
        Event event,
        Instant time,
        @Nullable MoRef entity,
        List<MoRef> within) {
    /** The id that filters by type use: an EventEx's own, else the class name with its prefix. */
    public String typeId() {
        return typeId(event);
    }

    static String typeId(Event event) {
        return switch (event) {
            case EventEx extended -> extended.getEventTypeId();
            case ExtendedEvent extended -> extended.getEventTypeId();
            default -> "vim.event." + event.getClass().getSimpleName();
        };
    }

    boolean isOfType(String wanted) {
        if (wanted.equals(typeId())) {
            return true;
        }
        String name = wanted.startsWith("vim.event.") ? wanted.substring("vim.event.".length()) : wanted;
        for (Class<?> type = event.getClass(); Event.class.isAssignableFrom(type); type = type.getSuperclass()) {
            if (type.getSimpleName().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
