package io.cbtguard.simulator.vm;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files on datastores that belong to no registered VM: detached disks and unregistered VMs. */
final class Shelf {
    private final Map<String, VmDisk> disks = new HashMap<>();
    private final Map<String, VirtualMachine> vms = new HashMap<>();

    void put(VmDisk disk) {
        disks.put(disk.file().path(), disk);
    }

    /** The disk with this file, which is then no longer here. */
    @Nullable VmDisk take(String path) {
        return disks.remove(path);
    }

    void put(VirtualMachine vm) {
        vms.put(vm.config().vmPathName, vm);
    }

    /** The VM with this configuration file, which is then no longer here. */
    @Nullable VirtualMachine takeVm(String vmPathName) {
        return vms.remove(vmPathName);
    }
}
