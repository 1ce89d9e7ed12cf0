package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One restore of a VM, declared: over its disks, or somewhere else as a test. */
@JsonClassDescription(
        "A restore of a guarded VM, declared by who did it. InPlace, over its disks: that writes past change"
                + " tracking, so that no change ID from before can be trusted until tracking is reset and a full backup is"
                + " taken. Test, somewhere else: it shows whether a restore point can be restored.")
@Group(Formats.GROUP)
@Version(Formats.VERSION)
@Kind("VMRestore")
@Singular("vmrestore")
@Plural("vmrestores")
@ShortNames("vmr")
@Categories(Formats.CATEGORY)
@AdditionalPrinterColumn(name = "VM", jsonPath = ".spec.protectedVMRef.name", type = Type.STRING)
@AdditionalPrinterColumn(name = "Kind", jsonPath = ".spec.kind", type = Type.STRING)
@AdditionalPrinterColumn(name = "Outcome", jsonPath = ".spec.outcome", type = Type.STRING)
@AdditionalPrinterColumn(
        name = "Recorded",
        jsonPath = ".status.conditions[?(@.type==\"Recorded\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class VMRestore extends CustomResource<VMRestoreSpec, VMRestoreStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
