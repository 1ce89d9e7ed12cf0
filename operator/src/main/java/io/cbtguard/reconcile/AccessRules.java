package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.Access;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.judge.Reason;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which part of a vCenter's inventory a namespace may use, by {@code VCenter.spec.access}. What is not allowed is forbidden. */
final class AccessRules {
    private AccessRules() {}

    /**
     * What one namespace may use.
     *
     * @param whole the whole inventory
     * @param folders folders whose VMs, at any depth, may be used
     */
    record Scope(boolean whole, List<String> folders) {
        boolean nothing() {
            return !whole && folders.isEmpty();
        }

        /** Whether a VM of this inventory path may be used. */
        boolean admits(String path) {
            return whole || folders.stream().anyMatch(folder -> inside(path, folder));
        }

        private static boolean inside(String path, String folder) {
            return path.startsWith(folder.endsWith("/") ? folder : folder + "/");
        }
    }

    /** Whether a ProtectedVM was looked at and not refused by these rules, as its status says. */
    static boolean admitted(@Nullable ProtectedVM vm) {
        return vm != null
                && vm.getStatus() != null
                && Conditions.find(vm.getStatus().conditions(), ConditionTypes.READY)
                        .filter(ready -> !Reason.NotAllowed.name().equals(ready.getReason()))
                        .isPresent();
    }

    static Scope of(VCenter vcenter, Namespace namespace) {
        boolean whole = false;
        List<String> folders = new ArrayList<>();
        for (Access access : vcenter.getSpec().access()) {
            if (admits(access.namespaces(), vcenter, namespace)) {
                whole |= access.folders().isEmpty() && access.namespaces().from() == Access.From.Same;
                folders.addAll(access.folders());
            }
        }
        return new Scope(whole, folders);
    }

    private static boolean admits(Access.Namespaces rule, VCenter vcenter, Namespace namespace) {
        return switch (rule.from()) {
            case Same ->
                vcenter.getMetadata()
                        .getNamespace()
                        .equals(namespace.getMetadata().getName());
            case All -> true;
            case Selector -> rule.selector() != null && matches(rule.selector(), labels(namespace));
        };
    }

    private static Map<String, String> labels(Namespace namespace) {
        Map<String, String> labels = namespace.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    private static boolean matches(LabelSelector selector, Map<String, String> labels) {
        Map<String, String> equal = selector.getMatchLabels() == null ? Map.of() : selector.getMatchLabels();
        List<LabelSelectorRequirement> further =
                selector.getMatchExpressions() == null ? List.of() : selector.getMatchExpressions();
        return equal.entrySet().stream().allMatch(e -> e.getValue().equals(labels.get(e.getKey())))
                && further.stream().allMatch(requirement -> matches(requirement, labels));
    }

    private static boolean matches(LabelSelectorRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.getKey());
        List<String> values = requirement.getValues() == null ? List.of() : requirement.getValues();
        return switch (requirement.getOperator()) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false; // an operator that this version does not know admits nobody
        };
    }
}
