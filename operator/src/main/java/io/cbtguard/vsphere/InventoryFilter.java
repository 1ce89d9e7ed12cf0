package io.cbtguard.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectSpec;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.PropertySpec;
import com.vmware.vim25.TraversalSpec;
import java.util.List;

/**
 * Which properties are watched. All are of API 6.0 or older, none is noisy, and parents are watched rather than children, as a
 * parent's change need not reach a filter on its child.
 */
final class InventoryFilter {
    static final List<String> TYPES = List.of("VirtualMachine", "HostSystem", "Folder", "Datacenter", "VirtualApp");

    /** Read of a VM when it enters: what is too noisy to be watched. */
    static final List<String> UNWATCHED = List.of("config.extraConfig");

    /** Read of a VM whenever its configuration was touched: some servers announce no more than that. */
    static final List<String> DETAILS = List.of(
            "config.changeTrackingEnabled",
            "config.hardware.device",
            "config.version",
            "config.instanceUuid",
            "config.extraConfig",
            "snapshot");

    /** Its list of recent tasks is watched too: a new task is the first sign of a revert, often the only one. */
    static final String TASKS = "TaskManager";

    static final List<String> SNAPSHOT = List.of("config.hardware.device");

    private static final List<String> VM = List.of(
            "name",
            "parent",
            "runtime.host",
            "runtime.connectionState",
            "runtime.powerState",
            "runtime.consolidationNeeded",
            "config.instanceUuid",
            "config.version",
            "config.changeVersion",
            "config.changeTrackingEnabled",
            "config.hardware.device",
            "snapshot");
    private static final List<String> HOST = List.of("name", "summary.config.product", "runtime.connectionState");
    private static final List<String> TREE = List.of("name", "parent");

    private InventoryFilter() {}

    static PropertyFilterSpec of(ManagedObjectReference containerView, ManagedObjectReference taskManager) {
        TraversalSpec members = new TraversalSpec();
        members.setName("members");
        members.setType("ContainerView");
        members.setPath("view");
        members.setSkip(false);
        ObjectSpec view = new ObjectSpec();
        view.setObj(containerView);
        view.setSkip(true);
        view.getSelectSet().add(members);
        PropertyFilterSpec filter = new PropertyFilterSpec();
        filter.getObjectSet().add(view);
        ObjectSpec tasks = new ObjectSpec();
        tasks.setObj(taskManager);
        tasks.setSkip(false);
        filter.getObjectSet().add(tasks);
        filter.getPropSet().add(properties(TASKS, List.of("recentTask")));
        filter.getPropSet().add(properties("VirtualMachine", VM));
        filter.getPropSet().add(properties("HostSystem", HOST));
        filter.getPropSet().add(properties("Folder", TREE));
        filter.getPropSet().add(properties("Datacenter", TREE));
        filter.getPropSet().add(properties("VirtualApp", TREE));
        return filter;
    }

    private static PropertySpec properties(String type, List<String> paths) {
        PropertySpec spec = new PropertySpec();
        spec.setType(type);
        spec.setAll(false);
        spec.getPathSet().addAll(paths);
        return spec;
    }
}
