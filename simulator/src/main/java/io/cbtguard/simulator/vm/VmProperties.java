package io.cbtguard.simulator.vm;

import com.vmware.vim25.GuestInfo;
import com.vmware.vim25.HostSystemConnectionState;
import com.vmware.vim25.ManagedEntityStatus;
import com.vmware.vim25.VirtualMachineCapability;
import com.vmware.vim25.VirtualMachineConfigSummary;
import com.vmware.vim25.VirtualMachineConnectionState;
import com.vmware.vim25.VirtualMachineFaultToleranceState;
import com.vmware.vim25.VirtualMachineFileLayoutEx;
import com.vmware.vim25.VirtualMachineGuestSummary;
import com.vmware.vim25.VirtualMachinePowerState;
import com.vmware.vim25.VirtualMachineQuickStats;
import com.vmware.vim25.VirtualMachineRuntimeInfo;
import com.vmware.vim25.VirtualMachineStorageSummary;
import com.vmware.vim25.VirtualMachineSummary;
import com.vmware.vim25.VirtualMachineToolsStatus;
import io.cbtguard.simulator.core.VimTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The wire form of a virtual machine's properties, its configuration apart. */
final class VmProperties {
    private VmProperties() {}

    static VirtualMachineRuntimeInfo runtime(VirtualMachine vm) {
        VirtualMachineRuntimeInfo runtime = new VirtualMachineRuntimeInfo();
        runtime.setHost(vm.host().toVim());
        runtime.setConnectionState(connection(vm));
        runtime.setPowerState(vm.powerState());
        runtime.setFaultToleranceState(VirtualMachineFaultToleranceState.NOT_CONFIGURED);
        runtime.setToolsInstallerMounted(false);
        Instant boot = vm.bootTime();
        runtime.setBootTime(boot == null ? null : VimTime.toVim(boot));
        runtime.setSuspendInterval(0L);
        runtime.setNumMksConnections(0);
        runtime.setCleanPowerOff(vm.powerState() == VirtualMachinePowerState.POWERED_OFF);
        runtime.setOnlineStandby(false);
        runtime.setConsolidationNeeded(vm.consolidationNeeded());
        return runtime;
    }

    private static VirtualMachineConnectionState connection(VirtualMachine vm) {
        if (vm.isOrphaned()) {
            return VirtualMachineConnectionState.ORPHANED;
        }
        return vm.host().connection() == HostSystemConnectionState.CONNECTED
                ? VirtualMachineConnectionState.CONNECTED
                : VirtualMachineConnectionState.DISCONNECTED;
    }

    static VirtualMachineSummary summary(VirtualMachine vm) {
        VirtualMachineSummary summary = new VirtualMachineSummary();
        summary.setVm(vm.toVim());
        summary.setRuntime(runtime(vm));
        summary.setGuest(guestSummary(vm));
        summary.setConfig(configSummary(vm));
        VirtualMachineStorageSummary storage = new VirtualMachineStorageSummary();
        vm.config()
                .disks()
                .forEach(disk -> storage.setCommitted(
                        storage.getCommitted() + disk.state().capacity()));
        storage.setTimestamp(VimTime.toVim(vm.modified()));
        summary.setStorage(storage);
        summary.setQuickStats(new VirtualMachineQuickStats());
        summary.setOverallStatus(ManagedEntityStatus.GREEN);
        summary.getCustomValue().addAll(vm.customValues());
        return summary;
    }

    private static VirtualMachineConfigSummary configSummary(VirtualMachine vm) {
        VmConfig config = vm.config();
        VirtualMachineConfigSummary summary = new VirtualMachineConfigSummary();
        summary.setName(vm.name());
        summary.setTemplate(config.template);
        summary.setVmPathName(config.vmPathName);
        summary.setMemorySizeMB(config.memoryMb);
        summary.setNumCpu(config.cpus);
        summary.setNumEthernetCards(1);
        summary.setNumVirtualDisks(config.disks().size());
        summary.setUuid(config.uuid);
        summary.setInstanceUuid(config.instanceUuid);
        summary.setGuestId(config.guestId);
        summary.setGuestFullName(config.guestFullName);
        summary.setAnnotation(config.annotation);
        return summary;
    }

    private static VirtualMachineGuestSummary guestSummary(VirtualMachine vm) {
        GuestInfo guest = guest(vm);
        VirtualMachineGuestSummary summary = new VirtualMachineGuestSummary();
        summary.setToolsStatus(guest.getToolsStatus());
        summary.setToolsRunningStatus(guest.getToolsRunningStatus());
        summary.setToolsVersionStatus2(guest.getToolsVersionStatus2());
        summary.setHostName(guest.getHostName());
        return summary;
    }

    static GuestInfo guest(VirtualMachine vm) {
        boolean on = vm.powerState() == VirtualMachinePowerState.POWERED_ON;
        GuestInfo guest = new GuestInfo();
        guest.setToolsStatus(on ? VirtualMachineToolsStatus.TOOLS_OK : VirtualMachineToolsStatus.TOOLS_NOT_RUNNING);
        guest.setToolsVersionStatus2("guestToolsUnmanaged");
        guest.setToolsRunningStatus(on ? "guestToolsRunning" : "guestToolsNotRunning");
        guest.setHostName(on ? vm.name() : null);
        guest.setGuestState(on ? "running" : "notRunning");
        guest.setGuestOperationsReady(on);
        return guest;
    }

    static VirtualMachineCapability capability() {
        VirtualMachineCapability capability = new VirtualMachineCapability();
        capability.setSnapshotOperationsSupported(true);
        capability.setMultipleSnapshotsSupported(true);
        capability.setSnapshotConfigSupported(true);
        capability.setPoweredOffSnapshotsSupported(true);
        capability.setMemorySnapshotsSupported(true);
        capability.setRevertToSnapshotSupported(true);
        capability.setQuiescedSnapshotsSupported(true);
        capability.setChangeTrackingSupported(true);
        return capability;
    }

    static @Nullable VirtualMachineFileLayoutEx layout(VirtualMachine vm) {
        VirtualMachineFileLayoutEx layout = new VirtualMachineFileLayoutEx();
        layout.setTimestamp(VimTime.toVim(vm.modified()));
        return layout;
    }
}
