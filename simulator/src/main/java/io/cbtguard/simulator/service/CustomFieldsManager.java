package io.cbtguard.simulator.service;

import com.vmware.vim25.AddCustomFieldDefRequestType;
import com.vmware.vim25.CustomFieldDef;
import com.vmware.vim25.CustomFieldDefAddedEvent;
import com.vmware.vim25.CustomFieldDefEvent;
import com.vmware.vim25.CustomFieldDefRemovedEvent;
import com.vmware.vim25.CustomFieldDefRenamedEvent;
import com.vmware.vim25.CustomFieldValueChangedEvent;
import com.vmware.vim25.DuplicateName;
import com.vmware.vim25.RemoveCustomFieldDefRequestType;
import com.vmware.vim25.RenameCustomFieldDefRequestType;
import com.vmware.vim25.SetCustomValueRequestType;
import com.vmware.vim25.SetFieldRequestType;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.event.EventArguments;
import io.cbtguard.simulator.event.EventLog;
import io.cbtguard.simulator.inventory.CustomFields;
import io.cbtguard.simulator.inventory.ManagedEntity;
import io.cbtguard.simulator.soap.Operations;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Custom attributes: texts that people and backup products hang on entities. */
public final class CustomFieldsManager extends ManagedObject {
    private static final PropertyTable TABLE = PropertyTable.<CustomFieldsManager>type("CustomFieldsManager")
            .list("field", CustomFieldDef.class, manager -> List.copyOf(manager.fields.all()))
            .build();

    private final Registry registry;
    private final EventLog events;
    private final CustomFields fields;

    public CustomFieldsManager(Registry registry, EventLog events, CustomFields fields) {
        super(new MoRef("CustomFieldsManager", "CustomFieldsManager"));
        this.registry = registry;
        this.events = events;
        this.fields = fields;
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    public void register(Operations operations) {
        operations
                .require(
                        "Global.ManageCustomFields",
                        "AddCustomFieldDef",
                        "RemoveCustomFieldDef",
                        "RenameCustomFieldDef")
                .require("Global.SetCustomField", "SetField", "setCustomValue")
                .on(
                        "AddCustomFieldDef",
                        CustomFieldsManager.class,
                        AddCustomFieldDefRequestType.class,
                        (call, self, request) -> define(request.getName(), request.getMoType(), call.userName()))
                .action(
                        "RemoveCustomFieldDef",
                        CustomFieldsManager.class,
                        RemoveCustomFieldDefRequestType.class,
                        (call, self, request) -> remove(request.getKey(), call.userName()))
                .action(
                        "RenameCustomFieldDef",
                        CustomFieldsManager.class,
                        RenameCustomFieldDefRequestType.class,
                        (call, self, request) -> rename(request.getKey(), request.getName(), call.userName()))
                .action(
                        "SetField",
                        CustomFieldsManager.class,
                        SetFieldRequestType.class,
                        (call, self, request) -> set(
                                call.resolve(request.getEntity(), ManagedEntity.class),
                                require(request.getKey()),
                                request.getValue(),
                                call.userName()))
                .action(
                        "setCustomValue",
                        ManagedEntity.class,
                        SetCustomValueRequestType.class,
                        (call, self, request) -> set(self, request.getKey(), request.getValue(), call.userName()));
    }

    private CustomFieldDef define(String name, @Nullable String type, String user) {
        if (fields.find(name) != null) {
            DuplicateName fault = new DuplicateName();
            fault.setName(name);
            fault.setObject(toVim());
            throw new FaultException(fault, "The name '" + name + "' already exists.");
        }
        CustomFieldDef definition = fields.define(name, type);
        registry.changed(this, "field");
        post(new CustomFieldDefAddedEvent(), definition, user, "Added new custom field definition " + name);
        return definition;
    }

    private void remove(int key, String user) {
        CustomFieldDef definition = require(key);
        fields.remove(key);
        registry.changed(this, "field");
        for (ManagedEntity entity : registry.all(ManagedEntity.class)) {
            entity.setCustomValue(key, "", registry);
        }
        post(new CustomFieldDefRemovedEvent(), definition, user, "Removed field definition " + definition.getName());
    }

    private void rename(int key, String name, String user) {
        CustomFieldDef definition = require(key);
        CustomFieldDefRenamedEvent event = new CustomFieldDefRenamedEvent();
        event.setNewName(name);
        post(event, definition, user, "Renamed field definition from " + definition.getName() + " to " + name);
        definition.setName(name);
        registry.changed(this, "field");
    }

    private CustomFieldDef require(int key) {
        CustomFieldDef definition = fields.find(key);
        if (definition == null) {
            throw Faults.invalidArgument("key");
        }
        return definition;
    }

    /** Sets an attribute by name and defines it for all types if there is none of this name; an empty value takes it away. */
    public void set(ManagedEntity entity, String name, String value, String user) {
        CustomFieldDef known = fields.find(name);
        set(entity, known == null ? define(name, null, user) : known, value, user);
    }

    private void set(ManagedEntity entity, CustomFieldDef definition, String value, String user) {
        String before = Objects.requireNonNullElse(entity.customValue(definition.getKey()), "");
        entity.setCustomValue(definition.getKey(), value, registry);
        CustomFieldValueChangedEvent event = new CustomFieldValueChangedEvent();
        event.setEntity(EventArguments.entity(entity));
        event.setFieldKey(definition.getKey());
        event.setName(definition.getName());
        event.setValue(value);
        event.setPrevState(before);
        event.setFullFormattedMessage("Changed custom field " + definition.getName() + " on " + entity.name() + " from "
                + before + " to " + value);
        events.post(event, entity, null, user, 0);
    }

    private void post(CustomFieldDefEvent event, CustomFieldDef definition, String user, String message) {
        event.setFieldKey(definition.getKey());
        event.setName(definition.getName());
        event.setFullFormattedMessage(message);
        events.post(event, null, null, user, 0);
    }
}
