package io.cbtguard.model;

import io.cbtguard.inventory.ChangeId;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.model.RunData.DiskData;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What other ways of deciding would have done with the same snapshots: comparing the UUID, as tools do today; and an oracle that
 * takes a full only where the query would fault or miss a block.
 */
final class Shadows {
    private final BackupClient client;
    private final Map<String, DiskData> byUuid = new HashMap<>();
    private final Map<String, DiskData> byOracle = new HashMap<>();

    Shadows(BackupClient client) {
        this.client = client;
    }

    /**
     * @param nothingTracked no disk of the snapshot is tracked
     * @param noneBefore no run before left anything to build on
     * @param uuidFull comparing the UUID, it would have been a full
     * @param uuidFaithful a restore of what comparing the UUID left would bring back the disk
     * @param oracleFull it had to be a full
     */
    record Others(
            boolean nothingTracked, boolean noneBefore, boolean uuidFull, boolean uuidFaithful, boolean oracleFull) {}

    /**
     * @param full everybody is asked for a full
     * @param kept the run succeeds, so that the next one may build on it
     */
    Others read(int chain, GuestSnapshot snapshot, boolean full, boolean kept) {
        boolean nothingTracked = true;
        boolean noneBefore = true;
        boolean uuidFull = false;
        boolean uuidFaithful = true;
        boolean oracleFull = false;
        for (GuestDisk frozen : snapshot.disks()) {
            if (frozen.independent) {
                continue;
            }
            String key = chain + "/" + frozen.id;
            nothingTracked &= frozen.tracking() == null;
            noneBefore &= !byOracle.containsKey(key);
            DiskData all = BackupClient.all(frozen, ReadMethod.All);
            DiskData uuid = full ? all : increment(frozen, byUuid.get(key)).orElse(all);
            DiskData oracle = full
                    ? all
                    : increment(frozen, byOracle.get(key))
                            .filter(DiskData::faithful)
                            .orElse(all);
            uuidFull |= uuid.read() == ReadMethod.All;
            uuidFaithful &= uuid.faithful();
            oracleFull |= oracle.read() == ReadMethod.All;
            if (kept) {
                byUuid.put(key, uuid);
                byOracle.put(key, oracle);
            }
        }
        return new Others(nothingTracked, noneBefore, uuidFull, uuidFaithful, oracleFull);
    }

    private Optional<DiskData> increment(GuestDisk frozen, @Nullable DiskData base) {
        if (base == null || base.changeId().isEmpty()) {
            return Optional.empty();
        }
        boolean same = ChangeId.epoch(base.changeId()).equals(ChangeId.epoch(BackupClient.changeId(frozen)));
        return same ? client.changed(frozen, "before", base.changeId(), base) : Optional.empty();
    }
}
