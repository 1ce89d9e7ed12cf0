package io.cbtguard.simulator.vm;

import io.cbtguard.simulator.block.ChangeTracking;

/**
 * The moment in which a VM is halted for a change of its disks or of its place: only then does tracking that was switched
 * on begin to work (VDDK programming guide).
 */
final class Stun {
    private Stun() {}

    /** Lets tracking begin where it is due; returns whether a change ID appeared. */
    static boolean activate(VirtualMachine vm) {
        boolean appeared = false;
        for (VmDisk disk : vm.config().disks()) {
            if (isDue(vm.config(), disk) && disk.state().tracking() == null) {
                String uuid = ChangeTracking.format(vm.vcenter().ids().hex(32));
                if (vm.snapshots().isEmpty()) {
                    disk.state().startTracking(uuid);
                } else {
                    disk.state()
                            .startTrackingLate(uuid, vm.vcenter().assumptions().allocatedWithSnapshots());
                }
                appeared = true;
            }
        }
        return appeared;
    }

    /** As {@link #activate}, for a snapshot: disks that were tracked before get their next number. */
    static void mint(VirtualMachine vm) {
        for (VmDisk disk : vm.config().disks()) {
            ChangeTracking tracking = disk.state().tracking();
            if (tracking != null && !disk.isIndependent()) {
                tracking.mint();
            }
        }
        activate(vm);
    }

    /** A stun that changes nothing else. */
    static void announce(VirtualMachine vm) {
        if (activate(vm)) {
            vm.configChanged("config.hardware.device");
        }
    }

    private static boolean isDue(VmConfig config, VmDisk disk) {
        boolean offForDisk =
                "FALSE".equalsIgnoreCase(config.extraConfig().getOrDefault(disk.node() + ".ctkEnabled", "TRUE"));
        return config.changeTracking && disk.isTrackable() && !offForDisk;
    }
}
