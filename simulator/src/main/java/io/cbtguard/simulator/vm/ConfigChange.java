package io.cbtguard.simulator.vm;

import com.vmware.vim25.GenericVmConfigFault;
import com.vmware.vim25.VirtualDeviceConfigSpec;
import com.vmware.vim25.VirtualDeviceConfigSpecOperation;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualMachineConfigSpec;
import io.cbtguard.simulator.core.Assumptions;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.core.Faults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies a config spec to a configuration and keeps account of it, as paths to announce and as the event's text. */
final class ConfigChange {
    private final VirtualMachine vm;
    private final VmConfig config;
    private final VmFactory factory;
    private final Assumptions assumptions;
    private final Set<String> paths = new LinkedHashSet<>();
    private final List<String> modified = new ArrayList<>();
    private final List<String> added = new ArrayList<>();
    private final List<String> deleted = new ArrayList<>();

    ConfigChange(VirtualMachine vm, VmConfig config, VmFactory factory, Assumptions assumptions) {
        this.vm = vm;
        this.config = config;
        this.factory = factory;
        this.assumptions = assumptions;
    }

    void apply(VirtualMachineConfigSpec spec) {
        Map<String, String> extraBefore = new LinkedHashMap<>(config.extraConfig());
        for (var option : spec.getExtraConfig()) {
            config.setExtra(
                    option.getKey(),
                    option.getValue() == null ? "" : option.getValue().toString());
        }
        for (VirtualDeviceConfigSpec device : spec.getDeviceChange()) {
            if (device.getDevice() instanceof VirtualDisk disk) {
                applyDisk(device.getOperation(), disk, device.getFileOperation() != null);
            }
        }
        Boolean tracking = spec.isChangeTrackingEnabled();
        if (tracking != null && tracking != config.changeTracking) {
            if (tracking && "TRUE".equalsIgnoreCase(config.extraConfig().get("ctkDisallowed"))) {
                throw refused("Change tracking is not allowed for this virtual machine.");
            }
            note("config.changeTrackingEnabled", config.changeTracking, tracking);
            config.setChangeTracking(tracking);
            paths.add("config.hardware.device");
        }
        stopPerDisk();
        noteExtra(extraBefore);
        applyPlain(spec);
    }

    private void applyPlain(VirtualMachineConfigSpec spec) {
        if (spec.getName() != null
                && !spec.getName().isEmpty()
                && !spec.getName().equals(vm.name())) {
            note("config.name", quoted(vm.name()), quoted(spec.getName()));
        }
        if (spec.getAnnotation() != null && !spec.getAnnotation().equals(config.annotation)) {
            note("config.annotation", quoted(config.annotation), quoted(spec.getAnnotation()));
            config.annotation = spec.getAnnotation();
            paths.add("summary.config.annotation");
        }
        if (spec.getNumCPUs() != null && spec.getNumCPUs() != config.cpus) {
            note("config.hardware.numCPU", config.cpus, spec.getNumCPUs());
            config.cpus = spec.getNumCPUs();
            paths.add("summary.config.numCpu");
        }
        if (spec.getMemoryMB() != null && spec.getMemoryMB() != config.memoryMb) {
            note("config.hardware.memoryMB", config.memoryMb, spec.getMemoryMB());
            config.memoryMb = Math.toIntExact(spec.getMemoryMB());
            paths.add("summary.config.memorySizeMB");
        }
        if (spec.getInstanceUuid() != null && !spec.getInstanceUuid().equals(config.instanceUuid)) {
            note("config.instanceUuid", quoted(config.instanceUuid), quoted(spec.getInstanceUuid()));
            config.instanceUuid = spec.getInstanceUuid();
            paths.add("summary.config.instanceUuid");
        }
        if (spec.getUuid() != null && !spec.getUuid().equals(config.uuid)) {
            note("config.uuid", quoted(config.uuid), quoted(spec.getUuid()));
            config.uuid = spec.getUuid();
            paths.add("summary.config.uuid");
        }
        if (spec.getVersion() != null && !spec.getVersion().equals(config.hardwareVersion)) {
            note("config.version", quoted(config.hardwareVersion), quoted(spec.getVersion()));
            config.hardwareVersion = spec.getVersion();
        }
    }

    /** A disk whose own key says so is not tracked, whatever the VM's flag. */
    private void stopPerDisk() {
        for (VmDisk disk : config.disks()) {
            if ("FALSE".equalsIgnoreCase(config.extraConfig().get(disk.node() + ".ctkEnabled"))
                    && disk.state().tracking() != null) {
                disk.state().stopTracking();
                paths.add("config.hardware.device");
            }
        }
    }

    private void applyDisk(VirtualDeviceConfigSpecOperation operation, VirtualDisk device, boolean withFile) {
        paths.add("config.hardware.device");
        switch (operation) {
            case ADD -> {
                VmDisk disk = DiskEdit.add(vm, config, factory, device, withFile);
                if (config.changeTracking && disk.isTrackable()) {
                    config.setExtra(disk.node() + ".ctkEnabled", "TRUE");
                }
                added.add(device(disk) + ": (key = " + disk.key() + ", capacityInBytes = "
                        + disk.state().capacity() + ")");
                paths.add("summary.config.numVirtualDisks");
            }
            case REMOVE -> {
                VmDisk disk = require(device.getKey());
                DiskEdit.detach(vm, disk, withFile);
                config.removeDisk(disk.key());
                config.setExtra(disk.node() + ".ctkEnabled", "");
                deleted.add(device(disk));
                paths.add("summary.config.numVirtualDisks");
            }
            case EDIT -> {
                VmDisk disk = require(device.getKey());
                long before = disk.state().capacity();
                String mode = disk.mode();
                DiskEdit.edit(vm, disk, device, assumptions);
                if (disk.state().capacity() != before) {
                    note(device(disk) + ".capacityInBytes", before, disk.state().capacity());
                    note(
                            device(disk) + ".capacityInKB",
                            before / 1024,
                            disk.state().capacity() / 1024);
                }
                if (!disk.mode().equals(mode)) {
                    note(device(disk) + ".backing.diskMode", quoted(mode), quoted(disk.mode()));
                }
            }
        }
    }

    private VmDisk require(int key) {
        VmDisk disk = config.disk(key);
        if (disk == null) {
            throw Faults.invalidArgument("spec.deviceChange.device.key");
        }
        return disk;
    }

    private void noteExtra(Map<String, String> before) {
        Map<String, String> after = config.extraConfig();
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            String old = before.get(key);
            String now = after.get(key);
            String name = "config.extraConfig(\"" + key + "\")";
            if (old == null && now != null) {
                added.add(name + ": " + option(key, now));
            } else if (old != null && now == null) {
                deleted.add(name + ": " + option(key, old));
            } else if (old != null && !old.equals(now)) {
                modified.add(name + ".value: " + quoted(old) + " -> " + quoted(now));
            } else {
                continue;
            }
            paths.add("config.extraConfig");
        }
    }

    private void note(String path, Object before, Object after) {
        modified.add(path + ": " + before + " -> " + after);
        int list = path.indexOf('(');
        paths.add(list < 0 ? path : path.substring(0, list));
    }

    private static String device(VmDisk disk) {
        return "config.hardware.device(" + disk.key() + ")";
    }

    private static String option(String key, String value) {
        return "(key = \"" + key + "\", value = \"" + value + "\")";
    }

    private static String quoted(@Nullable String text) {
        return "\"" + text + "\"";
    }

    static FaultException refused(String reason) {
        GenericVmConfigFault fault = new GenericVmConfigFault();
        fault.setReason(reason);
        return new FaultException(fault, reason);
    }

    Set<String> paths() {
        return paths;
    }

    /** Such as {@code config.changeTrackingEnabled: false -> true; }. */
    String modified() {
        return text(modified);
    }

    String added() {
        return text(added);
    }

    String deleted() {
        return text(deleted);
    }

    private static String text(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append(";  \n \n"));
        return text.toString();
    }
}
