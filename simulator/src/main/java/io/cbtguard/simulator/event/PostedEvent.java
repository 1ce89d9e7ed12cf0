package io.cbtguard.simulator.event;

import com.vmware.vim25.TaskEvent;
import io.cbtguard.simulator.core.HistoryReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as tests and the control port see it.
 *
 * @param type id of an EventEx, else the class with its prefix
 * @param entity moRef, null for events of sessions
 * @param task descriptionId of a TaskEvent's task, else null
 */
public record PostedEvent(
        int key,
        int chainId,
        String type,
        String createdTime,
        String userName,
        @Nullable String entity,
        @Nullable String task,
        String message) {
    /** The newest ones, oldest first. */
    public static List<PostedEvent> newest(EventLog log, int count) {
        return new HistoryReader<>(log.history(), any -> true)
                .newest(count).stream().map(PostedEvent::of).toList();
    }

    private static PostedEvent of(LoggedEvent logged) {
        var event = logged.event();
        return new PostedEvent(
                event.getKey(),
                event.getChainId(),
                logged.typeId(),
                logged.time().toString(),
                event.getUserName(),
                logged.entity() == null ? null : logged.entity().value(),
                event instanceof TaskEvent task ? task.getInfo().getDescriptionId() : null,
                String.valueOf(event.getFullFormattedMessage()));
    }
}
