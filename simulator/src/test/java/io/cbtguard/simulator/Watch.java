package io.cbtguard.simulator;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectUpdate;
import com.vmware.vim25.PropertyChange;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.PropertyFilterUpdate;
import com.vmware.vim25.UpdateSet;
import com.vmware.vim25.WaitOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A collector with one filter and the version that its client holds. */
final class Watch {
    final VimTestClient client;
    final ManagedObjectReference collector;
    String version = "";

    Watch(VimTestClient client, PropertyFilterSpec spec) throws Exception {
        this(client, spec, false);
    }

    Watch(VimTestClient client, PropertyFilterSpec spec, boolean partialUpdates) throws Exception {
        this.client = client;
        collector = client.port.createPropertyCollector(client.content.getPropertyCollector());
        client.port.createFilter(collector, spec, partialUpdates);
    }

    /** One answer; null when nothing came in time. */
    @Nullable UpdateSet wait(String since, int seconds, int maxObjects) throws Exception {
        WaitOptions options = new WaitOptions();
        options.setMaxWaitSeconds(seconds);
        options.setMaxObjectUpdates(maxObjects);
        return client.port.waitForUpdatesEx(collector, since, options);
    }

    /** Everything until nothing more is pending, waiting for the first at most so long. */
    List<ObjectUpdate> drain(int seconds) throws Exception {
        List<ObjectUpdate> all = new ArrayList<>();
        UpdateSet updates = wait(version, seconds, 100);
        while (updates != null) {
            version = updates.getVersion();
            for (PropertyFilterUpdate filter : updates.getFilterSet()) {
                all.addAll(filter.getObjectSet());
            }
            updates = Boolean.TRUE.equals(updates.isTruncated()) ? wait(version, 0, 100) : null;
        }
        return all;
    }

    static List<String> names(ObjectUpdate update) {
        return update.getChangeSet().stream().map(PropertyChange::getName).toList();
    }

    static List<String> moRefs(List<ObjectUpdate> updates) {
        return updates.stream().map(update -> update.getObj().getValue()).toList();
    }
}
