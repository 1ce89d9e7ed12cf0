package io.cbtguard.judge;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.inventory.Snapshot.SnapshotDisk;
import io.cbtguard.inventory.Trackability;
import io.cbtguard.inventory.VirtualMachine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A VM that behaves as vSphere does: snapshots freeze change IDs, a revert brings the frozen ones back. */
final class VmState {
    static final String MOREF = "vm-42";

    final Map<String, DiskState> disks = new LinkedHashMap<>();
    final List<Snapshot> snapshots = new ArrayList<>();

    @Nullable String current;

    @Nullable String host = "host-1";

    @Nullable Boolean tracking = true;

    boolean connected = true;
    boolean configRead = true;
    boolean consolidationNeeded;
    private int lastSnapshot = 76;

    /** One disk, as it is now. */
    static final class DiskState {
        String objectId;
        int key;
        String label;
        int epoch;
        long number;
        long capacity = 1L << 30;
        String datastore = "datastore-11";
        boolean minted = true;

        @Nullable Boolean ctkEnabled = true;

        Trackability trackability = Trackability.TRACKABLE;

        DiskState(int key, String label) {
            this.key = key;
            this.label = label;
            this.objectId = "42-" + key;
            this.epoch = key;
            this.number = 3;
        }

        @Nullable String changeId() {
            return minted && trackability == Trackability.TRACKABLE ? VmState.changeId(epoch, number) : null;
        }
    }

    static String changeId(int epoch, long number) {
        return "52 05 a2 ce 6d 6d c9 59-d3 2e ad 19 e3 96 %02x %02x/%d"
                .formatted(epoch / 256 % 256, epoch % 256, number);
    }

    DiskState disk(String id) {
        DiskState disk = disks.get(id);
        if (disk == null) {
            throw new IllegalArgumentException("no disk " + id);
        }
        return disk;
    }

    /** A new snapshot becomes the current one; its stun ends the blocks of one number and begins the next. */
    String create(String name, @Nullable Interval appeared, Instant hostTime) {
        lastSnapshot++;
        String moRef = "snapshot-" + lastSnapshot;
        disks.values().forEach(d -> d.number++);
        List<SnapshotDisk> frozen = disks.entrySet().stream()
                .map(e -> new SnapshotDisk(
                        e.getKey(), e.getValue().key, e.getValue().changeId()))
                .toList();
        snapshots.add(new Snapshot(moRef, lastSnapshot, name, hostTime, current, appeared, frozen, true));
        current = moRef;
        return moRef;
    }

    /** The children of a removed snapshot get its parent; if it was the current one, its parent becomes that. */
    void remove(String moRef) {
        Snapshot gone = snapshot(moRef);
        snapshots.remove(gone);
        snapshots.replaceAll(s -> moRef.equals(s.parent()) ? withParent(s, gone.parent()) : s);
        if (moRef.equals(current)) {
            current = gone.parent();
        }
    }

    void revert(String moRef) {
        Snapshot target = snapshot(moRef);
        current = moRef;
        for (SnapshotDisk frozen : target.disks()) {
            DiskState disk = disks.get(frozen.id());
            String id = frozen.changeId();
            if (disk != null && id != null) {
                disk.number = Long.parseLong(id.substring(id.indexOf('/') + 1));
            }
        }
    }

    Snapshot snapshot(String moRef) {
        return snapshots.stream()
                .filter(s -> s.moRef().equals(moRef))
                .findFirst()
                .orElseThrow();
    }

    private static Snapshot withParent(Snapshot s, @Nullable String parent) {
        return new Snapshot(
                s.moRef(), s.id(), s.name(), s.createTime(), parent, s.appeared(), s.disks(), s.configRead());
    }

    /** The same snapshots as a watch sees them that has just begun: it does not know when they came. */
    void forgetWhenSnapshotsAppeared() {
        snapshots.replaceAll(s ->
                new Snapshot(s.moRef(), s.id(), s.name(), s.createTime(), s.parent(), null, s.disks(), s.configRead()));
    }

    VirtualMachine seen() {
        List<Disk> shown = disks.entrySet().stream()
                .map(e -> shown(e.getKey(), e.getValue()))
                .toList();
        return new VirtualMachine(
                MOREF,
                "5021-uuid",
                "web-01",
                "/DC0/vm/shop/web-01",
                host,
                connected,
                "poweredOn",
                consolidationNeeded,
                "1",
                tracking,
                configRead,
                shown,
                snapshots,
                current);
    }

    private static Disk shown(String id, DiskState d) {
        return new Disk(
                id, d.objectId, d.key, d.label, d.capacity, d.datastore, d.changeId(), d.ctkEnabled, d.trackability);
    }
}
