package io.cbtguard.simulator.vm;

import com.vmware.vim25.InvalidDeviceOperation;
import com.vmware.vim25.VirtualDeviceFileBackingInfo;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualDiskFlatVer2BackingInfo;
import com.vmware.vim25.VirtualDiskSeSparseBackingInfo;
import io.cbtguard.simulator.core.Assumptions;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.core.Faults;

/** What a device change does to a disk. */
final class DiskEdit {
    private DiskEdit() {}

    /**
     * Adds a disk: a new file, or one that was detached before.
     *
     * @param create whether a file is to be made
     */
    static VmDisk add(VirtualMachine vm, VmConfig config, VmFactory factory, VirtualDisk device, boolean create) {
        if (!create && device.getBacking() instanceof VirtualDeviceFileBackingInfo backing) {
            VmDisk detached = factory.shelf().take(backing.getFileName());
            if (detached == null) {
                throw Faults.invalidArgument("spec.deviceChange.device.backing.fileName");
            }
            VmDisk again = detached.onUnit(freeUnit(config));
            config.put(again);
            return again;
        }
        long bytes = capacity(device);
        if (bytes <= 0) {
            throw Faults.invalidArgument("spec.deviceChange.device.capacityInKB");
        }
        VmDisk disk = factory.addDisk(config, vm.name(), vm.datastore().name(), bytes);
        applyMode(disk, device);
        return disk;
    }

    private static int freeUnit(VmConfig config) {
        int unit = 0;
        while (config.disk(2000 + unit) != null) {
            unit++;
        }
        return unit;
    }

    /** A removed disk keeps its file, unless that is deleted with it. */
    static void detach(VirtualMachine vm, VmDisk disk, boolean destroy) {
        if (!destroy) {
            vm.shelf().put(disk);
        }
    }

    static void edit(VirtualMachine vm, VmDisk disk, VirtualDisk device, Assumptions assumptions) {
        long bytes = capacity(device);
        if (bytes > 0 && bytes < disk.state().capacity()) {
            throw new FaultException(new InvalidDeviceOperation(), "A disk cannot be made smaller.");
        }
        if (bytes > disk.state().capacity()) {
            if (disk.file().parent() != null) {
                throw ConfigChange.refused("The disk has snapshots and cannot be extended.");
            }
            if (assumptions.growthConfusesMap()
                    && AffectedBuilds.confuseTheMapOnGrowth(vm.host().product())
                    && crossesBoundary(disk.state().capacity(), bytes)) {
                disk.state().confuseTracking();
            }
            disk.state().growTo(bytes);
            if (!assumptions.growKeepsTracking()) {
                disk.state().stopTracking();
            }
        }
        applyMode(disk, device);
    }

    /** Whether 128 GB or a power-of-two multiple of it lies above the old size and not above the new one. */
    private static boolean crossesBoundary(long before, long after) {
        long boundary = 128L << 30;
        while (boundary <= before) {
            boundary *= 2;
        }
        return boundary <= after;
    }

    private static long capacity(VirtualDisk device) {
        Long bytes = device.getCapacityInBytes();
        return bytes != null && bytes > device.getCapacityInKB() * 1024 - 1024
                ? bytes
                : device.getCapacityInKB() * 1024;
    }

    private static void applyMode(VmDisk disk, VirtualDisk device) {
        String mode =
                switch (device.getBacking()) {
                    case VirtualDiskFlatVer2BackingInfo flat -> flat.getDiskMode();
                    case VirtualDiskSeSparseBackingInfo sparse -> sparse.getDiskMode();
                    case null, default -> null;
                };
        if (mode != null && !mode.isEmpty()) {
            disk.setMode(mode);
        }
        if (device.getBacking() instanceof VirtualDiskFlatVer2BackingInfo flat && flat.getSharing() != null) {
            disk.setSharing(flat.getSharing());
        }
        if (!disk.isTrackable()) {
            disk.state().stopTracking();
        }
    }
}
