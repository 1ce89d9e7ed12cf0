package io.cbtguard.simulator.task;

import com.vmware.vim25.TaskFilterSpec;
import com.vmware.vim25.TaskFilterSpecByEntity;
import com.vmware.vim25.TaskFilterSpecByTime;
import com.vmware.vim25.TaskFilterSpecRecursionOption;
import com.vmware.vim25.TaskFilterSpecTimeOption;
import io.cbtguard.simulator.core.History;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.VimTime;
import io.cbtguard.simulator.inventory.ManagedEntity;
import io.cbtguard.simulator.session.Session;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.xml.datatype.XMLGregorianCalendar;
import org.jspecify.annotations.Nullable;

/** A task filter, read once. */
final class TaskFilter implements Predicate<Task> {
    private final TaskFilterSpec spec;
    private final Session session;
    private final @Nullable ManagedEntity container;
    private final @Nullable Instant begin;
    private final @Nullable Instant end;
    private final TaskFilterSpecTimeOption order;

    TaskFilter(TaskFilterSpec spec, Session session, Function<MoRef, ManagedObject> lookup) {
        this.spec = spec;
        this.session = session;
        TaskFilterSpecByEntity byEntity = spec.getEntity();
        container = byEntity == null ? null : (ManagedEntity) lookup.apply(MoRef.of(byEntity.getEntity()));
        TaskFilterSpecByTime time = spec.getTime();
        begin = time == null ? null : instant(time.getBeginTime());
        end = time == null ? null : instant(time.getEndTime());
        order = time == null || time.getTimeType() == null ? TaskFilterSpecTimeOption.QUEUED_TIME : time.getTimeType();
    }

    private static @Nullable Instant instant(@Nullable XMLGregorianCalendar time) {
        return time == null ? null : VimTime.toInstant(time);
    }

    /** The order in which tasks matter to this filter: that of the time it asks about. */
    History<Task> order(TaskLog log) {
        return switch (order) {
            case QUEUED_TIME -> log.queuedOrder();
            case STARTED_TIME -> log.startedOrder();
            case COMPLETED_TIME -> log.completedOrder();
        };
    }

    @Override
    public boolean test(Task task) {
        Instant time =
                switch (order) {
                    case QUEUED_TIME -> task.queueTime();
                    case STARTED_TIME -> task.startTime();
                    case COMPLETED_TIME -> task.completeTime();
                };
        return (spec.getState().isEmpty() || spec.getState().contains(task.state()))
                && (begin == null || (time != null && !time.isBefore(begin)))
                && (end == null || (time != null && !time.isAfter(end)))
                && (container == null || concerns(task, container))
                && session.sees(task.entity().ref())
                && (spec.getEventChainId().isEmpty() || spec.getEventChainId().contains(task.eventChainId()))
                && (spec.getUserName() == null
                        || spec.getUserName().getUserList().contains(task.userName()));
    }

    private boolean concerns(Task task, ManagedEntity wanted) {
        TaskFilterSpecRecursionOption recursion = spec.getEntity().getRecursion();
        boolean self = task.entity() == wanted;
        boolean below = task.entity().isUnder(wanted, true) || (!self && wanted.parent() == null);
        return switch (recursion) {
            case SELF -> self;
            case CHILDREN -> below;
            case ALL -> self || below;
            case null -> self;
        };
    }
}
