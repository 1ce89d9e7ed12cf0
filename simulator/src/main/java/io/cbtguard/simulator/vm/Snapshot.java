package io.cbtguard.simulator.vm;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.VirtualMachineConfigInfo;
import com.vmware.vim25.VirtualMachinePowerState;
import com.vmware.vim25.VirtualMachineSnapshotTree;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.VimTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A snapshot: the configuration as it was, disks and change IDs included. */
final class Snapshot extends ManagedObject {
    private static final PropertyTable TABLE = PropertyTable.<Snapshot>type(
                    "VirtualMachineSnapshot",
                    PropertyTable.type("ExtensibleManagedObject").build())
            .value("config", VirtualMachineConfigInfo.class, Snapshot::configInfo)
            .list("childSnapshot", ManagedObjectReference.class, snapshot -> MoRef.list(snapshot.children))
            .value("vm", ManagedObjectReference.class, snapshot -> snapshot.vm.toVim())
            .build();

    private final VirtualMachine vm;
    private final int id;
    private final Instant createTime;
    private final VmConfig config;
    private final String changeVersion;
    private final Instant modified;
    private final VirtualMachinePowerState state;
    private final boolean quiesced;
    private final List<Snapshot> children = new ArrayList<>();
    private String name;
    private String description;
    private @Nullable Snapshot parent;

    /**
     * @param config a copy of the live configuration, the snapshot's own
     * @param state the power state that a revert brings back
     */
    Snapshot(
            MoRef ref,
            VirtualMachine vm,
            int id,
            String name,
            String description,
            Instant createTime,
            VmConfig config,
            VirtualMachinePowerState state,
            boolean quiesced) {
        super(ref);
        this.vm = vm;
        this.id = id;
        this.name = name;
        this.description = description;
        this.createTime = createTime;
        this.config = config;
        this.changeVersion = vm.changeVersion();
        this.modified = vm.modified();
        this.state = state;
        this.quiesced = quiesced;
    }

    /** The same snapshot of the same machine under other names. */
    Snapshot under(MoRef newRef, VirtualMachine newVm) {
        return new Snapshot(newRef, newVm, id, name, description, createTime, config, state, quiesced);
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    private VirtualMachineConfigInfo configInfo() {
        return ConfigInfo.of(vm, config, changeVersion, modified);
    }

    VirtualMachine vm() {
        return vm;
    }

    /** The number that counts up per VM, as shown in messages. */
    int id() {
        return id;
    }

    String name() {
        return name;
    }

    void rename(@Nullable String newName, @Nullable String newDescription) {
        name = newName == null ? name : newName;
        description = newDescription == null ? description : newDescription;
    }

    VmConfig config() {
        return config;
    }

    VirtualMachinePowerState state() {
        return state;
    }

    @Nullable Snapshot parent() {
        return parent;
    }

    void setParent(@Nullable Snapshot newParent) {
        parent = newParent;
    }

    List<Snapshot> children() {
        return children;
    }

    VirtualMachineSnapshotTree toTree() {
        VirtualMachineSnapshotTree tree = new VirtualMachineSnapshotTree();
        tree.setSnapshot(toVim());
        tree.setVm(vm.toVim());
        tree.setName(name);
        tree.setDescription(description);
        tree.setId(id);
        tree.setCreateTime(VimTime.toVim(createTime));
        tree.setState(state);
        tree.setQuiesced(quiesced);
        tree.setReplaySupported(false);
        children.forEach(child -> tree.getChildSnapshotList().add(child.toTree()));
        return tree;
    }
}
