package io.cbtguard.model;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.inventory.Snapshot.SnapshotDisk;
import io.cbtguard.inventory.TaskInFlight;
import io.cbtguard.inventory.Trackability;
import io.cbtguard.inventory.VirtualMachine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The watch of one vCenter by its contract: views whose history was read at least as far as their properties, occurrences that stay
 * until they are acknowledged, gaps where history is missing.
 */
final class Watch {
    private final World world;
    private final Vcenter vcenter;
    private final Map<String, @Nullable Interval> appeared = new HashMap<>();
    private final List<Occurrence> gaps = new ArrayList<>();
    private @Nullable Position viewed;
    private Position cursor;
    private Position head;
    private Position through;
    private @Nullable VirtualMachine vm;
    private List<TaskInFlight> inFlight = List.of();
    private Map<String, Host> hosts = Map.of();

    /** What vCenter last knew of the VM whose host it cannot see now. */
    private @Nullable VirtualMachine unseen;

    private boolean sightLost;

    /** A gap was told and not acknowledged before the operator was started again. */
    private boolean owed;

    private int views;

    Watch(World world) {
        this.world = world;
        this.vcenter = world.vcenter;
        this.cursor = vcenter.head();
        this.head = cursor;
        this.through = cursor;
    }

    /** The operator was started again: what was not acknowledged is read again, and with luck no more than that. */
    void restart(Dice dice) {
        viewed = null;
        appeared.clear();
        owed |= !gaps.isEmpty();
        gaps.clear();
        head = cursor;
        boolean again = dice.percent(30);
        for (Entry entry : vcenter.entries()) {
            entry.read &= entry.acknowledged && !(again && dice.percent(50));
        }
    }

    /** vCenter forgets what it has told or would tell, up to now. */
    void forgetHistory(int share) {
        List<Entry> entries = vcenter.entries();
        int until = entries.size() * share / 100;
        entries.subList(0, until).forEach(entry -> entry.lost = true);
    }

    boolean sightLost() {
        return sightLost;
    }

    void sight(boolean lost) {
        sightLost = lost;
    }

    /** vCenter loses, or finds again, the VM's host. */
    void disconnected(boolean now) {
        unseen = now ? see(true, false) : null;
    }

    /**
     * Reads history, then properties.
     *
     * @param oldestLost whether history up to where it was read is gone, so that there is a gap
     */
    void publish(boolean configRead, boolean oldestLost) {
        Position before = head;
        Position now = vcenter.head();
        boolean missed = oldestLost || owed;
        owed = false;
        views++;
        for (Entry entry : vcenter.entries()) {
            if (entry.lost && !entry.read) {
                missed = true;
                entry.read = true;
                entry.acknowledged = true;
            }
        }
        if (missed) {
            Interval unread = new Interval(before, now);
            gaps.add(new Occurrence(
                    OccurrenceKind.GAP, unread, now, null, null, 0, "", "", "", "", "", true, "", "history is gone"));
        }
        for (Entry entry : vcenter.entries()) {
            if (!entry.read && entry.told(vcenter.step(), vcenter.now()) && !sightLost) {
                entry.found(before, now);
            }
        }
        head = now;
        through = now;
        hosts = Map.copyOf(world.hosts);
        inFlight = sightLost ? List.of() : vcenter.inFlight();
        vm = sightLost ? null : unseen != null ? unseen : see(configRead, true);
        if (!sightLost && unseen == null) {
            viewed = now;
        }
    }

    /** History of the VM from a position on, read again. */
    List<Occurrence> again(Position from) {
        List<Occurrence> found = new ArrayList<>();
        boolean missed = false;
        for (Entry entry : vcenter.entries()) {
            if (entry.told(vcenter.step(), vcenter.now())
                    && !entry.occurrence.interval().to().isBefore(from)) {
                missed |= entry.lost;
                if (!entry.lost) {
                    entry.read = true;
                    found.add(entry.occurrence);
                }
            }
        }
        if (missed) {
            found.addFirst(new Occurrence(
                    OccurrenceKind.GAP,
                    new Interval(Position.earlier(from, through), through),
                    through,
                    null,
                    null,
                    0,
                    "",
                    "",
                    "",
                    "",
                    "",
                    true,
                    "",
                    "history is gone"));
        }
        return found;
    }

    List<Occurrence> occurrences() {
        List<Occurrence> open = new ArrayList<>(gaps);
        for (Entry entry : vcenter.entries()) {
            if (entry.read && !entry.acknowledged && !entry.lost) {
                open.add(entry.occurrence);
            }
        }
        return open;
    }

    /** All that the newest view told is stored. */
    void acknowledge() {
        gaps.clear();
        vcenter.entries().stream().filter(entry -> entry.read).forEach(entry -> entry.acknowledged = true);
        cursor = head;
    }

    /** How many views there were. */
    int views() {
        return views;
    }

    Position through() {
        return through;
    }

    Instant now() {
        return vcenter.now();
    }

    @Nullable VirtualMachine vm() {
        return vm;
    }

    List<TaskInFlight> inFlight() {
        return inFlight;
    }

    Map<String, Host> hosts() {
        return hosts;
    }

    private VirtualMachine see(boolean configRead, boolean connected) {
        List<Snapshot> snapshots =
                world.snapshots.stream().map(s -> see(s, configRead)).toList();
        return new VirtualMachine(
                Vcenter.VM,
                "5029-uuid",
                "web-01",
                "/DC0/vm/web-01",
                world.host,
                connected,
                "poweredOn",
                false,
                "",
                configRead ? world.trackingEnabled : null,
                configRead,
                configRead ? world.disks.stream().map(this::see).toList() : List.of(),
                snapshots,
                world.current);
    }

    private Disk see(GuestDisk disk) {
        return new Disk(
                disk.id,
                disk.id + "-object",
                disk.key,
                disk.label,
                disk.state.capacity(),
                "datastore-1",
                liveId(disk),
                disk.independent ? null : disk.ctkEnabled,
                disk.independent ? Trackability.INDEPENDENT : Trackability.TRACKABLE);
    }

    /** The change ID that the live configuration shows. */
    @Nullable String liveId(GuestDisk disk) {
        var tracking = disk.tracking();
        if (tracking == null) {
            return null;
        }
        return world.setup.liveAhead() ? tracking.uuid() + "/" + (tracking.number() + 1) : tracking.changeId();
    }

    private Snapshot see(GuestSnapshot snapshot, boolean configRead) {
        Position before = viewed;
        if (!appeared.containsKey(snapshot.moRef())) {
            appeared.put(snapshot.moRef(), before == null ? null : new Interval(before, vcenter.head()));
        }
        Interval first = appeared.get(snapshot.moRef());
        return new Snapshot(
                snapshot.moRef(),
                snapshot.id(),
                snapshot.name(),
                snapshot.createTime(),
                snapshot.parent(),
                first,
                configRead
                        ? snapshot.disks().stream()
                                .map(d -> new SnapshotDisk(d.id, d.key, d.independent ? null : d.state.changeId()))
                                .toList()
                        : List.of(),
                configRead);
    }

    /** Whether nothing is missing that this watch could know. */
    boolean complete() {
        return !sightLost
                && unseen == null
                && vcenter.entries().stream().noneMatch(e -> !e.lost && !e.read)
                && Objects.equals(through, vcenter.head());
    }
}
