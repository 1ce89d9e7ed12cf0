package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A vendor bulletin as data. */
@JsonClassDescription(
        "A vendor bulletin about Changed Block Tracking as data: on which ESXi builds, or at which growth of a"
                + " disk, change IDs and restore points cannot be trusted. It counts for every VM of every vCenter, for the past too."
                + " Deleting or disabling it stops new findings and clears none.")
@Group(Formats.GROUP)
@Version(Formats.VERSION)
@Kind("CBTAdvisory")
@Singular("cbtadvisory")
@Plural("cbtadvisories")
@ShortNames("cbta")
@Categories(Formats.CATEGORY)
@AdditionalPrinterColumn(name = "Trigger", jsonPath = ".spec.trigger", type = Type.STRING)
@AdditionalPrinterColumn(
        name = "State",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
        type = Type.STRING)
@AdditionalPrinterColumn(name = "Hosts", jsonPath = ".status.affectedHosts", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "VMs", jsonPath = ".status.affectedVMs", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Suspect", jsonPath = ".status.suspectRestorePoints", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "Title", jsonPath = ".spec.title", type = Type.STRING, priority = 1)
public final class CBTAdvisory extends CustomResource<CBTAdvisorySpec, CBTAdvisoryStatus> {
    /** Label of the advisories that come with the operator: those that {@code spec.overrides} may name. */
    public static final String BUNDLED = "cbtguard.io/bundled";

    private static final long serialVersionUID = 1L;
}
