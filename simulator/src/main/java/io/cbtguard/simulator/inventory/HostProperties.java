package io.cbtguard.simulator.inventory;

import com.vmware.vim25.HostConfigInfo;
import com.vmware.vim25.HostConfigSummary;
import com.vmware.vim25.HostCpuInfo;
import com.vmware.vim25.HostHardwareInfo;
import com.vmware.vim25.HostHardwareSummary;
import com.vmware.vim25.HostListSummary;
import com.vmware.vim25.HostListSummaryQuickStats;
import com.vmware.vim25.HostRuntimeInfo;
import com.vmware.vim25.HostSystemInfo;
import com.vmware.vim25.HostSystemPowerState;
import com.vmware.vim25.ManagedEntityStatus;
import io.cbtguard.simulator.core.VimTime;

/** The wire form of a host's properties. */
final class HostProperties {
    private static final long MEMORY = 512L << 30;

    private HostProperties() {}

    static HostRuntimeInfo runtime(HostSystem host) {
        HostRuntimeInfo runtime = new HostRuntimeInfo();
        runtime.setConnectionState(host.connection());
        runtime.setPowerState(HostSystemPowerState.POWERED_ON);
        runtime.setStandbyMode("none");
        runtime.setInMaintenanceMode(host.inMaintenance());
        runtime.setBootTime(VimTime.toVim(host.bootTime()));
        return runtime;
    }

    static HostListSummary summary(HostSystem host) {
        HostConfigSummary config = new HostConfigSummary();
        config.setName(host.name());
        config.setPort(443);
        config.setProduct(host.product().toVim());
        config.setVmotionEnabled(true);

        HostHardwareSummary hardware = new HostHardwareSummary();
        hardware.setVendor("CBT Guard");
        hardware.setModel("Simulated host");
        hardware.setUuid(host.uuid());
        hardware.setMemorySize(MEMORY);
        hardware.setCpuModel("Simulated CPU");
        hardware.setCpuMhz(2000);
        hardware.setNumCpuPkgs((short) 2);
        hardware.setNumCpuCores((short) 32);
        hardware.setNumCpuThreads((short) 64);
        hardware.setNumNics(4);
        hardware.setNumHBAs(2);

        HostListSummary summary = new HostListSummary();
        summary.setHost(host.toVim());
        summary.setHardware(hardware);
        summary.setRuntime(runtime(host));
        summary.setConfig(config);
        summary.setQuickStats(new HostListSummaryQuickStats());
        summary.setOverallStatus(ManagedEntityStatus.GREEN);
        summary.setRebootRequired(false);
        return summary;
    }

    static HostHardwareInfo hardware(HostSystem host) {
        HostSystemInfo system = new HostSystemInfo();
        system.setVendor("CBT Guard");
        system.setModel("Simulated host");
        system.setUuid(host.uuid());
        HostCpuInfo cpu = new HostCpuInfo();
        cpu.setNumCpuPackages((short) 2);
        cpu.setNumCpuCores((short) 32);
        cpu.setNumCpuThreads((short) 64);
        cpu.setHz(2_000_000_000L);
        HostHardwareInfo hardware = new HostHardwareInfo();
        hardware.setSystemInfo(system);
        hardware.setCpuInfo(cpu);
        hardware.setMemorySize(MEMORY);
        return hardware;
    }

    static HostConfigInfo config(HostSystem host) {
        HostConfigInfo config = new HostConfigInfo();
        config.setHost(host.toVim());
        config.setProduct(host.product().toVim());
        return config;
    }
}
