package io.cbtguard.vsphere;

import com.vmware.vim25.VirtualAHCIController;
import com.vmware.vim25.VirtualController;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualDeviceBackingInfo;
import com.vmware.vim25.VirtualDeviceFileBackingInfo;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualDiskFlatVer1BackingInfo;
import com.vmware.vim25.VirtualDiskFlatVer2BackingInfo;
import com.vmware.vim25.VirtualDiskRawDiskMappingVer1BackingInfo;
import com.vmware.vim25.VirtualDiskRawDiskVer2BackingInfo;
import com.vmware.vim25.VirtualDiskSeSparseBackingInfo;
import com.vmware.vim25.VirtualDiskSparseVer1BackingInfo;
import com.vmware.vim25.VirtualDiskSparseVer2BackingInfo;
import com.vmware.vim25.VirtualIDEController;
import com.vmware.vim25.VirtualNVMEController;
import com.vmware.vim25.VirtualSATAController;
import com.vmware.vim25.VirtualSCSIController;
import com.vmware.vim25.VirtualSCSISharing;
import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Trackability;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the virtual disks out of a device list. A disk's identity is taken at the root of its file chain, which a snapshot does
 * not change; its change ID is the one of the file on top. A backing type that the stubs do not know arrives as its base type,
 * without file name and change ID: that is an unknown disk, not a disk without a change ID.
 */
final class Disks {
    private Disks() {}

    /**
     * @param disk as the device list alone shows it: without the flags of the VM's extra configuration
     * @param node such as {@code scsi0:0}, by which the extra configuration names the disk; empty if the controller is not known
     */
    record Found(Disk disk, String node) {}

    /** What of a backing matters. */
    private record Backing(
            @Nullable String uuid,
            @Nullable String file,
            @Nullable String changeId,
            @Nullable String mode,
            boolean shared,
            boolean physical,
            boolean known) {}

    static List<Found> of(List<VirtualDevice> devices) {
        Map<Integer, VirtualController> controllers = new TreeMap<>();
        for (VirtualDevice device : devices) {
            if (device instanceof VirtualController controller) {
                controllers.put(controller.getKey(), controller);
            }
        }
        return devices.stream()
                .filter(VirtualDisk.class::isInstance)
                .map(device -> found((VirtualDisk) device, controllers))
                .sorted(Comparator.comparingInt(found -> found.disk().key()))
                .toList();
    }

    private static Found found(VirtualDisk disk, Map<Integer, VirtualController> controllers) {
        VirtualController controller =
                disk.getControllerKey() == null ? null : controllers.get(disk.getControllerKey());
        Backing top = backing(disk.getBacking());
        Backing root = root(disk.getBacking());
        String objectId = disk.getDiskObjectId() == null ? "" : disk.getDiskObjectId();
        long capacity = disk.getCapacityInBytes() == null ? disk.getCapacityInKB() * 1024 : disk.getCapacityInBytes();
        Disk fact = new Disk(
                identity(root, top, objectId, disk.getKey()),
                objectId,
                disk.getKey(),
                label(disk),
                capacity,
                datastore(disk.getBacking()),
                top.changeId(),
                null,
                trackability(top, controller));
        return new Found(fact, node(controller, disk.getUnitNumber()));
    }

    private static String label(VirtualDisk disk) {
        String label =
                disk.getDeviceInfo() == null ? null : disk.getDeviceInfo().getLabel();
        return label == null ? "disk " + disk.getKey() : label;
    }

    private static String identity(Backing root, Backing top, String objectId, int key) {
        if (root.uuid() != null) {
            return root.uuid();
        }
        if (top.uuid() != null) {
            return top.uuid();
        }
        if (root.file() != null) {
            return root.file();
        }
        return objectId.isEmpty() ? "device-" + key : objectId;
    }

    private static Trackability trackability(Backing top, @Nullable VirtualController controller) {
        if (!top.known()) {
            return Trackability.UNKNOWN_BACKING;
        }
        if (top.physical()) {
            return Trackability.PHYSICAL_RDM;
        }
        if (top.mode() != null && top.mode().startsWith("independent")) {
            return Trackability.INDEPENDENT;
        }
        boolean sharedBus = controller instanceof VirtualSCSIController scsi
                && scsi.getSharedBus() != null
                && scsi.getSharedBus() != VirtualSCSISharing.NO_SHARING;
        return top.shared() || sharedBus ? Trackability.SHARED : Trackability.TRACKABLE;
    }

    private static String node(@Nullable VirtualController controller, @Nullable Integer unit) {
        if (controller == null || unit == null) {
            return "";
        }
        String bus =
                switch (controller) {
                    case VirtualSCSIController scsi -> "scsi";
                    case VirtualAHCIController sata -> "sata";
                    case VirtualSATAController sata -> "sata";
                    case VirtualNVMEController nvme -> "nvme";
                    case VirtualIDEController ide -> "ide";
                    default -> "";
                };
        return bus.isEmpty() ? "" : bus + controller.getBusNumber() + ":" + unit;
    }

    private static Backing root(@Nullable VirtualDeviceBackingInfo top) {
        return backing(bottom(top));
    }

    private static @Nullable VirtualDeviceBackingInfo bottom(@Nullable VirtualDeviceBackingInfo top) {
        VirtualDeviceBackingInfo at = top;
        for (VirtualDeviceBackingInfo parent = parent(at); parent != null; parent = parent(at)) {
            at = parent;
        }
        return at;
    }

    /** Of the root of the chain: a snapshot's delta may lie elsewhere, and the disk has not moved. */
    private static String datastore(@Nullable VirtualDeviceBackingInfo top) {
        return bottom(top) instanceof VirtualDeviceFileBackingInfo file && file.getDatastore() != null
                ? file.getDatastore().getValue()
                : "";
    }

    private static @Nullable VirtualDeviceBackingInfo parent(@Nullable VirtualDeviceBackingInfo backing) {
        return switch (backing) {
            case VirtualDiskFlatVer2BackingInfo b -> b.getParent();
            case VirtualDiskSeSparseBackingInfo b -> b.getParent();
            case VirtualDiskSparseVer2BackingInfo b -> b.getParent();
            case VirtualDiskRawDiskMappingVer1BackingInfo b -> b.getParent();
            case VirtualDiskFlatVer1BackingInfo b -> b.getParent();
            case VirtualDiskSparseVer1BackingInfo b -> b.getParent();
            case null, default -> null;
        };
    }

    private static Backing backing(@Nullable VirtualDeviceBackingInfo backing) {
        return switch (backing) {
            case VirtualDiskFlatVer2BackingInfo b ->
                known(b.getUuid(), b.getFileName(), b.getChangeId(), b.getDiskMode(), isShared(b.getSharing()), false);
            case VirtualDiskSeSparseBackingInfo b ->
                known(b.getUuid(), b.getFileName(), b.getChangeId(), b.getDiskMode(), false, false);
            case VirtualDiskSparseVer2BackingInfo b ->
                known(b.getUuid(), b.getFileName(), b.getChangeId(), b.getDiskMode(), false, false);
            case VirtualDiskRawDiskMappingVer1BackingInfo b ->
                known(
                        b.getUuid(),
                        b.getFileName(),
                        b.getChangeId(),
                        b.getDiskMode(),
                        isShared(b.getSharing()),
                        "physicalMode".equals(b.getCompatibilityMode()));
            case VirtualDiskRawDiskVer2BackingInfo b ->
                known(b.getUuid(), b.getDescriptorFileName(), b.getChangeId(), null, isShared(b.getSharing()), true);
            case VirtualDiskFlatVer1BackingInfo b -> known(null, b.getFileName(), null, b.getDiskMode(), false, false);
            case VirtualDiskSparseVer1BackingInfo b ->
                known(null, b.getFileName(), null, b.getDiskMode(), false, false);
            case null, default -> new Backing(null, null, null, null, false, false, false);
        };
    }

    private static Backing known(
            @Nullable String uuid,
            @Nullable String file,
            @Nullable String changeId,
            @Nullable String mode,
            boolean shared,
            boolean physical) {
        return new Backing(blank(uuid), blank(file), blank(changeId), mode, shared, physical, true);
    }

    private static @Nullable String blank(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static boolean isShared(@Nullable String sharing) {
        return "sharingMultiWriter".equals(sharing);
    }
}
