package io.cbtguard.reconcile;

import io.cbtguard.inventory.Disk;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.Decision.DecisionDisk;
import io.cbtguard.judge.record.Sighting;
import io.cbtguard.judge.record.VmRecord;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one full backup keeps busy, by where its VM was last seen.
 *
 * @param host moRef, empty if not known
 * @param datastores moRefs of those that hold a disk that it reads, as far as they are known
 */
record Slot(String host, Set<String> datastores) {
    Slot {
        datastores = Set.copyOf(datastores);
    }

    static Slot of(VmRecord record, Decision decision) {
        Sighting sighting = record.sighting();
        if (sighting == null) {
            return new Slot("", Set.of());
        }
        Set<String> read = decision.disks().stream()
                .filter(disk -> disk.type() != BackupType.Excluded)
                .map(DecisionDisk::id)
                .collect(Collectors.toSet());
        return new Slot(
                sighting.host() == null ? "" : sighting.host(),
                sighting.disks().stream()
                        .filter(disk -> read.contains(disk.id()))
                        .map(Disk::datastore)
                        .filter(datastore -> !datastore.isEmpty())
                        .collect(Collectors.toSet()));
    }
}
