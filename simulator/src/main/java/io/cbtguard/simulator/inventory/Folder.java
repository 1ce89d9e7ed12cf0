package io.cbtguard.simulator.inventory;

import com.vmware.vim25.ManagedObjectReference;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder of one kind of children. */
public final class Folder extends ManagedEntity {
    private static final PropertyTable TABLE = PropertyTable.<Folder>type("Folder", ManagedEntity.TABLE)
            .list("childType", String.class, folder -> folder.childType)
            .list("childEntity", ManagedObjectReference.class, folder -> MoRef.list(folder.children.values()))
            .build();

    private final List<String> childType;
    private final Map<MoRef, ManagedEntity> children = new LinkedHashMap<>();

    /**
     * @param childType what it may hold, such as Folder and VirtualMachine
     */
    public Folder(MoRef ref, String name, List<String> childType) {
        super(ref, name);
        this.childType = childType;
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    public Collection<ManagedEntity> children() {
        return children.values();
    }

    public List<String> childType() {
        return childType;
    }

    /** Puts an entity here that has no other place yet. */
    public void adopt(ManagedEntity child, Registry registry) {
        child.setParent(this);
        children.put(child.ref(), child);
        registry.changed(this, "childEntity");
    }

    /** Takes an entity out of the folder; its parent is no more. */
    public void release(ManagedEntity child, Registry registry) {
        if (children.remove(child.ref()) != null) {
            child.setParent(null);
            registry.changed(this, "childEntity");
        }
    }
}
