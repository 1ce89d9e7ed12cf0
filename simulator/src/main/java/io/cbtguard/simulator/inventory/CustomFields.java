package io.cbtguard.simulator.inventory;

import com.vmware.vim25.CustomFieldDef;
import com.vmware.vim25.CustomFieldStringValue;
import com.vmware.vim25.CustomFieldValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The custom attributes that are defined, by key. The root folder holds them; every entity asks upwards. */
public final class CustomFields {
    private final Map<Integer, CustomFieldDef> definitions = new TreeMap<>();
    private int lastKey = 100;

    /**
     * @param type such as VirtualMachine, null for all
     */
    public CustomFieldDef define(String name, @Nullable String type) {
        CustomFieldDef definition = new CustomFieldDef();
        definition.setKey(++lastKey);
        definition.setName(name);
        definition.setType("string");
        definition.setManagedObjectType(type);
        definitions.put(definition.getKey(), definition);
        return definition;
    }

    public void remove(int key) {
        definitions.remove(key);
    }

    public @Nullable CustomFieldDef find(int key) {
        return definitions.get(key);
    }

    public @Nullable CustomFieldDef find(String name) {
        return definitions.values().stream()
                .filter(definition -> definition.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    public Collection<CustomFieldDef> all() {
        return definitions.values();
    }

    List<CustomFieldDef> availableTo(ManagedEntity entity) {
        return definitions.values().stream()
                .filter(definition ->
                        definition.getManagedObjectType() == null || entity.isA(definition.getManagedObjectType()))
                .toList();
    }

    static List<CustomFieldValue> toVim(Map<Integer, String> values) {
        List<CustomFieldValue> all = new ArrayList<>();
        values.forEach((key, text) -> {
            CustomFieldStringValue value = new CustomFieldStringValue();
            value.setKey(key);
            value.setValue(text);
            all.add(value);
        });
        return all;
    }
}
