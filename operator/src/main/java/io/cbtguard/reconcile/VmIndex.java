package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ProtectedVMSpec.VmSelector;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.inventory.VirtualMachine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The VMs of one view by what a ProtectedVM may name them by: ten thousand that look for their VM at once ask one index. */
final class VmIndex {
    private final VcenterView view;
    private final Map<String, List<VirtualMachine>> byUuid = new HashMap<>();
    private final Map<String, List<VirtualMachine>> byPath = new HashMap<>();
    private final Map<String, List<VirtualMachine>> byName = new HashMap<>();

    private VmIndex(VcenterView view) {
        this.view = view;
        for (VirtualMachine vm : view.vms()) {
            add(byUuid, folded(vm.instanceUuid()), vm);
            add(byPath, vm.inventoryPath(), vm);
            add(byName, vm.name(), vm);
        }
    }

    static VmIndex of(VcenterView view) {
        return new VmIndex(view);
    }

    boolean isOf(VcenterView other) {
        return view == other;
    }

    /** Those that the selector names; by moRef there is at most one, by anything else there may be several. */
    List<VirtualMachine> named(VmSelector selector) {
        if (selector.instanceUuid() != null) {
            return byUuid.getOrDefault(folded(selector.instanceUuid()), List.of());
        }
        if (selector.moRef() != null) {
            return view.vm(selector.moRef()).stream().toList();
        }
        if (selector.inventoryPath() != null) {
            return byPath.getOrDefault(selector.inventoryPath(), List.of());
        }
        return byName.getOrDefault(Objects.requireNonNullElse(selector.name(), ""), List.of());
    }

    private static void add(Map<String, List<VirtualMachine>> index, String key, VirtualMachine vm) {
        index.computeIfAbsent(key, k -> new ArrayList<>(1)).add(vm);
    }

    private static String folded(String uuid) {
        return uuid.toLowerCase(Locale.ROOT);
    }
}
