package io.cbtguard.simulator.vm;

import io.cbtguard.simulator.block.DiskState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A virtual disk in one configuration: the live one, or a snapshot's. */
public final class VmDisk {
    /** The key of the SCSI controller that all disks here hang on. */
    static final int CONTROLLER = 1000;

    private final int key;
    private final int unit;
    private final String uuid;
    private Kind kind;
    private final DiskState state;
    private DiskFile file;
    private String mode;
    private @Nullable String sharing;

    /** What a disk is backed by. */
    public enum Kind {
        FLAT,
        SE_SPARSE,
        PHYSICAL_RDM,
        /** A type that is newer than any client here: its change ID is there, and old stubs lose it in silence. */
        FUTURE
    }

    VmDisk(int key, int unit, String uuid, Kind kind, DiskFile file, DiskState state) {
        this(key, unit, uuid, kind, file, state, "persistent", null);
    }

    private VmDisk(
            int key,
            int unit,
            String uuid,
            Kind kind,
            DiskFile file,
            DiskState state,
            String mode,
            @Nullable String sharing) {
        this.key = key;
        this.unit = unit;
        this.uuid = uuid;
        this.kind = kind;
        this.file = file;
        this.state = state;
        this.mode = mode;
        this.sharing = sharing;
    }

    /** The same disk in another configuration: the state is a copy, the file is shared. */
    VmDisk copy() {
        return new VmDisk(key, unit, uuid, kind, file, state.copy(), mode, sharing);
    }

    /** This disk, attached at another place; its file and what is on it stay. */
    VmDisk onUnit(int newUnit) {
        return new VmDisk(2000 + newUnit, newUnit, uuid, kind, file, state, mode, sharing);
    }

    int key() {
        return key;
    }

    int unit() {
        return unit;
    }

    String uuid() {
        return uuid;
    }

    Kind kind() {
        return kind;
    }

    void setKind(Kind newKind) {
        kind = newKind;
    }

    DiskFile file() {
        return file;
    }

    void setFile(DiskFile newFile) {
        file = newFile;
    }

    DiskState state() {
        return state;
    }

    String mode() {
        return mode;
    }

    void setMode(String newMode) {
        mode = newMode;
    }

    @Nullable String sharing() {
        return sharing;
    }

    void setSharing(@Nullable String newSharing) {
        sharing = newSharing;
    }

    /** Whether snapshots leave it alone. */
    boolean isIndependent() {
        return mode.startsWith("independent");
    }

    /** Whether changes can be tracked at all (VMware KB 1020128: not on independent, physical or shared disks). */
    boolean isTrackable() {
        return !isIndependent() && kind != Kind.PHYSICAL_RDM && !"sharingMultiWriter".equals(sharing);
    }

    String node() {
        return String.format(Locale.ROOT, "scsi0:%d", unit);
    }
}
