package io.cbtguard.inventory;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A virtual disk as the live configuration shows it.
 *
 * @param id the backing's UUID at the root of the disk's file chain, such as {@code 6000C29a-…}; where a vCenter shows none, the
 *     root's datastore path
 * @param objectId {@code diskObjectId} of the device, empty where a vCenter shows none
 * @param key device key, such as 2000; a key may be reused by another disk
 * @param label device label, such as {@code Hard disk 1}
 * @param capacityBytes size in bytes
 * @param datastore moRef of the datastore that holds the root of its file chain, empty if not shown
 * @param changeId the live change ID; null while none has been minted
 * @param ctkEnabled the disk's own {@code scsiX:Y.ctkEnabled} flag; null if it was not read or is not set
 * @param trackability whether it can have change IDs at all
 */
public record Disk(
        String id,
        String objectId,
        int key,
        String label,
        long capacityBytes,
        String datastore,
        @Nullable String changeId,
        @Nullable Boolean ctkEnabled,
        Trackability trackability) {
    /** The epoch UUID of the live change ID; empty while there is none, or none that can be read. */
    public Optional<String> epoch() {
        return changeId == null ? Optional.empty() : ChangeId.epoch(changeId);
    }

    public boolean trackable() {
        return trackability == Trackability.TRACKABLE;
    }
}
