package io.cbtguard.model;

import io.cbtguard.inventory.ChangeId;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.model.RunData.DiskData;
import io.cbtguard.simulator.block.ChangeTracking;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Copies blocks out of a snapshot, those that the real query would name; it is wrong whenever the tracking map is. */
final class BackupClient {
    /** Every so manieth block is left out by an epoch that is not reliable. */
    private static final int LOST = 3;

    private final World world;

    BackupClient(World world) {
        this.world = world;
    }

    static DiskData all(GuestDisk frozen, ReadMethod how) {
        long[] content = frozen.image();
        return new DiskData(content, content, changeId(frozen), how, "", "");
    }

    /** What {@code QueryChangedDiskAreas("*")} names; empty where it faults. */
    Optional<DiskData> allocated(GuestDisk frozen) {
        ChangeTracking tracking = frozen.tracking();
        if (tracking == null) {
            return Optional.empty();
        }
        boolean complete = world.clean(tracking.uuid()) || !world.setup.starTellsEpoch();
        long[] truth = frozen.image();
        if (complete) {
            return Optional.of(new DiskData(truth, truth, changeId(frozen), ReadMethod.AllocatedCbt, "", ""));
        }
        long[] image = new long[truth.length];
        tracking.changedAfter(0).keySet().forEach(block -> image[(int) (long) block] = truth[(int) (long) block]);
        return Optional.of(new DiskData(truth, image, changeId(frozen), ReadMethod.AllocatedCbt, "", ""));
    }

    /** What changed since an ID, on top of what another run left; empty where the query faults. */
    Optional<DiskData> changed(GuestDisk frozen, String baseRun, String baseChangeId, DiskData base) {
        return changedBlocks(frozen, baseChangeId).map(blocks -> {
            long[] truth = frozen.image();
            long[] image = base.image().clone();
            blocks.forEach(block -> image[(int) (long) block] = truth[(int) (long) block]);
            return new DiskData(truth, image, changeId(frozen), ReadMethod.Changed, baseRun, baseChangeId);
        });
    }

    private Optional<Set<Long>> changedBlocks(GuestDisk frozen, String since) {
        ChangeTracking tracking = map(frozen);
        String epoch = ChangeId.epoch(since).orElse("");
        if (tracking == null || !tracking.uuid().equals(epoch)) {
            return Optional.empty();
        }
        Set<Long> changed =
                tracking.changedAfter((int) ChangeId.number(since).orElse(0)).keySet();
        return Optional.of(
                world.isReliable(epoch) || !world.setup.uncleanLoses()
                        ? changed
                        : changed.stream().filter(block -> block % LOST != 0).collect(Collectors.toSet()));
    }

    private @Nullable ChangeTracking map(GuestDisk frozen) {
        ChangeTracking own = frozen.tracking();
        ChangeTracking live = world.disk(frozen.id).map(GuestDisk::tracking).orElse(null);
        boolean byLive = world.setup.queryByLiveMap()
                && own != null
                && live != null
                && live.uuid().equals(own.uuid());
        return byLive ? live : own;
    }

    static String changeId(GuestDisk disk) {
        String id = disk.state.changeId();
        return id == null ? "" : id;
    }
}
