package io.cbtguard.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.TaskEvent;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.TaskInfoState;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.TaskInFlight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that matter, from what announced them to their outcome, and their links to events: a task's announcement, the task
 * and the events it causes share one event chain. A revert that both an event and a task tell of is one occurrence. Lives as long
 * as the watch. One thread.
 */
final class TaskTracker {
    private static final int REMEMBERED = 20_000;
    private static final long AWAITED_NANOS = 60_000_000_000L;

    private final Function<String, @Nullable String> snapshotOwner;
    private final Map<String, OpenTask> open = new LinkedHashMap<>();
    private final DoneTasks done = new DoneTasks();
    private final Map<Integer, EventChain> chains = new Remembered<>(REMEMBERED);

    TaskTracker(Function<String, @Nullable String> snapshotOwner) {
        this.snapshotOwner = snapshotOwner;
    }

    /** Of these, and of all that are open, the ones whose state has to be asked. */
    List<String> toAsk(Collection<String> recent) {
        List<String> ask = new ArrayList<>(open.keySet());
        recent.stream()
                .filter(key -> !done.isKnown(key) && !open.containsKey(key))
                .forEach(ask::add);
        return ask;
    }

    /**
     * Event keys fell, as after a restore of vCenter: keys of tasks and event chains may stand for others from now on. A task is
     * the same one only if it was queued at the same time.
     */
    void renumbered() {
        chains.clear();
        done.renumbered();
    }

    /** What was known of an earlier task of this key lies in the gap that told of the new numbers. */
    private void forgetEarlier(TaskInfo info) {
        open.computeIfPresent(info.getKey(), (key, task) -> task.isQueuedWith(info) ? task : null);
    }

    Set<String> openKeys() {
        return Set.copyOf(open.keySet());
    }

    Instant earliestQueued(Collection<String> keys, Instant none) {
        return keys.stream()
                .map(open::get)
                .filter(Objects::nonNull)
                .map(task -> VimTime.instantOr(task.info.getQueueTime(), none))
                .min(Instant::compareTo)
                .orElse(none);
    }

    /** Tasks that ended at or before this time are history from before the start. */
    void update(TaskInfo info, Position resume, @Nullable Instant ignoreUntil) {
        String key = info.getKey();
        if (done.isDone(info)) {
            done.add(info);
            return;
        }
        forgetEarlier(info);
        TaskKind kind = TaskKind.of(info);
        boolean isOld = ignoreUntil != null
                && TaskFacts.hasEnded(info)
                && !VimTime.instantOr(info.getCompleteTime(), ignoreUntil).isAfter(ignoreUntil);
        // One that is open has not told its outcome, whenever it ended.
        if (kind == TaskKind.IRRELEVANT || (isOld && !open.containsKey(key))) {
            done.add(info);
            return;
        }
        OpenTask task = open.computeIfAbsent(key, none -> new OpenTask(key, kind, resume, info));
        task.info = info;
        EventChain chain = chain(info.getEventChainId());
        if (chain != null) {
            chain.describe(info);
        }
    }

    /** An event that announces a task. */
    void announced(TaskEvent event, Position at, Position resume, boolean isKnown) {
        TaskInfo info = event.getInfo();
        if (info == null || TaskKind.of(info) == TaskKind.IRRELEVANT) {
            return;
        }
        EventChain chain = chain(event.getChainId());
        if (chain == null) {
            return;
        }
        if (chain.announced == null) {
            chain.announced = at;
        }
        chain.vm = EventFacts.vm(event);
        chain.user = event.getUserName() == null ? "" : event.getUserName();
        chain.describe(info);
        if (!isKnown && !done.isDone(info)) {
            forgetEarlier(info);
            open.computeIfAbsent(info.getKey(), key -> new OpenTask(key, TaskKind.of(info), resume, info));
        }
    }

    private @Nullable EventChain chain(int id) {
        return id == 0 ? null : chains.computeIfAbsent(id, none -> new EventChain());
    }

    /** A revert that an event from before the start told: it has been handled. */
    void knownRevert(int chainId) {
        EventChain chain = chain(chainId);
        if (chain != null) {
            chain.isToldByEvent = true;
        }
    }

    /**
     * Completes an event's occurrence by what its task says.
     *
     * @param occurrence as the event alone tells it
     * @return that with task, user and the interval from the task's announcement on; null for a failure whose task is yet to tell
     *     its fault, and the occurrence then with it
     */
    @Nullable Told link(Occurrence occurrence, int chainId) {
        EventChain chain = chains.get(chainId);
        if (chain == null || chainId == 0) {
            return new Told(occurrence, false);
        }
        if (occurrence.kind() == OccurrenceKind.REVERT_FAILED && open.containsKey(chain.taskKey)) {
            chain.failure = occurrence;
            return null;
        }
        boolean isRepeated = chain.isToldByTask;
        chain.isToldByEvent = true;
        return new Told(chain.complete(occurrence), isRepeated);
    }

    /** @param replacesTask whether the task alone has told of this already, so that this is to take its place */
    record Told(Occurrence occurrence, boolean replacesTask) {}

    /** @param vmUnknown whether the VM that it concerns cannot be told: then it may be any */
    record Outcome(Occurrence occurrence, boolean vmUnknown) {}

    /** Outcomes that no event tells of. Asked after the events were read, which are preferred. */
    List<Outcome> outcomes(int epoch, Position read) {
        List<Outcome> outcomes = new ArrayList<>();
        for (OpenTask task : List.copyOf(open.values())) {
            if (!TaskFacts.hasEnded(task.info)) {
                continue;
            }
            EventChain chain = chains.get(task.info.getEventChainId());
            boolean isToldByEvent = chain != null && chain.isToldByEvent && task.kind == TaskKind.REVERT;
            boolean isRevert = task.kind == TaskKind.REVERT;
            if (isRevert
                    && !isToldByEvent
                    && chain != null
                    && chain.announced != null
                    && chain.failure == null
                    && !task.isHeld) {
                // Where tasks are announced by events, the revert's own event is about to come.
                task.isHeld = true;
                continue;
            }
            close(task);
            if (!isToldByEvent) {
                outcome(task, chain, epoch, read).ifPresent(outcomes::add);
            }
            if (chain != null && isRevert) {
                chain.isToldByTask = true;
            }
        }
        return outcomes;
    }

    private void close(OpenTask task) {
        open.remove(task.key);
        done.add(task.info);
    }

    private Optional<Outcome> outcome(OpenTask task, @Nullable EventChain chain, int epoch, Position read) {
        boolean isSuccess = task.info.getState() == TaskInfoState.SUCCESS;
        OccurrenceKind kind =
                switch (task.kind) {
                    case REVERT -> isSuccess ? OccurrenceKind.REVERTED : OccurrenceKind.REVERT_FAILED;
                    case CREATE_SNAPSHOT -> isSuccess ? OccurrenceKind.SNAPSHOT_CREATED : null;
                    default -> null;
                };
        if (kind == null) {
            return Optional.empty();
        }
        TaskInfo info = task.info;
        String vm = vm(info, chain);
        Position queued = queued(info, chain, epoch);
        Instant completed = VimTime.instantOr(info.getCompleteTime(), read.time());
        Position to = Position.ofTime(epoch, completed.isBefore(queued.time()) ? queued.time() : completed);
        Position announced = chain == null ? null : chain.announced;
        Occurrence event = chain == null ? null : chain.failure;
        Occurrence occurrence = new Occurrence(
                kind,
                new Interval(queued, to),
                read,
                vm,
                null,
                event != null ? event.eventKey() : announced == null ? 0 : announced.key(),
                event != null ? event.eventType() : announced == null ? "" : "vim.event.TaskEvent",
                TaskFacts.description(info),
                info.getKey(),
                TaskFacts.snapshot(info),
                TaskFacts.fault(info),
                info.getStartTime() != null || isSuccess,
                TaskFacts.user(info, chain == null ? "" : chain.user),
                event == null ? "" : event.message());
        return Optional.of(new Outcome(occurrence, vm == null && kind != OccurrenceKind.SNAPSHOT_CREATED));
    }

    /** A task that has gone before its outcome was seen, and is not in history either: a revert may have happened. */
    void vanished(String key, Instant now) {
        OpenTask task = open.get(key);
        if (task != null) {
            task.lost(now);
        }
    }

    /** Queued and running tasks, and ended ones whose outcome is about to be told, by VM. */
    Map<String, List<TaskInFlight>> inFlight(int epoch) {
        Map<String, List<TaskInFlight>> byVm = new HashMap<>();
        for (OpenTask task : open.values()) {
            EventChain chain = chains.get(task.info.getEventChainId());
            String vm = vm(task.info, chain);
            if (vm != null) {
                byVm.computeIfAbsent(vm, none -> new ArrayList<>())
                        .add(new TaskInFlight(
                                task.key,
                                vm,
                                TaskFacts.description(task.info),
                                queued(task.info, chain, epoch),
                                TaskFacts.user(task.info, chain == null ? "" : chain.user),
                                task.kind == TaskKind.REVERT));
            }
        }
        byVm.replaceAll((vm, tasks) -> List.copyOf(tasks));
        return byVm;
    }

    /** The earliest point from which a new watch would have to read to miss no outcome; null if none is awaited. */
    @Nullable Position resume() {
        return open.values().stream()
                .filter(task -> task.kind != TaskKind.OTHER_CAUSE)
                .map(task -> task.resume)
                .reduce(Position::earlier)
                .orElse(null);
    }

    /** Whether an outcome is likely to come any moment. */
    boolean isAwaiting() {
        long now = System.nanoTime();
        return open.values().stream()
                .anyMatch(task -> task.kind != TaskKind.OTHER_CAUSE && now - task.openedAt < AWAITED_NANOS);
    }

    private Position queued(TaskInfo info, @Nullable EventChain chain, int epoch) {
        if (chain != null && chain.announced != null) {
            return chain.announced;
        }
        Instant time = VimTime.instantOr(info.getQueueTime(), VimTime.instantOr(info.getStartTime(), Instant.EPOCH));
        return Position.ofTime(epoch, time);
    }

    private @Nullable String vm(TaskInfo info, @Nullable EventChain chain) {
        ManagedObjectReference entity = info.getEntity();
        String byEntity =
                switch (entity == null ? "" : entity.getType()) {
                    case "VirtualMachine" -> entity.getValue();
                    case "VirtualMachineSnapshot" -> snapshotOwner.apply(entity.getValue());
                    default -> null;
                };
        return byEntity == null && chain != null ? chain.vm : byEntity;
    }
}
