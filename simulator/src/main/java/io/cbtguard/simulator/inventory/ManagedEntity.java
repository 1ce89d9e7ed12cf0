package io.cbtguard.simulator.inventory;

import com.vmware.vim25.AlarmState;
import com.vmware.vim25.CustomFieldDef;
import com.vmware.vim25.CustomFieldValue;
import com.vmware.vim25.Event;
import com.vmware.vim25.ManagedEntityStatus;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.Permission;
import com.vmware.vim25.Tag;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An object with a name and a place in the inventory. */
public abstract class ManagedEntity extends ManagedObject {
    protected static final PropertyTable EXTENSIBLE = PropertyTable.<ManagedEntity>type("ExtensibleManagedObject")
            .list("value", CustomFieldValue.class, ManagedEntity::customValues)
            .list("availableField", CustomFieldDef.class, ManagedEntity::availableFields)
            .build();

    protected static final PropertyTable TABLE = PropertyTable.<ManagedEntity>type("ManagedEntity", EXTENSIBLE)
            .value("parent", ManagedObjectReference.class, entity -> toVim(entity.parent))
            .list("customValue", CustomFieldValue.class, ManagedEntity::customValues)
            .value("overallStatus", ManagedEntityStatus.class, entity -> ManagedEntityStatus.GREEN)
            .value("configStatus", ManagedEntityStatus.class, entity -> ManagedEntityStatus.GREEN)
            .empty("configIssue", Event.class)
            .list("effectiveRole", Integer.class, entity -> List.of(-1))
            .empty("permission", Permission.class)
            .value("name", String.class, entity -> entity.name)
            .empty("disabledMethod", String.class)
            .empty("recentTask", ManagedObjectReference.class)
            .empty("declaredAlarmState", AlarmState.class)
            .empty("triggeredAlarmState", AlarmState.class)
            .value("alarmActionsEnabled", Boolean.class, entity -> true)
            .empty("tag", Tag.class)
            .build();

    private String name;
    private @Nullable ManagedEntity parent;

    private final Map<Integer, String> customValues = new TreeMap<>();
    private @Nullable CustomFields customFields;

    protected ManagedEntity(MoRef ref, String name) {
        super(ref);
        this.name = name;
    }

    protected static @Nullable ManagedObjectReference toVim(@Nullable ManagedObject object) {
        return object == null ? null : object.toVim();
    }

    public final String name() {
        return name;
    }

    public final @Nullable ManagedEntity parent() {
        return parent;
    }

    public void rename(String newName, Registry registry) {
        name = newName;
        registry.changed(this, "name", "summary.config.name", "config.name");
    }

    /** Makes these the custom attributes of this entity and of all below it. */
    public final void define(CustomFields fields) {
        customFields = fields;
    }

    private List<CustomFieldDef> availableFields() {
        for (ManagedEntity at = this; at != null; at = at.parent) {
            if (at.customFields != null) {
                return at.customFields.availableTo(this);
            }
        }
        return List.of();
    }

    /** The values of custom attributes, by key. */
    public final Map<Integer, String> customTexts() {
        return Map.copyOf(customValues);
    }

    /** Replaces all values of custom attributes, unseen by anybody. */
    public final void restoreCustomTexts(Map<Integer, String> texts) {
        customValues.clear();
        customValues.putAll(texts);
    }

    public final List<CustomFieldValue> customValues() {
        return CustomFields.toVim(customValues);
    }

    public final @Nullable String customValue(int key) {
        return customValues.get(key);
    }

    /** Sets the value of a custom attribute, or takes it away when it is empty. */
    public final void setCustomValue(int key, String value, Registry registry) {
        String before = value.isEmpty() ? customValues.remove(key) : customValues.put(key, value);
        if (!value.equals(before == null ? "" : before)) {
            registry.changed(this, "customValue", "value", "summary.customValue");
        }
    }

    protected final void setParent(@Nullable ManagedEntity newParent) {
        parent = newParent;
    }

    /** Further entities, besides the parent, in whose subtree this one lies (a VM's host, for one). */
    protected List<ManagedEntity> alsoUnder() {
        return List.of();
    }

    /** Whether this lies in the subtree of {@code container}, or is its direct child when not {@code recursive}. */
    public final boolean isUnder(ManagedEntity container, boolean recursive) {
        return lies(parent, container, recursive)
                || alsoUnder().stream().anyMatch(entity -> lies(entity, container, recursive));
    }

    private static boolean lies(@Nullable ManagedEntity start, ManagedEntity container, boolean recursive) {
        for (ManagedEntity at = start; at != null; at = recursive ? at.parent : null) {
            if (at == container) {
                return true;
            }
        }
        return false;
    }

    /** The nearest ancestor of a type, or null. */
    public final <T extends ManagedEntity> @Nullable T ancestor(Class<T> type) {
        for (ManagedEntity at = parent; at != null; at = at.parent) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
