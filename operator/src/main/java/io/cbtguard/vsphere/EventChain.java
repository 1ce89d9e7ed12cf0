package io.cbtguard.vsphere;

import com.vmware.vim25.TaskInfo;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of one event chain: a task's announcement, the task, and the events that it caused. */
final class EventChain {
    @Nullable Position announced;

    @Nullable String vm;

    String taskKey = "";
    String task = "";
    String user = "";

    @Nullable Instant queued;

    boolean isToldByEvent;
    boolean isToldByTask;
    /** A failure that an event told, to be completed by the fault that its task will tell. */
    @Nullable Occurrence failure;

    void describe(TaskInfo info) {
        taskKey = info.getKey();
        task = TaskFacts.description(info);
        queued = VimTime.instantOr(info.getQueueTime(), Instant.EPOCH);
    }

    /** An event's occurrence with what its task says: who, which, and since when. */
    Occurrence complete(Occurrence event) {
        Position to = event.interval().to();
        return new Occurrence(
                event.kind(),
                new Interval(Position.earlier(begin(to), to), to),
                event.read(),
                event.vm() == null ? vm : event.vm(),
                event.host(),
                event.eventKey(),
                event.eventType(),
                task,
                taskKey,
                event.snapshot(),
                event.fault(),
                event.started(),
                event.user().isEmpty() ? user : event.user(),
                event.message());
    }

    private Position begin(Position otherwise) {
        if (announced != null) {
            return announced;
        }
        return queued == null || queued.equals(Instant.EPOCH) ? otherwise : Position.ofTime(otherwise.epoch(), queued);
    }
}
