package io.cbtguard.simulator.event;

import com.vmware.vim25.EventEx;
import com.vmware.vim25.KeyAnyValue;

/** The events by which vCenter tells of a burst. */
final class BurstEvents {
    private BurstEvents() {}

    static EventEx started(BurstFilter.Burst burst) {
        return event("EventBurstStartedEvent", burst, "Burst of " + burst.identity.type() + " started");
    }

    static EventEx ended(BurstFilter.Burst burst) {
        return event("EventBurstEndedEvent", burst, "Burst of " + burst.identity.type() + " ended");
    }

    /** Stands for those that were merged. */
    static EventEx compressed(BurstFilter.Burst burst) {
        EventEx event = event(
                "EventBurstCompressedEvent",
                burst,
                "There were " + burst.merged() + " further events " + burst.identity.type());
        argument(event, "count", Integer.toString(burst.merged()));
        argument(event, "burstStartTime", burst.since().toString());
        return event;
    }

    private static EventEx event(String id, BurstFilter.Burst burst, String text) {
        EventEx event = new EventEx();
        event.setEventTypeId("com.vmware.vc." + id);
        event.setSeverity("info");
        event.setMessage("");
        event.setFullFormattedMessage(text);
        argument(event, "eventType", burst.identity.type());
        argument(event, "objectId", String.valueOf(burst.identity.entity()));
        argument(event, "userName", burst.identity.user());
        return event;
    }

    private static void argument(EventEx event, String key, String value) {
        KeyAnyValue argument = new KeyAnyValue();
        argument.setKey(key);
        argument.setValue(value);
        event.getArguments().add(argument);
    }
}
