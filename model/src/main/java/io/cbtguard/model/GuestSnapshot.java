package io.cbtguard.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as it really is.
 *
 * @param moment when it was taken, in the order in which things really happened
 * @param parent moRef, null at the root
 * @param tracking the VM's flag as it was
 * @param disks as they were
 */
record GuestSnapshot(
        String moRef,
        int id,
        String name,
        Instant createTime,
        long moment,
        @Nullable String parent,
        boolean tracking,
        List<GuestDisk> disks) {
    Optional<GuestDisk> disk(String diskId) {
        return disks.stream().filter(d -> d.id.equals(diskId)).findFirst();
    }

    GuestSnapshot under(@Nullable String otherParent) {
        return new GuestSnapshot(moRef, id, name, createTime, moment, otherParent, tracking, disks);
    }
}
