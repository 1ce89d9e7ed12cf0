package io.cbtguard.judge;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.inventory.TaskInFlight;
import io.cbtguard.judge.record.Binding;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.VmRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A VM's story in vCenter's order, and the record that follows it. Every action moves vCenter's clock and event keys on and leaves
 * the occurrences that a vCenter would tell of; {@link #look()} is a view that reaches the judge.
 */
final class Story {
    static final String DISK1 = "6000C29a-0001";
    static final String DISK2 = "6000C29a-0002";
    static final EsxBuild BUILD_A = new EsxBuild("8.0.3", 24322831);
    static final EsxBuild BUILD_B = new EsxBuild("8.0.3", 24784735);

    final VmState vm = new VmState();
    final Policy policy = new Policy();
    final Map<String, Host> hosts = new LinkedHashMap<>();
    final List<TaskInFlight> inFlight = new ArrayList<>();
    /** Told and not yet acknowledged. */
    final List<Occurrence> told = new ArrayList<>();
    /** All that was ever told. */
    final List<Occurrence> history = new ArrayList<>();

    VmRecord record;
    List<Finding> news = List.of();
    boolean fresh = true;
    boolean inView = true;
    boolean keyed = true;
    int epoch;
    long key = 990_000;
    Instant now = Instant.parse("2026-11-22T01:00:00.123456Z");
    private Position lastView;
    private int lastTask = 100;

    /** A VM with two disks, tracking on, on a host of {@link #BUILD_A}, seen for the first time. */
    Story() {
        vm.disks.put(DISK1, new VmState.DiskState(2000, "Hard disk 1"));
        vm.disks.put(DISK2, new VmState.DiskState(2001, "Hard disk 2"));
        host("host-1", BUILD_A);
        host("host-2", BUILD_A);
        lastView = position();
        record = VmRecord.bound(
                new Binding("lab", "vc-uid", "vc-uuid", "5021-uuid", VmState.MOREF, "rec-uid"), position());
    }

    static Story watched() {
        Story story = new Story();
        story.look();
        return story;
    }

    // ---- time

    Position position() {
        return new Position(epoch, keyed ? key : Position.NO_KEY, now);
    }

    /** The next event of this vCenter, of whatever kind. */
    Position tick() {
        key += 3;
        now = now.plusSeconds(20);
        return position();
    }

    Story later(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    // ---- what happens in vCenter

    void host(String moRef, @Nullable EsxBuild build) {
        hosts.put(moRef, new Host(moRef, "esx-" + moRef, build, true));
    }

    String snapshot(String name) {
        Position queued = tick();
        String moRef = vm.create(name, new Interval(lastView, tick()), Instant.EPOCH);
        tell(occurrence(OccurrenceKind.SNAPSHOT_CREATED, new Interval(queued, tick()))
                .task("vm.Snapshot.create", task())
                .snapshot(moRef));
        return moRef;
    }

    /** A snapshot of which no task tells. */
    String silentSnapshot(String name) {
        tick();
        return vm.create(name, new Interval(lastView, tick()), Instant.EPOCH);
    }

    void remove(String moRef) {
        vm.remove(moRef);
        tick();
    }

    /** By RevertToSnapshot, with task and event. */
    Occurrence revert(String moRef) {
        Position queued = tick();
        vm.revert(moRef);
        return tell(occurrence(OccurrenceKind.REVERTED, new Interval(queued, tick()))
                .event("com.vmware.vc.vm.VmStateRevertedToSnapshot")
                .task("vm.Snapshot.revert", task())
                .snapshot(moRef));
    }

    /** A revert that leaves its result and nothing else. */
    void silentRevert(String moRef) {
        tick();
        vm.revert(moRef);
        tick();
    }

    TaskInFlight startRevert() {
        TaskInFlight task = new TaskInFlight(task(), VmState.MOREF, "vm.Snapshot.revert", tick(), "LAB\\joe", true);
        inFlight.add(task);
        return task;
    }

    void move(String hostMoRef) {
        vm.host = hostMoRef;
        tell(occurrence(OccurrenceKind.MOVED, Interval.at(tick()))
                .event("vim.event.VmMigratedEvent")
                .host(hostMoRef));
    }

    /** Host upgraded while the VM stays registered there. */
    void upgrade(String hostMoRef, EsxBuild build) {
        tick();
        host(hostMoRef, build);
    }

    void reconfigured() {
        tell(occurrence(OccurrenceKind.RECONFIGURED, Interval.at(tick())).event("vim.event.VmReconfiguredEvent"));
    }

    /** As {@link #reconfigured}, and the event says what the VM's flag was and is. */
    void switched(boolean on) {
        tell(occurrence(OccurrenceKind.RECONFIGURED, Interval.at(tick()))
                .event("vim.event.VmReconfiguredEvent")
                .saying("config.changeTrackingEnabled: " + !on + " -> " + on + ";"));
    }

    void resetTracking() {
        vm.disks.values().forEach(d -> {
            d.epoch += 7;
            d.number = 1;
        });
        reconfigured();
    }

    void gap() {
        Position from = position();
        later(Duration.ofHours(3));
        tell(occurrence(OccurrenceKind.GAP, new Interval(from, tick())));
    }

    OccurrenceBuilder occurrence(OccurrenceKind kind, Interval interval) {
        return new OccurrenceBuilder(kind, interval);
    }

    Occurrence tell(OccurrenceBuilder builder) {
        Occurrence occurrence = builder.build();
        told.add(occurrence);
        history.add(occurrence);
        return occurrence;
    }

    /** What is not told yet and comes late, after what happens from now on. */
    List<Occurrence> untold() {
        List<Occurrence> late = List.copyOf(told);
        told.clear();
        return late;
    }

    String task() {
        return "task-" + lastTask++;
    }

    /** An operator that starts anew: it is told all of history again and does not know when snapshots came. */
    void restartOperator() {
        vm.forgetWhenSnapshotsAppeared();
        told.clear();
        told.addAll(history);
        lastView = position();
    }

    // ---- what reaches the judge

    Facts facts() {
        return new Facts(inView ? vm.seen() : null, hosts, inFlight, told, position(), now, fresh);
    }

    /** A view reaches the judge; what was told is stored and acknowledged. */
    Story look() {
        now = now.plusSeconds(1);
        Judge.Learned learned = Judge.learn(record, facts(), policy.protection());
        record = learned.record();
        news = learned.news();
        told.clear();
        lastView = position();
        return this;
    }

    Verdict verdict() {
        return Judge.assess(record, facts(), policy.protection());
    }

    Snapshot seenSnapshot(String moRef) {
        return vm.snapshot(moRef);
    }

    // ---- backups

    Backup backup(String run) {
        return new Backup(this, run);
    }

    /** A full backup from request to commit; the tool removes its snapshot before it reports. */
    Backup full(String run) {
        return backup(run)
                .request(Request.Type.Full)
                .takeSnapshot()
                .readAll()
                .removeSnapshot()
                .report();
    }

    /** Whatever the judge says, done obediently. */
    Backup auto(String run) {
        return backup(run)
                .request(Request.Type.Auto)
                .takeSnapshot()
                .readAsDecided()
                .removeSnapshot()
                .report();
    }

    /** Builds an occurrence that names this VM, a user and, if it has an event, its key. */
    static final class OccurrenceBuilder {
        private final OccurrenceKind kind;
        private final Interval interval;
        private String eventType = "";
        private String task = "";
        private String taskKey = "";
        private String snapshot = "";
        private @Nullable String host;
        private String fault = "";
        private boolean started = true;
        private String message = "as vCenter says";

        private @Nullable Position read;

        OccurrenceBuilder(OccurrenceKind kind, Interval interval) {
            this.kind = kind;
            this.interval = interval;
        }

        /** Found late, where reading stood by then. */
        OccurrenceBuilder readAt(Position position) {
            read = position;
            return this;
        }

        OccurrenceBuilder event(String type) {
            eventType = type;
            return this;
        }

        OccurrenceBuilder saying(String text) {
            message = text;
            return this;
        }

        OccurrenceBuilder task(String name, String taskOf) {
            task = name;
            taskKey = taskOf;
            return this;
        }

        OccurrenceBuilder snapshot(String moRef) {
            snapshot = moRef;
            return this;
        }

        OccurrenceBuilder host(String moRef) {
            host = moRef;
            return this;
        }

        OccurrenceBuilder fault(String name, boolean begun) {
            fault = name;
            started = begun;
            return this;
        }

        Occurrence build() {
            long eventKey = eventType.isEmpty() ? 0 : Math.max(interval.to().key(), 0);
            return new Occurrence(
                    kind,
                    interval,
                    Objects.requireNonNullElse(read, interval.to()),
                    VmState.MOREF,
                    host,
                    eventKey,
                    eventType,
                    task,
                    taskKey,
                    snapshot,
                    fault,
                    started,
                    "LAB\\joe",
                    message);
        }
    }
}
