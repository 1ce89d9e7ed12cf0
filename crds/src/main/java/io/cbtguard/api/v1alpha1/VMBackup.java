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

/** One backup run: the question, the decision, the report, the outcome. */
@JsonClassDescription("One backup run of one VM. Create it before the backup, wait for the condition Decided, do what"
        + " status.decision says, write spec.report, wait for the condition Complete. Deleting an open run"
        + " cancels it.")
@Group(Formats.GROUP)
@Version(Formats.VERSION)
@Kind("VMBackup")
@Singular("vmbackup")
@Plural("vmbackups")
@ShortNames("vmb")
@Categories(Formats.CATEGORY)
@AdditionalPrinterColumn(name = "VM", jsonPath = ".spec.protectedVMRef.name", type = Type.STRING)
@AdditionalPrinterColumn(name = "Chain", jsonPath = ".spec.chain", type = Type.STRING)
@AdditionalPrinterColumn(name = "Type", jsonPath = ".status.decision.type", type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Trust", jsonPath = ".status.trust", type = Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.reason", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class VMBackup extends CustomResource<VMBackupSpec, VMBackupStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
