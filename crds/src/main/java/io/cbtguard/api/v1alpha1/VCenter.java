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

/** A vCenter to watch, and who may use which part of it. */
@JsonClassDescription("A vCenter to watch, and who may use which part of it.")
@Group(Formats.GROUP)
@Version(Formats.VERSION)
@Kind("VCenter")
@Singular("vcenter")
@Plural("vcenters")
@ShortNames("vc")
@Categories(Formats.CATEGORY)
@AdditionalPrinterColumn(name = "Server", jsonPath = ".spec.server", type = Type.STRING)
@AdditionalPrinterColumn(name = "Version", jsonPath = ".status.about.version", type = Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(
        name = "Connected",
        jsonPath = ".status.conditions[?(@.type==\"Connected\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(name = "VMs", jsonPath = ".status.protectedVMs", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class VCenter extends CustomResource<VCenterSpec, VCenterStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
