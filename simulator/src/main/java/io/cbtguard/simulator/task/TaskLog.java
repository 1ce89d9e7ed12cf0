package io.cbtguard.simulator.task;

import io.cbtguard.simulator.core.History;
import io.cbtguard.simulator.core.Vcenter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Every task that is still kept, in the orders in which they were queued, started and completed. */
public final class TaskLog {
    private static final int RECENT = 200;
    private static final int MAX_COUNT = 100_000;
    private static final Duration RECENT_AGE = Duration.ofMinutes(10);

    private final Vcenter vcenter;
    private final History<Task> queued = new History<>();
    private final History<Task> started = new History<>();
    private final History<Task> completed = new History<>();
    private final Deque<Task> recent = new ArrayDeque<>();
    private final List<Consumer<Task>> listeners = new ArrayList<>();
    private Duration maxAge = Duration.ofDays(30);

    public TaskLog(Vcenter vcenter) {
        this.vcenter = vcenter;
    }

    void queued(Task task) {
        vcenter.registry().add(task);
        queued.append(task);
        recent.add(task);
        expire();
        listeners.forEach(listener -> listener.accept(task));
    }

    void started(Task task) {
        started.append(task);
        announce(task);
    }

    void completed(Task task) {
        completed.append(task);
        announce(task);
    }

    /** The history at one time, as in the log's own lists. */
    public record Saved(List<Task> queued, List<Task> started, List<Task> completed, List<Task> recent) {}

    public Saved save() {
        return new Saved(queued.all(), started.all(), completed.all(), List.copyOf(recent));
    }

    /** Goes back to an earlier history; to be called when no task runs. */
    public void restore(Saved saved) {
        recent.forEach(vcenter.registry()::remove);
        recent.clear();
        queued.replace(saved.queued());
        started.replace(saved.started());
        completed.replace(saved.completed());
        recent.addAll(saved.recent());
        recent.forEach(vcenter.registry()::add);
    }

    private void announce(Task task) {
        vcenter.registry().changed(task, "info");
        listeners.forEach(listener -> listener.accept(task));
    }

    private void expire() {
        Instant now = vcenter.clock().now();
        while (!recent.isEmpty() && isOld(recent.peek(), now)) {
            vcenter.registry().remove(recent.remove());
        }
        expireBefore(now.minus(maxAge));
        for (History<Task> history : List.of(queued, started, completed)) {
            history.keepAtMost(MAX_COUNT);
        }
    }

    private boolean isOld(Task task, Instant now) {
        Instant end = task.completeTime();
        return end != null && (recent.size() > RECENT || end.isBefore(now.minus(RECENT_AGE)));
    }

    /** Forgets tasks queued before a time, and takes them out of reach. */
    public void expireBefore(Instant limit) {
        for (History<Task> history : List.of(queued, started, completed)) {
            history.dropWhile(task -> task.queueTime().isBefore(limit) && task.isDone());
        }
    }

    public void setMaxAge(Duration age) {
        maxAge = age;
    }

    History<Task> queuedOrder() {
        return queued;
    }

    History<Task> startedOrder() {
        return started;
    }

    History<Task> completedOrder() {
        return completed;
    }

    Collection<Task> recent() {
        return recent;
    }

    void listen(Consumer<Task> listener) {
        listeners.add(listener);
    }

    void forget(Consumer<Task> listener) {
        listeners.remove(listener);
    }
}
