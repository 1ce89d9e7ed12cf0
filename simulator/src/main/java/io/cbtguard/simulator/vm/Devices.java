package io.cbtguard.simulator.vm;

import com.vmware.vim25.Description;
import com.vmware.vim25.ParaVirtualSCSIController;
import com.vmware.vim25.VirtualController;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualDeviceConnectInfo;
import com.vmware.vim25.VirtualEthernetCardNetworkBackingInfo;
import com.vmware.vim25.VirtualIDEController;
import com.vmware.vim25.VirtualKeyboard;
import com.vmware.vim25.VirtualMachineVMCIDevice;
import com.vmware.vim25.VirtualMachineVideoCard;
import com.vmware.vim25.VirtualPCIController;
import com.vmware.vim25.VirtualPS2Controller;
import com.vmware.vim25.VirtualPointingDevice;
import com.vmware.vim25.VirtualSCSISharing;
import com.vmware.vim25.VirtualSIOController;
import com.vmware.vim25.VirtualVmxnet3;
import io.cbtguard.simulator.inventory.Network;
import java.util.ArrayList;
import java.util.List;

/** The device list of a virtual machine, as vCenter shows it for a plain Linux guest. */
final class Devices {
    private Devices() {}

    static List<VirtualDevice> of(VirtualMachine vm, VmConfig config) {
        List<VirtualDevice> devices = new ArrayList<>(12);
        devices.add(controller(new VirtualIDEController(), 200, 0, "IDE 0"));
        devices.add(controller(new VirtualIDEController(), 201, 1, "IDE 1"));
        devices.add(controller(new VirtualPS2Controller(), 300, 0, "PS2 controller 0"));
        devices.add(controller(new VirtualPCIController(), 100, 0, "PCI controller 0"));
        devices.add(controller(new VirtualSIOController(), 400, 0, "SIO controller 0"));
        devices.add(device(new VirtualKeyboard(), 600, 300, 0, "Keyboard"));
        devices.add(device(new VirtualPointingDevice(), 700, 300, 1, "Pointing device"));
        devices.add(device(new VirtualMachineVideoCard(), 500, 100, 0, "Video card"));
        devices.add(device(new VirtualMachineVMCIDevice(), 12000, 100, 17, "VMCI device"));
        devices.add(scsi(config));
        config.disks().forEach(disk -> devices.add(DiskDevice.of(vm, disk)));
        devices.add(nic(vm));
        return devices;
    }

    private static VirtualDevice scsi(VmConfig config) {
        ParaVirtualSCSIController scsi = new ParaVirtualSCSIController();
        controller(scsi, VmDisk.CONTROLLER, 0, "SCSI controller 0");
        scsi.setControllerKey(100);
        scsi.setUnitNumber(3);
        config.disks().forEach(disk -> scsi.getDevice().add(disk.key()));
        scsi.setHotAddRemove(true);
        scsi.setSharedBus(VirtualSCSISharing.NO_SHARING);
        scsi.setScsiCtlrUnitNumber(7);
        return scsi;
    }

    private static VirtualDevice nic(VirtualMachine vm) {
        VirtualVmxnet3 nic = new VirtualVmxnet3();
        device(nic, 4000, 100, 7, "Network adapter 1");
        nic.setAddressType("assigned");
        nic.setMacAddress("00:50:56:" + vm.config().uuid.substring(0, 2) + ":"
                + vm.config().uuid.substring(2, 4) + ":" + vm.config().uuid.substring(4, 6));
        List<Network> networks = vm.host().networks();
        if (!networks.isEmpty()) {
            VirtualEthernetCardNetworkBackingInfo backing = new VirtualEthernetCardNetworkBackingInfo();
            backing.setDeviceName(networks.get(0).name());
            backing.setNetwork(networks.get(0).toVim());
            nic.setBacking(backing);
        }
        VirtualDeviceConnectInfo connect = new VirtualDeviceConnectInfo();
        connect.setStartConnected(true);
        connect.setAllowGuestControl(true);
        connect.setConnected(true);
        nic.setConnectable(connect);
        return nic;
    }

    private static <T extends VirtualController> T controller(T controller, int key, int bus, String label) {
        controller.setKey(key);
        controller.setBusNumber(bus);
        controller.setDeviceInfo(describe(label, label));
        return controller;
    }

    static <T extends VirtualDevice> T device(T device, int key, int controllerKey, int unit, String label) {
        device.setKey(key);
        device.setControllerKey(controllerKey);
        device.setUnitNumber(unit);
        device.setDeviceInfo(describe(label, label));
        return device;
    }

    static Description describe(String label, String summary) {
        Description description = new Description();
        description.setLabel(label);
        description.setSummary(summary);
        return description;
    }
}
