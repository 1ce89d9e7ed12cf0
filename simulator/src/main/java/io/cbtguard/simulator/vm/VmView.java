package io.cbtguard.simulator.vm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine as tests and the control port see it.
 *
 * @param powerState as in the API, such as poweredOn
 * @param host moRef of the host
 * @param snapshots parents before children
 */
public record VmView(
        String moRef,
        String name,
        String instanceUuid,
        String powerState,
        String host,
        String datastore,
        boolean changeTrackingEnabled,
        boolean consolidationNeeded,
        String changeVersion,
        List<Disk> disks,
        List<Snap> snapshots) {
    /**
     * A disk.
     *
     * @param changeId null while nothing is tracked
     */
    public record Disk(
            int key,
            String file,
            String uuid,
            long capacity,
            @Nullable String changeId) {}

    /**
     * A snapshot.
     *
     * @param parent moRef of the one above, null at a root
     * @param current whether the VM stands on it
     * @param disks with the change IDs that it froze
     */
    public record Snap(
            String moRef, String name, int id, @Nullable String parent, boolean current, List<Disk> disks) {}

    static VmView of(VirtualMachine vm) {
        return new VmView(
                vm.ref().value(),
                vm.name(),
                vm.instanceUuid(),
                vm.powerState().value(),
                vm.host().ref().value(),
                vm.datastore().name(),
                vm.config().changeTracking,
                vm.consolidationNeeded(),
                vm.changeVersion(),
                disks(vm.config()),
                vm.snapshots().all().stream()
                        .map(snapshot -> snap(vm, snapshot))
                        .toList());
    }

    private static Snap snap(VirtualMachine vm, Snapshot snapshot) {
        Snapshot parent = snapshot.parent();
        return new Snap(
                snapshot.ref().value(),
                snapshot.name(),
                snapshot.id(),
                parent == null ? null : parent.ref().value(),
                vm.snapshots().current() == snapshot,
                disks(snapshot.config()));
    }

    private static List<Disk> disks(VmConfig config) {
        return config.disks().stream()
                .map(disk -> new Disk(
                        disk.key(),
                        disk.file().path(),
                        disk.uuid(),
                        disk.state().capacity(),
                        disk.state().changeId()))
                .toList();
    }

    /** The disk with a key. */
    public Disk disk(int key) {
        return disks.stream().filter(disk -> disk.key() == key).findFirst().orElseThrow();
    }

    /** The newest snapshot with a name. */
    public Snap snapshot(String wanted) {
        return snapshots.stream()
                .filter(snap -> snap.name().equals(wanted))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
