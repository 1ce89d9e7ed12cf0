package io.cbtguard.simulator.vm;

import com.vmware.vim25.VirtualMachinePowerState;
import io.cbtguard.simulator.block.ChangeTracking;
import io.cbtguard.simulator.block.DiskState;
import io.cbtguard.simulator.core.Ids;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.inventory.Datastore;
import io.cbtguard.simulator.inventory.Folder;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.inventory.ManagedEntity;
import java.util.List;
import java.util.Objects;

/** Puts virtual machines into the inventory. */
public final class VmFactory {
    private final Vcenter vcenter;
    private final Shelf shelf = new Shelf();

    public VmFactory(Vcenter vcenter) {
        this.vcenter = vcenter;
    }

    /**
     * Where a VM goes.
     *
     * @param folder in the tree of VMs
     * @param host where it runs; its cluster's root resource pool is taken
     * @param datastore where its files are
     */
    public record Place(Folder folder, HostSystem host, Datastore datastore) {}

    /** A VM as it is found in a running vCenter: powered on, with disks, tracking on and active if wanted. */
    public VirtualMachine running(String name, Place place, long[] diskBytes, boolean tracking) {
        VmConfig config = newConfig(name, place);
        for (int i = 0; i < diskBytes.length; i++) {
            addDisk(config, name, place.datastore().name(), diskBytes[i]);
        }
        if (tracking) {
            config.setChangeTracking(true);
            config.disks().forEach(disk -> disk.state()
                    .startTracking(ChangeTracking.format(vcenter.ids().hex(32))));
        }
        VirtualMachine vm = make(name, config, place);
        vm.resumeAs(VirtualMachinePowerState.POWERED_ON);
        enter(vm, place);
        return vm;
    }

    Shelf shelf() {
        return shelf;
    }

    VmConfig newConfig(String name, Place place) {
        Ids ids = vcenter.ids();
        return new VmConfig(ids.uuid(), ids.uuid(), "[" + place.datastore().name() + "] " + name + "/" + name + ".vmx");
    }

    /** A new, empty disk on the next free unit. */
    VmDisk addDisk(VmConfig config, String vmName, String datastore, long bytes) {
        int unit = 0;
        while (config.disk(2000 + unit) != null) {
            unit++;
        }
        String suffix = unit == 0 ? "" : "_" + unit;
        DiskFile file = new DiskFile("[" + datastore + "] " + vmName + "/" + vmName + suffix + ".vmdk", null);
        VmDisk disk =
                new VmDisk(2000 + unit, unit, diskUuid(vcenter.ids()), VmDisk.Kind.FLAT, file, new DiskState(bytes));
        config.put(disk);
        return disk;
    }

    /** A full copy of a disk in a file of its own, with a new UUID and nothing tracked. */
    void copyDisk(VmConfig config, String vmName, String datastore, VmDisk source) {
        String suffix = source.unit() == 0 ? "" : "_" + source.unit();
        DiskFile file = new DiskFile("[" + datastore + "] " + vmName + "/" + vmName + suffix + ".vmdk", null);
        config.put(new VmDisk(
                source.key(),
                source.unit(),
                diskUuid(vcenter.ids()),
                source.kind(),
                file,
                source.state().contentOnly()));
    }

    /** Disk UUIDs of VMware begin with these digits. */
    static String diskUuid(Ids ids) {
        return "6000C29" + ids.hex(1) + "-" + ids.hex(4) + "-" + ids.hex(4) + "-" + ids.hex(4) + "-" + ids.hex(12);
    }

    VirtualMachine make(String name, VmConfig config, Place place) {
        return make(new MoRef("VirtualMachine", "vm-" + vcenter.ids().next("vm", 1001)), name, config, place);
    }

    /** As {@link #make(String, VmConfig, Place)}, under a moRef that it had before. */
    VirtualMachine make(MoRef ref, String name, VmConfig config, Place place) {
        return new VirtualMachine(
                ref,
                name,
                vcenter,
                shelf,
                config,
                place.host(),
                Objects.requireNonNull(place.host().cluster(), "a host of a cluster")
                        .resourcePool(),
                place.datastore());
    }

    /** Makes a VM visible. */
    void enter(VirtualMachine vm, Place place) {
        place.folder().adopt(vm, vcenter.registry());
        place.host().addVm(vm, vcenter.registry());
        place.datastore().addVm(vm, vcenter.registry());
        vm.pool().addVm(vm, vcenter.registry());
        vcenter.registry().add(vm);
    }

    /** Takes a VM and its snapshots out of sight. */
    void exit(VirtualMachine vm) {
        Registry registry = vcenter.registry();
        List.copyOf(vm.snapshots().all()).forEach(registry::remove);
        ManagedEntity parent = vm.parent();
        registry.remove(vm);
        if (parent instanceof Folder folder) {
            folder.release(vm, registry);
        }
        vm.host().removeVm(vm, registry);
        vm.datastore().removeVm(vm, registry);
        vm.pool().removeVm(vm, registry);
    }
}
