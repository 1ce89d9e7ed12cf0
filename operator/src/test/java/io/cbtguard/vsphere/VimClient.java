package io.cbtguard.vsphere;

import com.vmware.vim25.ArrayOfUserSession;
import com.vmware.vim25.ArrayOfVirtualDevice;
import com.vmware.vim25.Event;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.TaskInfoState;
import com.vmware.vim25.UserSession;
import com.vmware.vim25.VimPortType;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualDeviceConfigSpec;
import com.vmware.vim25.VirtualDeviceConfigSpecFileOperation;
import com.vmware.vim25.VirtualDeviceConfigSpecOperation;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualDiskFlatVer2BackingInfo;
import com.vmware.vim25.VirtualMachineConfigSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Another user of the same vCenter: does to VMs what a watch is to see. */
final class VimClient implements AutoCloseable {
    private final ApiSession session;
    private final VimPortType port;
    private final PropertyReads reads;

    VimClient(VcenterTarget target) {
        this.session = ApiSession.open(target, new Told());
        this.port = session.port();
        this.reads = new PropertyReads(port, session.content().getPropertyCollector());
    }

    VimPortType port() {
        return port;
    }

    ApiSession session() {
        return session;
    }

    @Nullable Object property(String type, String moRef, String path) throws Exception {
        Map<String, Object> found = new HashMap<>();
        reads.read(type, List.of(moRef), List.of(path), (ref, properties) -> found.putAll(properties));
        return found.get(path);
    }

    /** @return moRef of the snapshot made */
    String snapshot(String vm, String name) throws Exception {
        TaskInfo info = done(port.createSnapshotTask(vm(vm), name, "", false, false));
        return ((ManagedObjectReference) info.getResult()).getValue();
    }

    TaskInfo revert(String snapshot) throws Exception {
        return done(port.revertToSnapshotTask(ApiSession.ref("VirtualMachineSnapshot", snapshot), null, true));
    }

    TaskInfo revertToCurrent(String vm) throws Exception {
        return done(port.revertToCurrentSnapshotTask(vm(vm), null, true));
    }

    TaskInfo removeAllSnapshots(String vm) throws Exception {
        return done(port.removeAllSnapshotsTask(vm(vm), true));
    }

    void destroy(String vm) throws Exception {
        done(port.destroyTask(vm(vm)));
    }

    void rename(String vm, String name) throws Exception {
        done(port.renameTask(vm(vm), name));
    }

    void tracking(String vm, boolean isOn) throws Exception {
        VirtualMachineConfigSpec spec = new VirtualMachineConfigSpec();
        spec.setChangeTrackingEnabled(isOn);
        done(port.reconfigVMTask(vm(vm), spec));
    }

    void extraConfig(String vm, String key, String value) throws Exception {
        VirtualMachineConfigSpec spec = new VirtualMachineConfigSpec();
        com.vmware.vim25.OptionValue option = new com.vmware.vim25.OptionValue();
        option.setKey(key);
        option.setValue(value);
        spec.getExtraConfig().add(option);
        done(port.reconfigVMTask(vm(vm), spec));
    }

    /** Writes a change ID to every disk where vCenter would have minted one. */
    void changeId(String vm, String changeId) throws Exception {
        writeChangeIds(vm, disk -> changeId);
    }

    /** Writes change IDs, by device key, where vCenter would have minted or restored them. */
    void changeIds(String vm, Map<Integer, String> changeIds) throws Exception {
        writeChangeIds(vm, disk -> changeIds.get(disk.getKey()));
    }

    private void writeChangeIds(String vm, Function<VirtualDisk, @Nullable String> changeId) throws Exception {
        ArrayOfVirtualDevice devices =
                (ArrayOfVirtualDevice) Objects.requireNonNull(property("VirtualMachine", vm, "config.hardware.device"));
        VirtualMachineConfigSpec spec = new VirtualMachineConfigSpec();
        for (VirtualDevice device : devices.getVirtualDevice()) {
            if (device instanceof VirtualDisk disk
                    && disk.getBacking() instanceof VirtualDiskFlatVer2BackingInfo backing) {
                backing.setChangeId(changeId.apply(disk));
                if (disk.getCapacityInBytes() == null) {
                    disk.setCapacityInBytes(disk.getCapacityInKB() * 1024);
                }
                VirtualDeviceConfigSpec edit = new VirtualDeviceConfigSpec();
                edit.setOperation(VirtualDeviceConfigSpecOperation.EDIT);
                edit.setDevice(disk);
                spec.getDeviceChange().add(edit);
            }
        }
        done(port.reconfigVMTask(vm(vm), spec));
    }

    /** Gives the VM another disk, beside its first. */
    void addDisk(String vm, long bytes) throws Exception {
        ArrayOfVirtualDevice devices =
                (ArrayOfVirtualDevice) Objects.requireNonNull(property("VirtualMachine", vm, "config.hardware.device"));
        VirtualDisk first = devices.getVirtualDevice().stream()
                .filter(VirtualDisk.class::isInstance)
                .map(VirtualDisk.class::cast)
                .findFirst()
                .orElseThrow();
        VirtualDiskFlatVer2BackingInfo backing = new VirtualDiskFlatVer2BackingInfo();
        backing.setFileName("");
        backing.setDiskMode("persistent");
        backing.setThinProvisioned(true);
        VirtualDisk disk = new VirtualDisk();
        disk.setKey(-1);
        disk.setControllerKey(first.getControllerKey());
        disk.setUnitNumber(Objects.requireNonNull(first.getUnitNumber()) + 1);
        disk.setCapacityInBytes(bytes);
        disk.setCapacityInKB(bytes / 1024);
        disk.setBacking(backing);
        VirtualDeviceConfigSpec add = new VirtualDeviceConfigSpec();
        add.setOperation(VirtualDeviceConfigSpecOperation.ADD);
        add.setFileOperation(VirtualDeviceConfigSpecFileOperation.CREATE);
        add.setDevice(disk);
        VirtualMachineConfigSpec spec = new VirtualMachineConfigSpec();
        spec.getDeviceChange().add(add);
        done(port.reconfigVMTask(vm(vm), spec));
    }

    /** @return moRef of what the inventory path names */
    String find(String inventoryPath) throws Exception {
        return port.findByInventoryPath(session.content().getSearchIndex(), inventoryPath)
                .getValue();
    }

    void post(Event event) throws Exception {
        port.postEvent(session.content().getEventManager(), event, null);
    }

    /** Keys and user agents of API sessions are not shown to everyone; their number is. */
    int sessions() throws Exception {
        Map<ManagedObjectReference, String> path = Map.of(session.content().getSessionManager(), "sessionList");
        Object list = reads.readSingles(path).get("sessionList");
        return list instanceof ArrayOfUserSession sessions
                ? sessions.getUserSession().size()
                : 0;
    }

    /** Ends every API session but this one's. */
    void endOtherSessions() throws Exception {
        Map<ManagedObjectReference, String> path = Map.of(session.content().getSessionManager(), "sessionList");
        ArrayOfUserSession list = (ArrayOfUserSession)
                Objects.requireNonNull(reads.readSingles(path).get("sessionList"));
        for (UserSession other : list.getUserSession()) {
            if (!other.getKey().equals(session.key())) {
                port.terminateSession(session.content().getSessionManager(), List.of(other.getKey()));
            }
        }
    }

    TaskInfo done(ManagedObjectReference task) throws Exception {
        List<TaskInfo> seen = new ArrayList<>();
        Awaitility.await("task " + task.getValue() + " ends")
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    TaskInfo info = (TaskInfo) Objects.requireNonNull(property("Task", task.getValue(), "info"));
                    if (info.getState() == TaskInfoState.ERROR) {
                        throw new IllegalStateException(info.getDescriptionId() + ": "
                                + info.getError().getFault().getClass().getSimpleName());
                    }
                    seen.add(info);
                    return info.getState() == TaskInfoState.SUCCESS;
                });
        return seen.getLast();
    }

    static ManagedObjectReference vm(String moRef) {
        return ApiSession.ref("VirtualMachine", moRef);
    }

    @Override
    public void close() {
        session.close();
    }
}
