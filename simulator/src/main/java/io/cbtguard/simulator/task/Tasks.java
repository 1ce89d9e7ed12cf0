package io.cbtguard.simulator.task;

import com.vmware.vim25.MethodFault;
import com.vmware.vim25.SystemError;
import com.vmware.vim25.TaskEvent;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.event.EventLog;
import io.cbtguard.simulator.event.OnHost;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.inventory.ManagedEntity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks: each takes a moment, and an entity does one thing after the other. */
public final class Tasks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

    private final Vcenter vcenter;
    private final EventLog events;
    private final TaskLog log;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("simulator-tasks").factory());
    private final Map<MoRef, Queue<Runnable>> queues = new HashMap<>();
    private final Map<Task, Work> active = new HashMap<>();
    private final Map<String, FaultException> failures = new HashMap<>();
    private Duration duration = Duration.ofMillis(20);

    /** What a task does; all of it runs with the inventory's lock held. */
    public interface Work {
        /** When the task starts to run. */
        default void begin(Task task) {}

        /** When its time is over: its effect and its result. */
        @Nullable Object finish(Task task);

        /** When it came to nothing. */
        default void failed(Task task) {}
    }

    public Tasks(Vcenter vcenter, EventLog events, TaskLog log) {
        this.vcenter = vcenter;
        this.events = events;
        this.log = log;
    }

    /** Lets the next task with a descriptionId fail when its time is over. */
    public void failNext(String descriptionId, FaultException fault) {
        failures.put(descriptionId, fault);
    }

    /** How long a task takes between start and effect. */
    public void setDuration(Duration duration) {
        this.duration = duration;
    }

    /**
     * Queues a task and posts its TaskEvent.
     *
     * @param userName who asked for it
     */
    public Task start(TaskKind kind, ManagedEntity entity, String userName, Work work) {
        MoRef ref = new MoRef("Task", "task-" + vcenter.ids().next("task", 1));
        Task task = new Task(ref, kind, entity, userName, vcenter.clock().now());
        HostSystem host = entity instanceof OnHost placed ? placed.host() : null;
        TaskEvent event = new TaskEvent();
        event.setFullFormattedMessage("Task: " + kind.title());
        event.setInfo(task.toInfo());
        events.post(event, entity, entity instanceof HostSystem self ? self : host, userName, 0);
        task.chain(event.getKey());
        event.getInfo().setEventChainId(event.getKey());
        log.queued(task);

        Queue<Runnable> queue = queues.computeIfAbsent(entity.ref(), key -> new ArrayDeque<>());
        active.put(task, work);
        queue.add(() -> begin(task, work));
        if (queue.size() == 1) {
            schedule(queue.element(), Duration.ZERO);
        }
        return task;
    }

    /** Ends everything that is queued or running, as when vCenter goes down. */
    public void abandon() {
        queues.clear();
        Map.copyOf(active).forEach((task, work) -> end(task, work, systemError("vCenter went down")));
    }

    private void begin(Task task, Work work) {
        if (!active.containsKey(task)) {
            return;
        }
        task.started(vcenter.clock().now());
        log.started(task);
        try {
            work.begin(task);
        } catch (FaultException e) {
            end(task, work, e);
            return;
        }
        schedule(() -> finish(task, work), duration);
    }

    private void finish(Task task, Work work) {
        if (!active.containsKey(task)) {
            return;
        }
        try {
            FaultException planned = failures.remove(task.descriptionId());
            if (planned != null) {
                throw planned;
            }
            Object result = work.finish(task);
            task.succeeded(result, vcenter.clock().now());
            done(task);
        } catch (FaultException e) {
            end(task, work, e);
        } catch (RuntimeException e) {
            LOG.error("{} failed", task, e);
            end(task, work, systemError(e.toString()));
        }
    }

    private void end(Task task, Work work, FaultException fault) {
        work.failed(task);
        task.failed(fault, vcenter.clock().now());
        done(task);
    }

    private void done(Task task) {
        active.remove(task);
        log.completed(task);
        task.completion().complete(task);
        Queue<Runnable> queue = queues.getOrDefault(task.entity().ref(), new ArrayDeque<>());
        queue.poll();
        if (queue.isEmpty()) {
            queues.remove(task.entity().ref());
        } else {
            schedule(queue.element(), Duration.ZERO);
        }
    }

    private void schedule(Runnable step, Duration delay) {
        timer.schedule(
                () -> {
                    try {
                        vcenter.registry().run(step);
                    } catch (RuntimeException e) {
                        LOG.error("a task broke", e);
                    }
                },
                delay.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** A fault for a failure that is not one. */
    static FaultException systemError(String reason) {
        SystemError error = new SystemError();
        error.setReason(reason);
        MethodFault fault = error;
        return new FaultException(fault, "A general system error occurred: " + reason);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
