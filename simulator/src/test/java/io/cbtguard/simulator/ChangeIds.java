package io.cbtguard.simulator;

import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualDiskFlatVer2BackingInfo;
import com.vmware.vim25.VirtualMachineConfigInfo;
import java.util.Map;
import java.util.TreeMap;

/** Reads change IDs out of a configuration. */
final class ChangeIds {
    private ChangeIds() {}

    /** By device key; disks without an ID are left out. */
    static Map<Integer, String> of(VirtualMachineConfigInfo config) {
        Map<Integer, String> ids = new TreeMap<>();
        config.getHardware().getDevice().forEach(device -> {
            if (device instanceof VirtualDisk
                    && device.getBacking() instanceof VirtualDiskFlatVer2BackingInfo backing
                    && backing.getChangeId() != null) {
                ids.put(device.getKey(), backing.getChangeId());
            }
        });
        return ids;
    }
}
