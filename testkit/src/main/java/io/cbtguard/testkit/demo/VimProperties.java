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
import java.util.List;

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
        var result = VimSession.call(
                "to read " + path + " of " + object.getValue(),
                () -> port.retrievePropertiesEx(collector, List.of(filter(object, path)), new RetrieveOptions()));
        return result.getObjects().stream()
                .flatMap(o -> o.getPropSet().stream())
                .filter(p -> p.getName().equals(path))
                .map(p -> type.cast(p.getVal()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(object.getValue() + " shows no " + path));
    }

    /**
     * Waits until a task ends.
     *
     * @return its info
     * @throws IllegalStateException if it ends in a fault, or not within two minutes
     */
    TaskInfo awaitTask(ManagedObjectReference task) {
        return VimSession.call("to wait for " + task.getValue(), () -> {
            var filter = port.createFilter(collector, filter(task, "info.state"), false);
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

    private static PropertyFilterSpec filter(ManagedObjectReference object, String path) {
        var properties = new PropertySpec();
        properties.setType(object.getType());
        properties.getPathSet().add(path);
        var objects = new ObjectSpec();
        objects.setObj(object);
        var filter = new PropertyFilterSpec();
        filter.getPropSet().add(properties);
        filter.getObjectSet().add(objects);
        return filter;
    }
}
