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

/** How old restore points may be, and how strict to be about change IDs. */
@JsonClassDescription("How old the restore points of VMs may be, and how strict to be about change IDs.")
@Group(Formats.GROUP)
@Version(Formats.VERSION)
@Kind("BackupPolicy")
@Singular("backuppolicy")
@Plural("backuppolicies")
@ShortNames("bp")
@Categories(Formats.CATEGORY)
@AdditionalPrinterColumn(name = "RPO", jsonPath = ".spec.rpo", type = Type.STRING)
@AdditionalPrinterColumn(name = "VMs", jsonPath = ".status.protectedVMs", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Force Full", jsonPath = ".status.forceFull", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "At Risk", jsonPath = ".status.atRisk", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class BackupPolicy extends CustomResource<BackupPolicySpec, BackupPolicyStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
