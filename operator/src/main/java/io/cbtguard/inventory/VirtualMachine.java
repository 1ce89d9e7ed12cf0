package io.cbtguard.inventory;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What vCenter shows of one VirtualMachine.
 *
 * @param moRef managed object reference, such as {@code vm-42}
 * @param instanceUuid vCenter-wide unique and lasting; empty where the configuration could not be read
 * @param name display name, decoded
 * @param inventoryPath such as {@code /DC0/vm/shop/web-01}
 * @param host moRef of the host it runs on or is registered at; null if not shown
 * @param connected whether vCenter can see the VM now ({@code runtime.connectionState == connected})
 * @param powerState {@code poweredOn}, {@code poweredOff}, {@code suspended}, or empty if not shown
 * @param consolidationNeeded {@code runtime.consolidationNeeded}
 * @param changeVersion {@code config.changeVersion}, a hint that the configuration was touched
 * @param changeTrackingEnabled the VM's flag; null if it could not be read
 * @param configRead whether the configuration (disks, flags) could be read at all
 * @param disks by device key
 * @param snapshots all that exist, in no particular order
 * @param currentSnapshot moRef of the snapshot the VM runs on, null if none
 */
public record VirtualMachine(
        String moRef,
        String instanceUuid,
        String name,
        String inventoryPath,
        @Nullable String host,
        boolean connected,
        String powerState,
        boolean consolidationNeeded,
        String changeVersion,
        @Nullable Boolean changeTrackingEnabled,
        boolean configRead,
        List<Disk> disks,
        List<Snapshot> snapshots,
        @Nullable String currentSnapshot) {
    public VirtualMachine {
        disks = List.copyOf(disks);
        snapshots = List.copyOf(snapshots);
    }

    public Optional<Disk> disk(String id) {
        return disks.stream().filter(disk -> disk.id().equals(id)).findFirst();
    }

    public Optional<Snapshot> snapshot(String snapshotMoRef) {
        return snapshots.stream().filter(s -> s.moRef().equals(snapshotMoRef)).findFirst();
    }
}
