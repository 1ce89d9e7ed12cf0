package io.cbtguard.vsphere;

import com.vmware.vim25.ArrayOfOptionValue;
import com.vmware.vim25.ArrayOfVirtualDevice;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.OptionValue;
import com.vmware.vim25.VirtualMachineConnectionState;
import com.vmware.vim25.VirtualMachinePowerState;
import com.vmware.vim25.VirtualMachineSnapshotInfo;
import com.vmware.vim25.VirtualMachineSnapshotTree;
import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.inventory.Snapshot.SnapshotDisk;
import io.cbtguard.inventory.Trackability;
import io.cbtguard.inventory.VirtualMachine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One VM as far as its properties have been told, in our own types. Touched by the watch's thread only. */
final class VmState {
    private static final int FIRST_TRACKING_HARDWARE = 7;

    final String moRef;
    private @Nullable String name;
    private @Nullable String parent;
    private @Nullable String host;
    private boolean connected;
    private String powerState = "";
    private boolean consolidationNeeded;
    private @Nullable String instanceUuid;
    private @Nullable String hardware;
    private @Nullable String changeVersion;
    private @Nullable Boolean changeTrackingEnabled;
    private @Nullable List<Disks.Found> disks;
    /** Change tracking switches of the extra configuration, such as {@code scsi0:0.ctkEnabled}; null if it was not read. */
    private @Nullable Map<String, Boolean> switches;

    private List<Node> tree = List.of();
    private @Nullable String currentSnapshot;
    /** Disks of the snapshots whose frozen configuration has been read; it never changes. */
    private final Map<String, List<SnapshotDisk>> frozen = new HashMap<>();

    private record Node(
            String moRef,
            int id,
            String name,
            Instant createTime,
            @Nullable String parent) {}

    VmState(String moRef) {
        this.moRef = moRef;
    }

    /** @return whether this change makes it worth reading the VM's configuration again */
    boolean apply(String path, @Nullable Object value) {
        switch (path) {
            case "name" -> name = value instanceof String text ? text : null;
            case "parent" -> parent = moRef(value);
            case "runtime.host" -> host = moRef(value);
            case "runtime.connectionState" -> connected = value == VirtualMachineConnectionState.CONNECTED;
            case "runtime.powerState" ->
                powerState = value instanceof VirtualMachinePowerState state ? state.value() : "";
            case "runtime.consolidationNeeded" -> consolidationNeeded = Boolean.TRUE.equals(value);
            case "config.instanceUuid" -> instanceUuid = value instanceof String text ? text : null;
            case "config.version" -> hardware = value instanceof String text ? text : null;
            case "config.changeVersion" -> {
                String before = changeVersion;
                changeVersion = value instanceof String text ? text : null;
                return changeVersion != null && !changeVersion.equals(before);
            }
            case "config.changeTrackingEnabled" -> changeTrackingEnabled = value instanceof Boolean flag ? flag : null;
            case "config.hardware.device" ->
                disks = value instanceof ArrayOfVirtualDevice list ? Disks.of(list.getVirtualDevice()) : null;
            case "config.extraConfig" ->
                switches = value instanceof ArrayOfOptionValue list ? switches(list.getOptionValue()) : null;
            case "snapshot" -> {
                return applySnapshots(value);
            }
            default -> {
                // A single element of a watched list: the list is read again as a whole.
                return true;
            }
        }
        return false;
    }

    /** Whether its configuration has been told; a part of it may be missing when a VM enters. */
    boolean isWhole() {
        return disks != null && instanceUuid != null && hardware != null && changeTrackingEnabled != null;
    }

    private boolean applySnapshots(@Nullable Object value) {
        List<Node> before = tree;
        String currentBefore = currentSnapshot;
        List<Node> nodes = new ArrayList<>();
        currentSnapshot = null;
        if (value instanceof VirtualMachineSnapshotInfo info) {
            flatten(info.getRootSnapshotList(), null, nodes);
            currentSnapshot = moRef(info.getCurrentSnapshot());
        }
        tree = List.copyOf(nodes);
        frozen.keySet().retainAll(tree.stream().map(Node::moRef).toList());
        return !tree.equals(before) || !java.util.Objects.equals(currentBefore, currentSnapshot);
    }

    private static void flatten(List<VirtualMachineSnapshotTree> level, @Nullable String parent, List<Node> into) {
        for (VirtualMachineSnapshotTree node : level) {
            String moRef = node.getSnapshot().getValue();
            into.add(new Node(
                    moRef,
                    node.getId() == null ? 0 : node.getId(),
                    Names.decoded(node.getName()),
                    VimTime.instant(node.getCreateTime()),
                    parent));
            flatten(node.getChildSnapshotList(), moRef, into);
        }
    }

    private static Map<String, Boolean> switches(List<OptionValue> options) {
        Map<String, Boolean> found = new HashMap<>();
        for (OptionValue option : options) {
            String key = option.getKey();
            if (key.endsWith("ctkEnabled") || key.endsWith("ctkDisallowed")) {
                found.put(
                        key,
                        Boolean.parseBoolean(String.valueOf(option.getValue()).toLowerCase(Locale.ROOT)));
            }
        }
        return Map.copyOf(found);
    }

    /** Snapshots whose configuration has yet to be read. */
    List<String> unreadSnapshots() {
        return tree.stream()
                .map(Node::moRef)
                .filter(ref -> !frozen.containsKey(ref))
                .toList();
    }

    void readSnapshot(String snapshot, @Nullable Object devices) {
        if (devices instanceof ArrayOfVirtualDevice list) {
            frozen.put(
                    snapshot,
                    Disks.of(list.getVirtualDevice()).stream()
                            .map(Disks.Found::disk)
                            .map(disk -> new SnapshotDisk(disk.id(), disk.key(), disk.changeId()))
                            .toList());
        }
    }

    List<String> snapshots() {
        return tree.stream().map(Node::moRef).toList();
    }

    /**
     * @param before the same VM as last published, null if it was not
     * @param appeared what a snapshot that is new since then gets as its first sight
     */
    VirtualMachine toVirtualMachine(FolderPaths folders, @Nullable VirtualMachine before, Interval appeared) {
        String stored = name == null ? "" : name;
        return new VirtualMachine(
                moRef,
                instanceUuid == null ? "" : instanceUuid,
                Names.decoded(stored),
                folders.path(parent, stored),
                host,
                connected,
                powerState,
                consolidationNeeded,
                changeVersion == null ? "" : changeVersion,
                tracking(),
                disks != null && instanceUuid != null,
                disks == null
                        ? List.of()
                        : disks.stream().map(this::withSwitches).toList(),
                tree.stream().map(node -> snapshot(node, before, appeared)).toList(),
                currentSnapshot);
    }

    private @Nullable Boolean tracking() {
        return changeTrackingEnabled == null && switches != null ? switches.get("ctkEnabled") : changeTrackingEnabled;
    }

    private Snapshot snapshot(Node node, @Nullable VirtualMachine before, Interval appeared) {
        Snapshot old = before == null ? null : before.snapshot(node.moRef()).orElse(null);
        // Of a VM whose snapshots were not in sight before, nothing says since when they exist.
        boolean wasInSight = before != null && before.connected() && before.configRead();
        Interval since = wasInSight ? appeared : null;
        if (old != null && old.id() == node.id() && old.createTime().equals(node.createTime())) {
            since = old.appeared();
        }
        List<SnapshotDisk> read = frozen.get(node.moRef());
        return new Snapshot(
                node.moRef(),
                node.id(),
                node.name(),
                node.createTime(),
                node.parent(),
                since,
                read == null ? List.of() : read,
                read != null);
    }

    private Disk withSwitches(Disks.Found found) {
        Disk disk = found.disk();
        Boolean own = switches == null || found.node().isEmpty() ? null : switches.get(found.node() + ".ctkEnabled");
        return new Disk(
                disk.id(),
                disk.objectId(),
                disk.key(),
                disk.label(),
                disk.capacityBytes(),
                disk.datastore(),
                disk.changeId(),
                own,
                trackability(found));
    }

    private Trackability trackability(Disks.Found found) {
        Trackability byDevice = found.disk().trackability();
        if (byDevice != Trackability.TRACKABLE) {
            return byDevice;
        }
        if (hardwareNumber() < FIRST_TRACKING_HARDWARE) {
            return Trackability.OLD_HARDWARE;
        }
        boolean isDisallowed = switches != null
                && (switches.getOrDefault("ctkDisallowed", false)
                        || switches.getOrDefault(found.node() + ".ctkDisallowed", false));
        return isDisallowed ? Trackability.CTK_DISALLOWED : Trackability.TRACKABLE;
    }

    private int hardwareNumber() {
        try {
            return hardware == null ? Integer.MAX_VALUE : Integer.parseInt(hardware.replaceFirst("^vmx-0*", ""));
        } catch (NumberFormatException unknown) {
            return Integer.MAX_VALUE;
        }
    }

    static @Nullable String moRef(@Nullable Object value) {
        return value instanceof ManagedObjectReference ref ? ref.getValue() : null;
    }
}
