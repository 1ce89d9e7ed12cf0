package io.cbtguard.testkit.demo;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectSpec;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.PropertySpec;
import com.vmware.vim25.RetrieveOptions;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.TaskInfoState;
import com.vmware.vim25.VimPortType;
import com.vmware.vim25.WaitOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads single properties, and waits for tasks by the property collector. */
final class VimProperties {
    private static final Duration TASK_LIMIT = Duration.ofMinutes(2);

    private final VimPortType port;
    private final ManagedObjectReference collector;

    VimProperties(VimPortType port, ManagedObjectReference collector) {
        this.port = port;
        this.collector = collector;
    }

    <T> T value(ManagedObjectReference object, String path, Class<T> type) {
        T value = values(List.of(object), path, type).get(object.getValue());
        if (value == null) {
            throw new IllegalStateException(object.getValue() + " shows no " + path);
        }
        return value;
    }

    /** One property of several objects of one type, by moRef; objects that do not show it are left out. */
    <T> Map<String, T> values(List<ManagedObjectReference> objects, String path, Class<T> type) {
        var values = new LinkedHashMap<String, T>();
        if (objects.isEmpty()) {
            return values;
        }
        return VimSession.call("to read " + path, () -> {
            var page = port.retrievePropertiesEx(collector, List.of(filter(objects, path)), new RetrieveOptions());
            while (page != null) {
                for (var object : page.getObjects()) {
                    for (var property : object.getPropSet()) {
                        values.put(object.getObj().getValue(), type.cast(property.getVal()));
                    }
                }
                page = page.getToken() == null ? null : port.continueRetrievePropertiesEx(collector, page.getToken());
            }
            return values;
        });
    }

    /**
     * Waits until a task ends.
     *
     * @return its info
     * @throws IllegalStateException if it ends in a fault, or not within two minutes
     */
    TaskInfo awaitTask(ManagedObjectReference task) {
        return VimSession.call("to wait for " + task.getValue(), () -> {
            var filter = port.createFilter(collector, filter(List.of(task), "info.state"), false);
            try {
                Instant limit = Instant.now().plus(TASK_LIMIT);
                String version = "";
                while (Instant.now().isBefore(limit)) {
                    var info = value(task, "info", TaskInfo.class);
                    if (info.getState() == TaskInfoState.SUCCESS) {
                        return info;
                    }
                    if (info.getState() == TaskInfoState.ERROR) {
                        throw new IllegalStateException(info.getDescriptionId() + " failed: "
                                + info.getError().getLocalizedMessage());
                    }
                    version = nextVersion(version);
                }
                throw new IllegalStateException("it did not end within " + TASK_LIMIT.toSeconds() + " s");
            } finally {
                port.destroyPropertyFilter(filter);
            }
        });
    }

    private String nextVersion(String version) throws Exception {
        var options = new WaitOptions();
        options.setMaxWaitSeconds(10);
        var updates = port.waitForUpdatesEx(collector, version, options);
        return updates == null ? version : updates.getVersion();
    }

    private static PropertyFilterSpec filter(List<ManagedObjectReference> objects, String path) {
        var properties = new PropertySpec();
        properties.setType(objects.getFirst().getType());
        properties.getPathSet().add(path);
        var filter = new PropertyFilterSpec();
        filter.getPropSet().add(properties);
        for (var object : objects) {
            var spec = new ObjectSpec();
            spec.setObj(object);
            filter.getObjectSet().add(spec);
        }
        return filter;
    }
}
