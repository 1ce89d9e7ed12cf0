package io.cbtguard.vsphere;

import com.vmware.vim25.ArrayOfVirtualDevice;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualDiskFlatVer2BackingInfo;
import io.cbtguard.testkit.vcsim.Vcsim;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import io.cbtguard.vsphere.VcenterTarget.TlsTrust;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * Stock vcsim with a client that does to change IDs what vCenter would. vcsim keeps a change ID that is written to the backing of a
 * disk, and copies it into snapshots; it makes none, moves none on, and restores none. So after a snapshot the client writes the
 * disks' next ID, and after a revert those of the snapshot. Between a task and the client's write the VM shows its old ID, which a
 * vCenter does not; and there is a reconfiguration that a vCenter would not show. The snapshots, tasks, history and
 * sessions are vcsim's own: every task is of user {@code vcsim}, no event tells of one.
 */
public final class StockVcenter implements AutoCloseable {
    /** By disk: another epoch each, as in vCenter. */
    private static final String EPOCH = "52 de c0 d9 b9 43 c8 84-9d 8b ac 79 9a 5f %02x %02x";

    private final Vcsim vcsim = Vcsim.start(2);
    private final VimClient client = new VimClient(new VcenterTarget(
            "test/emulation", uri(), this::credentials, new TlsTrust(certificatePem(), null, false), null, null));

    private StockVcenter() {}

    /** Two VMs, two hosts, nothing tracked yet. */
    public static StockVcenter start() {
        return new StockVcenter();
    }

    public URI uri() {
        return URI.create("https://" + vcsim.sdkUrl().getAuthority());
    }

    public String userName() {
        return vcsim.username();
    }

    public String password() {
        return vcsim.password();
    }

    public String certificatePem() {
        return vcsim.certificatePem();
    }

    private Credentials credentials() {
        return new Credentials(userName(), password());
    }

    /** moRef of the VM of that name. */
    public String moRef(String vm) {
        return call(() -> client.find("/DC0/vm/" + vm));
    }

    public void addDisk(String vm) {
        run(() -> client.addDisk(vm, 1L << 30));
    }

    /** Switches change tracking on: each disk begins an epoch. */
    public void track(String vm) {
        run(() -> {
            client.tracking(vm, true);
            Map<Integer, String> first = new LinkedHashMap<>();
            for (VirtualDisk disk : disks("VirtualMachine", vm, "config.hardware.device")) {
                first.put(disk.getKey(), EPOCH.formatted(disk.getKey() >> 8, disk.getKey() & 0xff) + "/1");
            }
            client.changeIds(vm, first);
        });
    }

    /** @return moRef of the new snapshot, which keeps the IDs that the disks had */
    public String snapshot(String vm, String name) {
        return call(() -> {
            String snapshot = client.snapshot(vm, name);
            Map<Integer, String> next = new LinkedHashMap<>();
            changeIdsOfSnapshot(snapshot).forEach((key, id) -> next.put(key, next(id)));
            client.changeIds(vm, next);
            return snapshot;
        });
    }

    private static String next(String changeId) {
        int slash = changeId.lastIndexOf('/');
        return changeId.substring(0, slash + 1) + (Long.parseLong(changeId.substring(slash + 1)) + 1);
    }

    /** @return key of the task */
    public String revert(String vm, String snapshot) {
        return call(() -> {
            String task = client.revert(snapshot).getKey();
            client.changeIds(vm, changeIdsOfSnapshot(snapshot));
            return task;
        });
    }

    /** @return key of the task, which is the only trace that it leaves but for the restored IDs */
    public String revertToCurrent(String vm) {
        return call(() -> {
            String task = client.revertToCurrent(vm).getKey();
            var current = (ManagedObjectReference)
                    Objects.requireNonNull(client.property("VirtualMachine", vm, "snapshot.currentSnapshot"));
            client.changeIds(vm, changeIdsOfSnapshot(current.getValue()));
            return task;
        });
    }

    public void rename(String vm, String name) {
        run(() -> client.rename(vm, name));
    }

    /** Change ID by device key. */
    public Map<Integer, String> changeIdsOfSnapshot(String snapshot) {
        return call(() -> {
            Map<Integer, String> found = new LinkedHashMap<>();
            for (VirtualDisk disk : disks("VirtualMachineSnapshot", snapshot, "config.hardware.device")) {
                found.put(disk.getKey(), ((VirtualDiskFlatVer2BackingInfo) disk.getBacking()).getChangeId());
            }
            return found;
        });
    }

    private Iterable<VirtualDisk> disks(String type, String moRef, String path) throws Exception {
        var devices = (ArrayOfVirtualDevice) Objects.requireNonNull(client.property(type, moRef, path));
        return devices.getVirtualDevice().stream()
                .filter(VirtualDisk.class::isInstance)
                .map(VirtualDisk.class::cast)
                .toList();
    }

    /** Upgrades the host that the VM runs on; by vcsim's control endpoint, as no call of VIM can. */
    public void upgradeHostOf(String vm, String version, String build) {
        run(() -> {
            var host = (ManagedObjectReference)
                    Objects.requireNonNull(client.property("VirtualMachine", vm, "runtime.host"));
            vcsim.hostBuild(host.getValue(), version, build);
        });
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void run(Step step) {
        call(() -> {
            step.run();
            return true;
        });
    }

    private static <T> T call(Callable<T> step) {
        try {
            return step.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        vcsim.close();
    }
}
