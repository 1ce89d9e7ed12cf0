package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.ArrayOfOptionValue;
import com.vmware.vim25.ArrayOfVirtualDevice;
import com.vmware.vim25.OptionValue;
import com.vmware.vim25.ParaVirtualSCSIController;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualDeviceBackingInfo;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualDiskFlatVer2BackingInfo;
import com.vmware.vim25.VirtualDiskRawDiskMappingVer1BackingInfo;
import com.vmware.vim25.VirtualSCSISharing;
import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Trackability;
import io.cbtguard.inventory.VirtualMachine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DisksTest {
    private static VirtualDiskFlatVer2BackingInfo flat(String file, @Nullable String uuid, @Nullable String changeId) {
        VirtualDiskFlatVer2BackingInfo backing = new VirtualDiskFlatVer2BackingInfo();
        backing.setFileName(file);
        backing.setUuid(uuid);
        backing.setChangeId(changeId);
        backing.setDiskMode("persistent");
        return backing;
    }

    private static VirtualDisk disk(int key, VirtualDeviceBackingInfo backing) {
        VirtualDisk disk = new VirtualDisk();
        disk.setKey(key);
        disk.setControllerKey(1000);
        disk.setUnitNumber(key - 2000);
        disk.setCapacityInKB(1024);
        disk.setDiskObjectId("1-" + key);
        disk.setBacking(backing);
        return disk;
    }

    private static ParaVirtualSCSIController controller(VirtualSCSISharing sharing) {
        ParaVirtualSCSIController controller = new ParaVirtualSCSIController();
        controller.setKey(1000);
        controller.setBusNumber(0);
        controller.setSharedBus(sharing);
        return controller;
    }

    private static Disk only(VirtualDevice... devices) {
        return Disks.of(List.of(devices)).getFirst().disk();
    }

    private static VirtualMachine vm(VmState state) {
        return state.toVirtualMachine(new FolderPaths(), null, Interval.at(Position.ofTime(0, Instant.EPOCH)));
    }

    @Test
    void a_disk_is_known_by_the_root_of_its_chain_and_its_change_id_by_the_file_on_top() {
        VirtualDiskFlatVer2BackingInfo root = flat("[ds] web/web.vmdk", "6000C29a-root", null);
        VirtualDiskFlatVer2BackingInfo middle = flat("[ds] web/web-000001.vmdk", "6000C29a-middle", null);
        middle.setParent(root);
        VirtualDiskFlatVer2BackingInfo top = flat("[ds] web/web-000002.vmdk", "6000C29a-top", "52 de/4");
        top.setParent(middle);

        Disk disk = only(controller(VirtualSCSISharing.NO_SHARING), disk(2000, top));

        assertThat(disk.id()).isEqualTo("6000C29a-root");
        assertThat(disk.changeId()).isEqualTo("52 de/4");
        assertThat(disk.capacityBytes()).isEqualTo(1024 * 1024);
        assertThat(disk.trackability()).isEqualTo(Trackability.TRACKABLE);
    }

    @Test
    void without_a_uuid_the_root_s_file_is_the_identity() {
        VirtualDiskFlatVer2BackingInfo top = flat("[ds] web/web-000001.vmdk", null, null);
        top.setParent(flat("[ds] web/web.vmdk", null, null));

        assertThat(only(disk(2000, top)).id()).isEqualTo("[ds] web/web.vmdk");
    }

    @Test
    void a_backing_of_a_type_that_is_not_known_is_not_a_disk_without_change_id() {
        Disk disk = only(disk(2000, new VirtualDeviceBackingInfo()));

        assertThat(disk.trackability()).isEqualTo(Trackability.UNKNOWN_BACKING);
        assertThat(disk.id()).isEqualTo("1-2000");
    }

    @Test
    void says_which_disks_can_not_be_tracked() {
        VirtualDiskFlatVer2BackingInfo independent = flat("[ds] a.vmdk", "a", null);
        independent.setDiskMode("independent_persistent");
        VirtualDiskRawDiskMappingVer1BackingInfo physical = new VirtualDiskRawDiskMappingVer1BackingInfo();
        physical.setUuid("b");
        physical.setCompatibilityMode("physicalMode");
        VirtualDiskFlatVer2BackingInfo multiWriter = flat("[ds] c.vmdk", "c", null);
        multiWriter.setSharing("sharingMultiWriter");

        assertThat(only(disk(2000, independent)).trackability()).isEqualTo(Trackability.INDEPENDENT);
        assertThat(only(disk(2000, physical)).trackability()).isEqualTo(Trackability.PHYSICAL_RDM);
        assertThat(only(disk(2000, multiWriter)).trackability()).isEqualTo(Trackability.SHARED);
        assertThat(only(disk(2000, flat("[ds] d.vmdk", "d", null)), controller(VirtualSCSISharing.VIRTUAL_SHARING))
                        .trackability())
                .isEqualTo(Trackability.SHARED);
    }

    @Test
    void the_extra_configuration_s_switches_reach_the_disks_they_name() {
        VmState state = new VmState("vm-1");
        ArrayOfVirtualDevice devices = new ArrayOfVirtualDevice();
        devices.getVirtualDevice()
                .addAll(List.of(
                        controller(VirtualSCSISharing.NO_SHARING),
                        disk(2000, flat("[ds] a.vmdk", "a", null)),
                        disk(2001, flat("[ds] b.vmdk", "b", null))));
        state.apply("config.hardware.device", devices);
        state.apply("config.extraConfig", options("ctkEnabled", "TRUE", "scsi0:0.ctkEnabled", "TRUE", "x", "y"));

        VirtualMachine vm = vm(state);

        assertThat(vm.changeTrackingEnabled()).isTrue();
        assertThat(vm.disks()).extracting(Disk::ctkEnabled).containsExactly(true, null);
    }

    @Test
    void tracking_that_is_disallowed_or_older_than_the_hardware_makes_disks_untrackable() {
        VmState state = new VmState("vm-1");
        ArrayOfVirtualDevice devices = new ArrayOfVirtualDevice();
        devices.getVirtualDevice().add(disk(2000, flat("[ds] a.vmdk", "a", null)));
        state.apply("config.hardware.device", devices);
        state.apply("config.version", "vmx-19");
        state.apply("config.extraConfig", options("ctkDisallowed", "true"));
        assertThat(vm(state).disks().getFirst().trackability()).isEqualTo(Trackability.CTK_DISALLOWED);

        state.apply("config.extraConfig", options("ctkDisallowed", "false"));
        assertThat(vm(state).disks().getFirst().trackability()).isEqualTo(Trackability.TRACKABLE);

        state.apply("config.version", "vmx-04");
        assertThat(vm(state).disks().getFirst().trackability()).isEqualTo(Trackability.OLD_HARDWARE);
    }

    private static ArrayOfOptionValue options(String... keysAndValues) {
        ArrayOfOptionValue options = new ArrayOfOptionValue();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            OptionValue option = new OptionValue();
            option.setKey(keysAndValues[i]);
            option.setValue(keysAndValues[i + 1]);
            options.getOptionValue().add(option);
        }
        return options;
    }
}
