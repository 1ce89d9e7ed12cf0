package io.cbtguard.simulator.vm;

import com.vmware.vim25.OptionValue;
import com.vmware.vim25.VirtualDeviceConfigSpec;
import com.vmware.vim25.VirtualDeviceConfigSpecFileOperation;
import com.vmware.vim25.VirtualDeviceConfigSpecOperation;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualDiskFlatVer2BackingInfo;
import com.vmware.vim25.VirtualMachineConfigSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The config specs that a client would send. */
final class Specs {
    private Specs() {}

    static VirtualMachineConfigSpec changeTracking(boolean on) {
        VirtualMachineConfigSpec spec = new VirtualMachineConfigSpec();
        spec.setChangeTrackingEnabled(on);
        return spec;
    }

    static VirtualMachineConfigSpec extraConfig(Map<String, String> values) {
        VirtualMachineConfigSpec spec = new VirtualMachineConfigSpec();
        values.forEach((key, value) -> {
            OptionValue option = new OptionValue();
            option.setKey(key);
            option.setValue(value);
            spec.getExtraConfig().add(option);
        });
        return spec;
    }

    static VirtualMachineConfigSpec addDisk(long bytes) {
        VirtualDisk disk = new VirtualDisk();
        disk.setCapacityInKB(bytes / 1024);
        return change(VirtualDeviceConfigSpecOperation.ADD, disk, VirtualDeviceConfigSpecFileOperation.CREATE);
    }

    static VirtualMachineConfigSpec removeDisk(int key) {
        return change(VirtualDeviceConfigSpecOperation.REMOVE, disk(key), null);
    }

    static VirtualMachineConfigSpec growDisk(int key, long bytes) {
        VirtualDisk disk = disk(key);
        disk.setCapacityInKB(bytes / 1024);
        disk.setCapacityInBytes(bytes);
        return change(VirtualDeviceConfigSpecOperation.EDIT, disk, null);
    }

    static VirtualMachineConfigSpec diskMode(int key, String mode) {
        VirtualDiskFlatVer2BackingInfo backing = new VirtualDiskFlatVer2BackingInfo();
        backing.setDiskMode(mode);
        VirtualDisk disk = disk(key);
        disk.setBacking(backing);
        return change(VirtualDeviceConfigSpecOperation.EDIT, disk, null);
    }

    private static VirtualDisk disk(int key) {
        VirtualDisk disk = new VirtualDisk();
        disk.setKey(key);
        return disk;
    }

    private static VirtualMachineConfigSpec change(
            VirtualDeviceConfigSpecOperation operation,
            VirtualDisk disk,
            @Nullable VirtualDeviceConfigSpecFileOperation file) {
        VirtualDeviceConfigSpec device = new VirtualDeviceConfigSpec();
        device.setOperation(operation);
        device.setFileOperation(file);
        device.setDevice(disk);
        VirtualMachineConfigSpec spec = new VirtualMachineConfigSpec();
        spec.getDeviceChange().add(device);
        return spec;
    }
}
