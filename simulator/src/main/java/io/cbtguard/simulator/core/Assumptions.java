package io.cbtguard.simulator.core;

/**
 * What no vendor document says and this simulator has to decide; each can be switched.
 *
 * @param revertWithoutMemoryPowersOff a revert to a snapshot that was taken without memory leaves the VM powered off
 * @param revertRestoresTracking a revert restores change IDs and tracked blocks of the snapshot, and counting goes on
 *     from there, so that numbers are used twice
 * @param consolidationLosesWrites writes during a consolidation on ESXi 6.0 below build 3247720 reach the disk and not
 *     the map (VMware KB 2136854)
 * @param storageMoveKeepsTracking change IDs survive a move to another datastore
 * @param growKeepsTracking change IDs survive that a disk is extended
 * @param growthConfusesMap a disk that grows past 128 GB or a power-of-two multiple of it on ESXi 4.x to 5.5 before the
 *     fix loses what its map held (VMware KB 2090639)
 * @param allocatedWithSnapshots what {@code *} answers when tracking began on a VM with snapshots (VMware KB 1020128)
 */
public record Assumptions(
        boolean revertWithoutMemoryPowersOff,
        boolean revertRestoresTracking,
        boolean consolidationLosesWrites,
        boolean storageMoveKeepsTracking,
        boolean growKeepsTracking,
        boolean growthConfusesMap,
        AllocatedAnswer allocatedWithSnapshots) {
    public static Assumptions defaults() {
        return new Assumptions(true, true, true, true, true, true, AllocatedAnswer.LIVE_FILE_ONLY);
    }

    public Assumptions withAllocatedWithSnapshots(AllocatedAnswer answer) {
        return new Assumptions(
                revertWithoutMemoryPowersOff,
                revertRestoresTracking,
                consolidationLosesWrites,
                storageMoveKeepsTracking,
                growKeepsTracking,
                growthConfusesMap,
                answer);
    }
}
