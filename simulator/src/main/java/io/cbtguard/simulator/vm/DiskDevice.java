package io.cbtguard.simulator.vm;

import com.vmware.vim25.SharesInfo;
import com.vmware.vim25.SharesLevel;
import com.vmware.vim25.VirtualDeviceBackingInfo;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualDiskFlatVer2BackingInfo;
import com.vmware.vim25.VirtualDiskRawDiskMappingVer1BackingInfo;
import com.vmware.vim25.VirtualDiskSeSparseBackingInfo;
import io.cbtguard.simulator.soap.extra.FutureDiskBackingInfo;
import java.text.NumberFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The wire form of a disk: key, size, and a backing that shows the change ID and the chain down to the root. */
final class DiskDevice {
    private DiskDevice() {}

    static VirtualDisk of(VirtualMachine vm, VmDisk disk) {
        VirtualDisk device = new VirtualDisk();
        int number = disk.key() - 2000 + 1;
        Devices.device(device, disk.key(), VmDisk.CONTROLLER, disk.unit(), "Hard disk " + number);
        long kilobytes = disk.state().capacity() / 1024;
        device.setDeviceInfo(Devices.describe(
                "Hard disk " + number,
                NumberFormat.getIntegerInstance(Locale.US).format(kilobytes) + " KB"));
        device.setCapacityInKB(kilobytes);
        device.setCapacityInBytes(disk.state().capacity());
        SharesInfo shares = new SharesInfo();
        shares.setShares(1000);
        shares.setLevel(SharesLevel.NORMAL);
        device.setShares(shares);
        device.setDiskObjectId(vm.diskObjectId(disk.key()));
        device.setBacking(backing(vm, disk));
        return device;
    }

    private static VirtualDeviceBackingInfo backing(VirtualMachine vm, VmDisk disk) {
        String changeId = disk.state().changeId();
        return switch (disk.kind()) {
            case FLAT -> flat(vm, disk, disk.file(), changeId);
            case SE_SPARSE -> seSparse(vm, disk, disk.file(), changeId);
            case PHYSICAL_RDM -> {
                VirtualDiskRawDiskMappingVer1BackingInfo backing = new VirtualDiskRawDiskMappingVer1BackingInfo();
                backing.setFileName(disk.file().path());
                backing.setDatastore(vm.datastore().toVim());
                backing.setCompatibilityMode("physicalMode");
                backing.setDiskMode(disk.mode());
                backing.setUuid(disk.uuid());
                backing.setDeviceName("vml." + disk.uuid().replace("-", ""));
                backing.setSharing(disk.sharing());
                yield backing;
            }
            case FUTURE -> new FutureDiskBackingInfo(disk.file().path(), disk.uuid(), changeId);
        };
    }

    private static VirtualDiskFlatVer2BackingInfo flat(
            VirtualMachine vm, VmDisk disk, DiskFile file, @Nullable String changeId) {
        VirtualDiskFlatVer2BackingInfo backing = new VirtualDiskFlatVer2BackingInfo();
        backing.setFileName(file.path());
        backing.setDatastore(vm.datastore().toVim());
        backing.setDiskMode(disk.mode());
        backing.setSplit(false);
        backing.setWriteThrough(false);
        backing.setThinProvisioned(true);
        backing.setUuid(disk.uuid());
        backing.setContentId(contentId(file));
        backing.setChangeId(changeId);
        backing.setDigestEnabled(false);
        backing.setSharing(disk.sharing() == null ? "sharingNone" : disk.sharing());
        DiskFile parent = file.parent();
        if (parent != null) {
            backing.setDeltaDiskFormat("redoLogFormat");
            backing.setParent(flat(vm, disk, parent, parent.frozenChangeId()));
        }
        return backing;
    }

    private static VirtualDiskSeSparseBackingInfo seSparse(
            VirtualMachine vm, VmDisk disk, DiskFile file, @Nullable String changeId) {
        VirtualDiskSeSparseBackingInfo backing = new VirtualDiskSeSparseBackingInfo();
        backing.setFileName(file.path());
        backing.setDatastore(vm.datastore().toVim());
        backing.setDiskMode(disk.mode());
        backing.setWriteThrough(false);
        backing.setUuid(disk.uuid());
        backing.setContentId(contentId(file));
        backing.setChangeId(changeId);
        DiskFile parent = file.parent();
        if (parent != null) {
            backing.setDeltaDiskFormat("seSparseFormat");
            backing.setParent(seSparse(vm, disk, parent, parent.frozenChangeId()));
        }
        return backing;
    }

    private static String contentId(DiskFile file) {
        return String.format(Locale.ROOT, "%08x", file.path().hashCode()).repeat(4);
    }
}
