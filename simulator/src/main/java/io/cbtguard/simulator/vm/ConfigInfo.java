package io.cbtguard.simulator.vm;

import com.vmware.vim25.OptionValue;
import com.vmware.vim25.ResourceAllocationInfo;
import com.vmware.vim25.SharesInfo;
import com.vmware.vim25.SharesLevel;
import com.vmware.vim25.ToolsConfigInfo;
import com.vmware.vim25.VirtualHardware;
import com.vmware.vim25.VirtualMachineBootOptions;
import com.vmware.vim25.VirtualMachineConfigInfo;
import com.vmware.vim25.VirtualMachineDefaultPowerOpInfo;
import com.vmware.vim25.VirtualMachineFileInfo;
import com.vmware.vim25.VirtualMachineFlagInfo;
import io.cbtguard.simulator.core.VimTime;
import java.time.Instant;

/** The wire form of a configuration. */
final class ConfigInfo {
    private ConfigInfo() {}

    static VirtualMachineConfigInfo of(VirtualMachine vm, VmConfig config, String changeVersion, Instant modified) {
        VirtualMachineConfigInfo info = new VirtualMachineConfigInfo();
        info.setChangeVersion(changeVersion);
        info.setModified(VimTime.toVim(modified));
        info.setName(vm.name());
        info.setGuestFullName(config.guestFullName);
        info.setVersion(config.hardwareVersion);
        info.setUuid(config.uuid);
        info.setInstanceUuid(config.instanceUuid);
        info.setTemplate(config.template);
        info.setGuestId(config.guestId);
        info.setAlternateGuestName("");
        info.setAnnotation(config.annotation);
        info.setFiles(files(config));
        info.setTools(new ToolsConfigInfo());
        info.setFlags(flags());
        info.setDefaultPowerOps(powerOps());
        info.setHardware(hardware(vm, config));
        info.setCpuAllocation(allocation(config.cpus * 1000));
        info.setMemoryAllocation(allocation(config.memoryMb * 10));
        info.setMemoryHotAddEnabled(false);
        info.setCpuHotAddEnabled(false);
        info.setCpuHotRemoveEnabled(false);
        config.extraConfig().forEach((key, value) -> {
            OptionValue option = new OptionValue();
            option.setKey(key);
            option.setValue(value);
            info.getExtraConfig().add(option);
        });
        info.setSwapPlacement("inherit");
        info.setBootOptions(new VirtualMachineBootOptions());
        info.setChangeTrackingEnabled(config.changeTracking);
        info.setFirmware("efi");
        info.setNestedHVEnabled(false);
        return info;
    }

    private static VirtualHardware hardware(VirtualMachine vm, VmConfig config) {
        VirtualHardware hardware = new VirtualHardware();
        hardware.setNumCPU(config.cpus);
        hardware.setNumCoresPerSocket(1);
        hardware.setMemoryMB(config.memoryMb);
        hardware.setVirtualICH7MPresent(false);
        hardware.setVirtualSMCPresent(false);
        hardware.getDevice().addAll(Devices.of(vm, config));
        return hardware;
    }

    private static VirtualMachineFileInfo files(VmConfig config) {
        String directory = config.vmPathName.substring(0, config.vmPathName.lastIndexOf('/') + 1);
        VirtualMachineFileInfo files = new VirtualMachineFileInfo();
        files.setVmPathName(config.vmPathName);
        files.setSnapshotDirectory(directory);
        files.setSuspendDirectory(directory);
        files.setLogDirectory(directory);
        return files;
    }

    private static VirtualMachineFlagInfo flags() {
        VirtualMachineFlagInfo flags = new VirtualMachineFlagInfo();
        flags.setEnableLogging(true);
        flags.setUseToe(false);
        flags.setSnapshotDisabled(false);
        flags.setSnapshotLocked(false);
        flags.setDiskUuidEnabled(true);
        return flags;
    }

    private static VirtualMachineDefaultPowerOpInfo powerOps() {
        VirtualMachineDefaultPowerOpInfo operations = new VirtualMachineDefaultPowerOpInfo();
        operations.setPowerOffType("soft");
        operations.setSuspendType("hard");
        operations.setResetType("soft");
        operations.setStandbyAction("checkpoint");
        return operations;
    }

    private static ResourceAllocationInfo allocation(int shareCount) {
        SharesInfo shares = new SharesInfo();
        shares.setShares(shareCount);
        shares.setLevel(SharesLevel.NORMAL);
        ResourceAllocationInfo allocation = new ResourceAllocationInfo();
        allocation.setReservation(0L);
        allocation.setExpandableReservation(false);
        allocation.setLimit(-1L);
        allocation.setShares(shares);
        return allocation;
    }
}
