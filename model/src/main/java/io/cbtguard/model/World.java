package io.cbtguard.model;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.model.Setup.RevertedMap;
import io.cbtguard.model.Setup.RevertedNumbers;
import io.cbtguard.simulator.block.ChangeTracking;
import io.cbtguard.simulator.block.DiskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The VM as it really is: blocks, tracking maps, snapshots, host. Nothing here knows what anybody sees of it; what vCenter writes
 * into its history is written beside, by {@link Operations}.
 */
final class World {
    private static final long START_BLOCKS = 8;

    final Setup setup;
    final Vcenter vcenter;
    final Map<String, Host> hosts = new LinkedHashMap<>();
    final List<GuestSnapshot> snapshots = new ArrayList<>();
    final List<GuestDisk> detached = new ArrayList<>();
    final List<Cause> causes = new ArrayList<>();
    List<GuestDisk> disks = new ArrayList<>();
    String host = "host-1";
    boolean trackingEnabled;

    @Nullable String current;

    final Builds builds;
    private final Map<String, Integer> highest = new HashMap<>();
    private final Map<String, ChangeTracking> atLastMint = new HashMap<>();
    private final Set<String> unclean = new HashSet<>();
    private final Set<String> unreliable = new HashSet<>();
    private final Set<String> trusted = new HashSet<>();
    private long moment;
    private long version;
    private int epochs;
    private int diskNumber;
    private int snapshotNumber;

    World(Setup setup) {
        this.setup = setup;
        this.vcenter = new Vcenter(setup);
        this.builds = setup.affectedBuilds() ? Builds.AFFECTED : Builds.SOUND;
        for (int i = 1; i <= 3; i++) {
            hosts.put("host-" + i, new Host("host-" + i, "esx-" + i, i == 3 ? builds.newer() : builds.older(), true));
        }
        for (int i = 0; i < setup.disks(); i++) {
            addDisk(2000 + i, false);
        }
        if (setup.untrackable()) {
            addDisk(2000 + setup.disks(), true);
        }
        disks.forEach(disk -> write(disk, 0));
    }

    long moment() {
        return moment;
    }

    long next() {
        return ++moment;
    }

    GuestDisk addDisk(int key, boolean independent) {
        GuestDisk disk = new GuestDisk(
                "6000C29a-" + ++diskNumber, key, independent, new DiskState(START_BLOCKS * DiskState.BLOCK));
        disks.add(disk);
        begin(disk);
        return disk;
    }

    void write(GuestDisk disk, int block) {
        next();
        disk.write(block % disk.blocks(), ++version);
    }

    Optional<GuestSnapshot> snapshot(@Nullable String moRef) {
        return snapshots.stream().filter(s -> s.moRef().equals(moRef)).findFirst();
    }

    Optional<GuestDisk> disk(String id) {
        return disks.stream().filter(d -> d.id.equals(id)).findFirst();
    }

    EsxBuild build() {
        Host now = hosts.get(host);
        if (now == null || now.build() == null) {
            throw new IllegalStateException("no host " + host);
        }
        return now.build();
    }

    /** Whether {@code *} is complete for an epoch: no snapshot existed when it began. */
    boolean clean(String epoch) {
        return !unclean.contains(epoch);
    }

    /** Whether an epoch keeps all that changes. */
    boolean isReliable(String epoch) {
        return !unreliable.contains(epoch);
    }

    /** Tracking that was found, or found switched on, when the VM was first seen: policies take it on trust. */
    void adopted(Disk seen) {
        if (seen.epoch().isPresent()) {
            unreliable.remove(seen.epoch().get());
            return;
        }
        ChangeTracking begun = disk(seen.id()).map(GuestDisk::tracking).orElse(null);
        if (begun != null) {
            unreliable.remove(begun.uuid());
        } else {
            trusted.add(seen.id());
        }
    }

    /** The VM stops for a moment: what waits for that takes effect. */
    void stun() {
        next();
        for (GuestDisk disk : disks) {
            if (disk.starting) {
                start(disk);
            } else if (setup.stunMints()) {
                mint(disk);
            }
        }
    }

    GuestSnapshot take(String name) {
        stun();
        disks.stream().filter(d -> !d.independent).forEach(this::mint);
        int id = ++snapshotNumber;
        GuestSnapshot taken = new GuestSnapshot(
                "snapshot-" + id,
                id,
                name,
                vcenter.now(),
                next(),
                current,
                trackingEnabled,
                disks.stream().map(GuestDisk::copy).toList());
        snapshots.add(taken);
        current = taken.moRef();
        return taken;
    }

    void remove(GuestSnapshot gone) {
        next();
        snapshots.removeIf(s -> s.moRef().equals(gone.moRef()));
        snapshots.replaceAll(s -> gone.moRef().equals(s.parent()) ? s.under(gone.parent()) : s);
        if (gone.moRef().equals(current)) {
            current = gone.parent();
        }
        if (Builds.losesDuringConsolidation(build())) {
            disks.stream().filter(d -> !d.independent).forEach(d -> d.writeUnnoted(d.blocks() - 1, ++version));
        }
        stun();
    }

    /** Content and configuration come back; what comes back of the map is an assumption. */
    void revert(GuestSnapshot to) {
        next();
        Map<String, GuestDisk> live = new HashMap<>();
        disks.forEach(disk -> live.put(disk.id, disk));
        List<GuestDisk> restored = new ArrayList<>();
        for (GuestDisk frozen : to.disks()) {
            GuestDisk before = live.get(frozen.id);
            if (frozen.independent && before != null) {
                restored.add(before);
                continue;
            }
            GuestDisk disk = frozen.copy();
            if (before != null && setup.map() == RevertedMap.KEPT) {
                disk.state.adoptTracking(before.tracking());
                disk.starting = before.starting;
            } else {
                countOn(disk);
            }
            restored.add(disk);
        }
        for (GuestDisk disk : disks) {
            if (restored.stream().noneMatch(d -> d.id.equals(disk.id))) {
                detached.add(disk);
            }
        }
        detached.removeIf(d -> to.disk(d.id).isPresent());
        disks = restored;
        trackingEnabled = to.tracking();
        current = to.moRef();
        if (setup.map() == RevertedMap.KEPT) {
            disks.forEach(this::followFlags);
        }
        stun();
    }

    private void countOn(GuestDisk disk) {
        ChangeTracking tracking = disk.tracking();
        if (tracking != null && setup.numbers() == RevertedNumbers.FROM_HIGHEST) {
            int to = highest.getOrDefault(tracking.uuid(), tracking.number());
            while (tracking.number() < to) {
                tracking.mint();
            }
        }
    }

    /** What is tracked follows what is switched on. */
    void followFlags(GuestDisk disk) {
        boolean on = trackingEnabled && disk.ctkEnabled && !disk.independent;
        if (!on) {
            disk.state.stopTracking();
            disk.starting = false;
        } else if (disk.tracking() == null && !disk.starting) {
            begin(disk);
        }
    }

    /** Tracking is switched on for a disk. */
    private void begin(GuestDisk disk) {
        if (!trackingEnabled || !disk.ctkEnabled || disk.independent) {
            return;
        }
        if (setup.enablingNeedsStun()) {
            disk.starting = true;
        } else {
            start(disk);
        }
    }

    private void start(GuestDisk disk) {
        String hex = String.format("%032x", 0x5205a2ceL * 1_000_003 + ++epochs);
        String uuid = ChangeTracking.format(hex);
        disk.starting = false;
        disk.state.startTracking(uuid);
        ChangeTracking begun = disk.tracking();
        if (begun != null) {
            atLastMint.put(disk.id, copy(begun));
        }
        if (!snapshots.isEmpty()) {
            unclean.add(uuid);
        }
        boolean isTrusted = trusted.remove(disk.id);
        if (!isTrusted && snapshots.stream().anyMatch(s -> s.disk(disk.id).isPresent())) {
            unreliable.add(uuid); // a disk that came later has no snapshots
        }
    }

    /** Its change tracking file is gone and begins anew. */
    void restart(GuestDisk disk) {
        disk.state.stopTracking();
        begin(disk);
    }

    private void mint(GuestDisk disk) {
        ChangeTracking tracking = disk.tracking();
        if (tracking != null) {
            tracking.mint();
            highest.merge(tracking.uuid(), tracking.number(), Math::max);
            atLastMint.put(disk.id, copy(tracking));
        }
    }

    /** The VM runs on another build from now on. */
    void buildChanged() {
        next();
        if (setup.buildChangeForgets()) {
            disks.forEach(this::forget);
        }
    }

    private void forget(GuestDisk disk) {
        ChangeTracking now = disk.tracking();
        ChangeTracking then = atLastMint.get(disk.id);
        if (now == null || then == null || !then.uuid().equals(now.uuid())) {
            return;
        }
        int number = now.number();
        disk.state.adoptTracking(then);
        ChangeTracking adopted = disk.tracking();
        while (adopted != null && adopted.number() < number) {
            adopted.mint();
        }
    }

    private static ChangeTracking copy(ChangeTracking tracking) {
        DiskState holder = new DiskState(0);
        holder.adoptTracking(tracking);
        ChangeTracking copy = holder.tracking();
        if (copy == null) {
            throw new IllegalStateException("no tracking");
        }
        return copy;
    }

    /** The VM came to run on another build: history says so if it moved. */
    Entry tellMoved(Dice dice) {
        Position at = vcenter.event();
        return vcenter.tell(Vcenter.occurrence(OccurrenceKind.MOVED, Interval.at(at), at, host), dice);
    }
}
