package io.cbtguard.model;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.TaskInFlight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** vCenter's clock, its tasks in flight and its history. */
final class Vcenter {
    static final String VM = "vm-1";
    private static final int LATEST = 6;

    private final Setup setup;
    private final List<Entry> entries = new ArrayList<>();
    private final List<OpenTask> tasks = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int epoch;
    private long key = 1000;
    private int taskNumber;
    private int step;

    Vcenter(Setup setup) {
        this.setup = setup;
    }

    Instant now() {
        return now;
    }

    int step() {
        return step;
    }

    void begin(int nextStep) {
        step = nextStep;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** A new event's position. */
    Position event() {
        pass(Duration.ofMillis(10));
        key++;
        return setup.keyed() ? new Position(epoch, key, now) : Position.ofTime(epoch, now);
    }

    /** Now, without an event. */
    Position moment() {
        return Position.ofTime(epoch, now);
    }

    /** How far one who has read everything has read. */
    Position head() {
        return setup.keyed() ? new Position(epoch, key, now) : Position.ofTime(epoch, now);
    }

    List<Entry> entries() {
        return entries;
    }

    List<OpenTask> tasks() {
        return tasks;
    }

    List<TaskInFlight> inFlight() {
        return tasks.stream().map(OpenTask::shown).toList();
    }

    /**
     * Queues a task; it may end at once, or hang over some steps.
     *
     * @param effect what it does, somewhere between its queueing and its end
     * @param end what history says when it ends
     */
    OpenTask queue(String task, boolean revert, String user, Dice dice, Runnable effect, Consumer<OpenTask> end) {
        OpenTask open = new OpenTask(
                new TaskInFlight("task-" + ++taskNumber, VM, task, event(), user, revert),
                dice.percent(70) ? 0 : dice.below(3),
                dice.percent(70) ? 0 : dice.below(3),
                effect,
                end);
        tasks.add(open);
        tasks.removeIf(t -> t == open && t.tick());
        return open;
    }

    /** One step passes for all tasks in flight. */
    void tick() {
        tasks.removeIf(OpenTask::tick);
    }

    void endAll() {
        tasks.forEach(OpenTask::hurry);
        tick();
    }

    /** Keys fall and time may step back: what history was is gone. */
    void restored(boolean clockToo) {
        epoch++;
        key -= 400;
        if (clockToo) {
            now = now.minus(Duration.ofMinutes(30));
        }
    }

    Entry tell(Occurrence occurrence, Dice dice) {
        boolean late = setup.latePercent() > 0 && dice.percent(setup.latePercent());
        Entry entry = new Entry(occurrence, late ? step + 1 + dice.below(LATEST) : step);
        entries.add(entry);
        return entry;
    }

    /** No late line is on its way. */
    boolean silent() {
        return entries.stream().noneMatch(entry -> entry.waits(step, now));
    }

    void tellAllNow() {
        step += LATEST + 1;
        pass(Duration.ofSeconds(1));
    }

    static Occurrence occurrence(OccurrenceKind kind, Interval at, Position event, @Nullable String host) {
        return new Occurrence(
                kind,
                at,
                event,
                VM,
                host,
                event.hasKey() ? event.key() : 0,
                "vim.event",
                "",
                "",
                "",
                "",
                true,
                "somebody",
                "");
    }

    /** What a task's end says. */
    static Occurrence outcome(
            OccurrenceKind kind,
            Interval at,
            Position read,
            long eventKey,
            TaskInFlight task,
            String snapshot,
            Fault fault) {
        return new Occurrence(
                kind,
                at,
                read,
                VM,
                null,
                eventKey,
                eventKey == 0 ? "" : "com.vmware.vc.vm.VmStateRevertedToSnapshot",
                task.task(),
                task.key(),
                snapshot,
                fault.name(),
                fault.started(),
                task.user(),
                "");
    }

    record Fault(String name, boolean started) {
        static final Fault NONE = new Fault("", true);
    }
}
