package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One VM under guard. */
@JsonClassDescription("One VM under guard: whether its change IDs can be trusted, and which of its restore points"
        + " cannot. The annotation cbtguard.io/request-full with any new value asks for a full backup.")
@Group(Formats.GROUP)
@Version(Formats.VERSION)
@Kind("ProtectedVM")
@Singular("protectedvm")
@Plural("protectedvms")
@ShortNames("pvm")
@Categories(Formats.CATEGORY)
@AdditionalPrinterColumn(name = "VM", jsonPath = ".status.vm.name", type = Type.STRING)
@AdditionalPrinterColumn(name = "Next", jsonPath = ".status.nextBackup.type", type = Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.nextBackup.reason", type = Type.STRING)
@AdditionalPrinterColumn(
        name = "At Risk",
        jsonPath = ".status.conditions[?(@.type==\"AtRisk\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(name = "Suspect", jsonPath = ".status.suspectRestorePoints", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Last Good", jsonPath = ".status.lastGood", type = Type.DATE)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "VCenter", jsonPath = ".spec.vcenterRef.name", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Host", jsonPath = ".status.vm.host", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Build", jsonPath = ".status.vm.esxBuild", type = Type.INTEGER, priority = 1)
@AdditionalPrinterColumn(name = "Policy", jsonPath = ".spec.policyRef.name", type = Type.STRING, priority = 1)
@ValidationRule(
        value =
                "!has(oldSelf.status) || !has(oldSelf.status.record) || self.spec.vm == oldSelf.spec.vm"
                        + " || has(oldSelf.status.conditions) && oldSelf.status.conditions.exists(c, c.type == 'Ready' && c.reason == 'VMNotFound')",
        message =
                "spec.vm cannot be changed while the VM that it found is there: what is known is of that VM, also after a"
                        + " rename; create another ProtectedVM for another VM")
public final class ProtectedVM extends CustomResource<ProtectedVMSpec, ProtectedVMStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
