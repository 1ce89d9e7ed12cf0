package io.cbtguard.simulator.service;

import com.vmware.vim25.InvalidName;
import com.vmware.vim25.OptionDef;
import com.vmware.vim25.OptionValue;
import com.vmware.vim25.QueryOptionsRequestType;
import com.vmware.vim25.UpdateOptionsRequestType;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.soap.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** vCenter's settings, as far as clients ask for them. */
public final class OptionManager extends ManagedObject {
    private static final PropertyTable TABLE = PropertyTable.<OptionManager>type("OptionManager")
            .empty("supportedOption", OptionDef.class)
            .list("setting", OptionValue.class, manager -> manager.query(""))
            .build();

    private final Registry registry;
    private final BiConsumer<String, Object> listener;
    private final Map<String, Object> settings = new TreeMap<>();

    /**
     * @param listener told of every setting that changes
     */
    public OptionManager(Registry registry, BiConsumer<String, Object> listener) {
        super(new MoRef("OptionManager", "VpxSettings"));
        this.registry = registry;
        this.listener = listener;
        settings.put("event.maxAge", 30);
        settings.put("event.maxAgeEnabled", true);
        settings.put("event.maxCollectors", 32);
        settings.put("event.batchsize", 2000);
        settings.put("task.maxAge", 30);
        settings.put("task.maxAgeEnabled", true);
        settings.put("task.maxCollectors", 32);
        settings.put("config.vmacore.soap.maxSessionCount", 2000);
        settings.put("config.vmacore.soap.sessionTimeout", "30m");
        settings.put("config.vpxd.propertyCollector.maxObjectUpdates", 100);
        settings.put("VirtualCenter.InstanceName", "127.0.0.1");
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    public void register(Operations operations) {
        operations
                .on("QueryOptions", OptionManager.class, QueryOptionsRequestType.class, (call, self, request) -> {
                    List<OptionValue> found = query(request.getName() == null ? "" : request.getName());
                    if (found.isEmpty()) {
                        InvalidName fault = new InvalidName();
                        fault.setName(request.getName());
                        throw new FaultException(fault, "The name '" + request.getName() + "' is not valid.");
                    }
                    return found;
                })
                .action(
                        "UpdateOptions",
                        OptionManager.class,
                        UpdateOptionsRequestType.class,
                        (call, self, request) ->
                                request.getChangedValue().forEach(option -> set(option.getKey(), option.getValue())));
    }

    /** Sets one; the effect, if any, is the listener's. */
    public void set(String name, Object value) {
        settings.put(name, value);
        listener.accept(name, value);
        registry.changed(this, "setting");
    }

    /** A setting by its name, or all below a name that ends with a dot; everything for the empty one. */
    private List<OptionValue> query(String name) {
        List<OptionValue> found = new ArrayList<>();
        settings.forEach((key, value) -> {
            if (name.isEmpty() || key.equals(name) || (name.endsWith(".") && key.startsWith(name))) {
                OptionValue option = new OptionValue();
                option.setKey(key);
                option.setValue(value);
                found.add(option);
            }
        });
        return found;
    }
}
