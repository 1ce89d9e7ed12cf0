package io.cbtguard.testkit.demo;

import com.vmware.vim25.ArrayOfManagedObjectReference;
import com.vmware.vim25.ArrayOfVirtualDevice;
import com.vmware.vim25.DiskChangeExtent;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ServiceContent;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.VimPortType;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualDiskFlatVer2BackingInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What people and backup tools do in a vCenter, over VIM SOAP, as one user. For one thread. Knows nothing of the operator: it is
 * the other side.
 */
final class VimSession implements AutoCloseable {
    private final VimPortType port;
    private final ServiceContent content;
    private final VimProperties properties;

    private VimSession(VimPortType port, ServiceContent content) {
        this.port = port;
        this.content = content;
        this.properties = new VimProperties(port, content.getPropertyCollector());
    }

    static VimSession login(URI sdk, String caPem, String user, String password) {
        return call("login", () -> {
            VimPortType port = VimStubs.port(sdk, caPem);
            var instance = new ManagedObjectReference();
            instance.setType("ServiceInstance");
            instance.setValue("ServiceInstance");
            ServiceContent content = port.retrieveServiceContent(instance);
            port.login(content.getSessionManager(), user, password, null);
            return new VimSession(port, content);
        });
    }

    static ManagedObjectReference vm(String moRef) {
        return reference("VirtualMachine", moRef);
    }

    static ManagedObjectReference snapshot(String moRef) {
        return reference("VirtualMachineSnapshot", moRef);
    }

    /** The names of all VMs, by moRef. */
    Map<String, String> vmNames() {
        return call("CreateContainerView", () -> {
            var view = port.createContainerView(
                    content.getViewManager(), content.getRootFolder(), List.of("VirtualMachine"), true);
            var all = properties.value(view, "view", ArrayOfManagedObjectReference.class);
            port.destroyView(view);
            return properties.values(all.getManagedObjectReference(), "name", String.class);
        });
    }

    /** The moRef of the host that a VM runs on. */
    String hostOf(String vm) {
        return properties
                .value(vm(vm), "runtime.host", ManagedObjectReference.class)
                .getValue();
    }

    /** Takes a snapshot without memory; returns its moRef. */
    String createSnapshot(String vm, String name) {
        TaskInfo task = await(call(
                "CreateSnapshot_Task", () -> port.createSnapshotTask(vm(vm), name, "made by the demo", false, false)));
        return ((ManagedObjectReference) task.getResult()).getValue();
    }

    /** Removes one snapshot; its children stay. */
    void removeSnapshot(String moRef) {
        await(call("RemoveSnapshot_Task", () -> port.removeSnapshotTask(snapshot(moRef), false, true)));
    }

    TaskInfo revertToSnapshot(String moRef) {
        return await(call("RevertToSnapshot_Task", () -> port.revertToSnapshotTask(snapshot(moRef), null, null)));
    }

    TaskInfo revertToCurrentSnapshot(String vm) {
        return await(call("RevertToCurrentSnapshot_Task", () -> port.revertToCurrentSnapshotTask(vm(vm), null, null)));
    }

    /** The disks of a snapshot with the change IDs that it froze. */
    List<SnapshotDisk> disks(String snapshot) {
        var devices = properties.value(snapshot(snapshot), "config.hardware.device", ArrayOfVirtualDevice.class);
        List<SnapshotDisk> disks = new ArrayList<>();
        for (var device : devices.getVirtualDevice()) {
            if (device instanceof VirtualDisk disk
                    && disk.getBacking() instanceof VirtualDiskFlatVer2BackingInfo backing) {
                disks.add(new SnapshotDisk(
                        root(backing), disk.getKey(), backing.getChangeId(), disk.getCapacityInKB() * 1024));
            }
        }
        return disks;
    }

    /** Bytes that changed on a disk since a change ID, as the snapshot shows it. */
    long changedBytes(String vm, String snapshot, SnapshotDisk disk, String changeId) {
        long bytes = 0;
        for (long from = 0; from < disk.capacityBytes(); ) {
            long start = from;
            var areas = call(
                    "QueryChangedDiskAreas",
                    () -> port.queryChangedDiskAreas(vm(vm), snapshot(snapshot), disk.key(), start, changeId));
            bytes += areas.getChangedArea().stream()
                    .mapToLong(DiskChangeExtent::getLength)
                    .sum();
            from = areas.getStartOffset() + areas.getLength();
        }
        return bytes;
    }

    @Override
    public void close() {
        call("Logout", () -> {
            port.logout(content.getSessionManager());
            return true;
        });
    }

    private TaskInfo await(ManagedObjectReference task) {
        return properties.awaitTask(task);
    }

    private static @Nullable String root(VirtualDiskFlatVer2BackingInfo backing) {
        var at = backing;
        while (at.getParent() != null) {
            at = at.getParent();
        }
        return at.getUuid();
    }

    private static ManagedObjectReference reference(String type, String moRef) {
        var reference = new ManagedObjectReference();
        reference.setType(type);
        reference.setValue(moRef);
        return reference;
    }

    static <T> T call(String what, Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) { // each operation declares faults of its own; the demo ends at any of them
            throw new IllegalStateException("vCenter refused " + what + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param id UUID of the disk's backing, null if not shown
     * @param key device key
     * @param changeId change ID that the snapshot froze, null if none
     */
    record SnapshotDisk(
            @Nullable String id, int key, @Nullable String changeId, long capacityBytes) {}
}
