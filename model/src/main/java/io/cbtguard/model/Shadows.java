package io.cbtguard.model;

import io.cbtguard.inventory.ChangeId;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.model.RunData.DiskData;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What other ways of deciding would have done with the same snapshots: comparing the UUID, as tools do today; always a full; and an
 * oracle that takes a full only where the query would fault or miss a block.
 */
final class Shadows {
    private final BackupClient client;
    private final Tally tally;
    private final Map<String, DiskData> byUuid = new HashMap<>();
    private final Map<String, DiskData> byOracle = new HashMap<>();

    Shadows(BackupClient client, Tally tally) {
        this.client = client;
        this.tally = tally;
    }

    void read(int chain, GuestSnapshot snapshot) {
        boolean uuidFull = false;
        boolean oracleFull = false;
        boolean faithful = true;
        for (GuestDisk frozen : snapshot.disks()) {
            if (frozen.independent) {
                continue;
            }
            String key = chain + "/" + frozen.id;
            DiskData uuid =
                    increment(frozen, byUuid.get(key)).orElseGet(() -> BackupClient.all(frozen, ReadMethod.All));
            byUuid.put(key, uuid);
            uuidFull |= uuid.read() == ReadMethod.All;
            faithful &= uuid.faithful();
            DiskData oracle = increment(frozen, byOracle.get(key))
                    .filter(DiskData::faithful)
                    .orElseGet(() -> BackupClient.all(frozen, ReadMethod.All));
            byOracle.put(key, oracle);
            oracleFull |= oracle.read() == ReadMethod.All;
        }
        tally.count("uuid " + (uuidFull ? "full" : "incremental"));
        tally.count("oracle " + (oracleFull ? "full" : "incremental"));
        tally.count("always full");
        if (!faithful) {
            tally.count("uuid unsound");
        }
    }

    private Optional<DiskData> increment(GuestDisk frozen, @org.jspecify.annotations.Nullable DiskData base) {
        if (base == null || base.changeId().isEmpty()) {
            return Optional.empty();
        }
        boolean same = ChangeId.epoch(base.changeId()).equals(ChangeId.epoch(BackupClient.changeId(frozen)));
        return same ? client.changed(frozen, "before", base.changeId(), base) : Optional.empty();
    }
}
