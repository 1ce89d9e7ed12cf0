package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ProtectedVMSpec.VmSelector;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the one VM that a ProtectedVM names, among those that its namespace may use. */
final class VmSearch {
    private VmSearch() {}

    /** @param vm the one VM; null with the reason why there is none */
    record Found(@Nullable VirtualMachine vm, Reason reason, String message) {}

    static Found find(VmIndex index, VmSelector selector, AccessRules.Scope scope) {
        List<VirtualMachine> named = index.named(selector);
        List<VirtualMachine> allowed =
                named.stream().filter(vm -> scope.admits(vm.inventoryPath())).toList();
        if (allowed.size() > 1) {
            return new Found(
                    null,
                    Reason.VMAmbiguous,
                    allowed.size() + " VMs are named " + text(selector)
                            + "; name the one that is meant by spec.vm.instanceUuid, moRef or inventoryPath.");
        }
        if (allowed.size() == 1) {
            VirtualMachine vm = allowed.getFirst();
            return vm.instanceUuid().isEmpty()
                    ? new Found(
                            null,
                            Reason.VMNotFound,
                            "The VM " + text(selector) + " is there, but vCenter does not show its configuration yet.")
                    : new Found(vm, Reason.Bound, "");
        }
        if (!named.isEmpty()) {
            return new Found(
                    null,
                    Reason.NotAllowed,
                    "The VM " + text(selector)
                            + " is not in a folder that this namespace may use; the VCenter's spec.access has to list it.");
        }
        return new Found(
                null,
                Reason.VMNotFound,
                "vCenter has no VM " + text(selector) + "; check spec.vm, and whether the account may see the VM.");
    }

    private static String text(VmSelector selector) {
        if (selector.instanceUuid() != null) {
            return "with instance UUID " + selector.instanceUuid();
        }
        if (selector.moRef() != null) {
            return selector.moRef();
        }
        return String.valueOf(selector.inventoryPath() != null ? selector.inventoryPath() : selector.name());
    }
}
