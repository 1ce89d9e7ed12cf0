package io.cbtguard.simulator.vm;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A virtual machine's configuration; a snapshot holds a copy of it, disks included. */
final class VmConfig {
    String uuid;
    String instanceUuid;
    String guestId = "ubuntu64Guest";
    String guestFullName = "Ubuntu Linux (64-bit)";
    String hardwareVersion = "vmx-19";
    String annotation = "";
    String vmPathName;
    int cpus = 2;
    int memoryMb = 4096;
    boolean template;
    boolean changeTracking;
    private final Map<String, String> extraConfig = new LinkedHashMap<>();
    private final Map<Integer, VmDisk> disks = new TreeMap<>();

    VmConfig(String uuid, String instanceUuid, String vmPathName) {
        this.uuid = uuid;
        this.instanceUuid = instanceUuid;
        this.vmPathName = vmPathName;
    }

    VmConfig copy() {
        VmConfig copy = new VmConfig(uuid, instanceUuid, vmPathName);
        copy.guestId = guestId;
        copy.guestFullName = guestFullName;
        copy.hardwareVersion = hardwareVersion;
        copy.annotation = annotation;
        copy.cpus = cpus;
        copy.memoryMb = memoryMb;
        copy.template = template;
        copy.changeTracking = changeTracking;
        copy.extraConfig.putAll(extraConfig);
        disks.forEach((key, disk) -> copy.disks.put(key, disk.copy()));
        return copy;
    }

    Collection<VmDisk> disks() {
        return disks.values();
    }

    @Nullable VmDisk disk(int key) {
        return disks.get(key);
    }

    void put(VmDisk disk) {
        disks.put(disk.key(), disk);
    }

    void removeDisk(int key) {
        disks.remove(key);
    }

    Map<String, String> extraConfig() {
        return extraConfig;
    }

    /** Sets or, with an empty value, removes a key. */
    void setExtra(String key, String value) {
        if (value.isEmpty()) {
            extraConfig.remove(key);
        } else {
            extraConfig.put(key, value);
        }
    }

    /** Switches tracking for the whole VM, as its configuration file shows it. */
    void setChangeTracking(boolean on) {
        changeTracking = on;
        setExtra("ctkEnabled", on ? "TRUE" : "FALSE");
        for (VmDisk disk : disks.values()) {
            if (disk.isTrackable()) {
                setExtra(disk.node() + ".ctkEnabled", on ? "TRUE" : "FALSE");
            }
            if (!on) {
                disk.state().stopTracking();
            }
        }
    }

    /** Whether two configurations show the same to a client. */
    boolean looksLike(VmConfig other) {
        return fingerprint().equals(other.fingerprint());
    }

    private List<Object> fingerprint() {
        List<Object> shown = new java.util.ArrayList<>(
                List.of(guestId, hardwareVersion, annotation, cpus, memoryMb, changeTracking, Map.copyOf(extraConfig)));
        for (VmDisk disk : disks.values()) {
            shown.add(List.of(
                    disk.key(),
                    disk.uuid(),
                    disk.mode(),
                    disk.state().capacity(),
                    String.valueOf(disk.sharing()),
                    String.valueOf(disk.state().changeId())));
        }
        return shown;
    }
}
