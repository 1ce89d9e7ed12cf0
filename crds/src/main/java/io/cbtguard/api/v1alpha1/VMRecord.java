package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one VM and must last: the truth behind the statuses, written by the operator only. It has neither spec nor
 * status subresource, so that cluster backups keep it whole. What is read from the API server has the required fields; one
 * made in Java has them once they are set.
 */
@JsonClassDescription("What is known of one VM and must last: baselines, findings, restore points. The truth behind the"
        + " statuses; written by the operator only, and by restore tools with the verb restore.")
@Group(Formats.GROUP)
@Version(Formats.VERSION)
@Kind("VMRecord")
@Singular("vmrecord")
@Plural("vmrecords")
@ShortNames("vmrec")
@Categories(Formats.CATEGORY)
@AdditionalPrinterColumn(name = "VM", jsonPath = ".sighting.name", type = Type.STRING)
@AdditionalPrinterColumn(name = "VCenter", jsonPath = ".binding.vcenter", type = Type.STRING)
@AdditionalPrinterColumn(name = "MoRef", jsonPath = ".binding.moRef", type = Type.STRING)
@AdditionalPrinterColumn(name = "Through", jsonPath = ".evidenceThrough.time", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class VMRecord extends CustomResource<Void, Void> implements Namespaced {
    private static final long serialVersionUID = 1L;

    @Required
    @JsonPropertyDescription("Layout of this object; an operator writes none that is higher than it knows.")
    private long schema;

    @Required
    @JsonPropertyDescription(
            "The metadata.generation that the operator's write yields; anything else is a foreign write.")
    private long generation;

    @Required
    @JsonPropertyDescription("To which VM and which objects this belongs.")
    private @Nullable RecordedBinding binding;

    @Required
    @JsonPropertyDescription("Up to which position vCenter's history is accounted for.")
    private @Nullable RecordedPosition evidenceThrough;

    @JsonPropertyDescription("What vCenter last showed of the VM.")
    private @Nullable RecordedSighting sighting;

    @JsonPropertyDescription("Snapshots that were seen, while they matter.")
    @OmitEmpty
    private List<RecordedSnapshot> snapshots = List.of();

    @JsonPropertyDescription("Causes that are queued and not yet decided.")
    @OmitEmpty
    private List<RecordedPending> pending = List.of();

    @JsonPropertyDescription("ESXi builds that the VM ran on, oldest first.")
    @OmitEmpty
    private List<RecordedResidence> residence = List.of();

    @JsonPropertyDescription(
            "Where moves and losses of sight stand that are known and so young that vCenter may yet tell of an older one.")
    @OmitEmpty
    private List<RecordedPosition> recentEvents = List.of();

    @JsonPropertyDescription("When tracking last began anew, if it is proven that no snapshot existed then.")
    private @Nullable RecordedInterval trackedSince;

    @JsonPropertyDescription("The lines of backups of the VM.")
    @OmitEmpty
    private List<RecordedChain> chains = List.of();

    @JsonPropertyDescription("Causes, oldest first.")
    @OmitEmpty
    private List<RecordedFinding> findings = List.of();

    @JsonPropertyDescription("Open runs, and ended ones that their VMBackup does not show yet.")
    @OmitEmpty
    private List<RecordedRun> runs = List.of();

    public long getSchema() {
        return schema;
    }

    public void setSchema(long schema) {
        this.schema = schema;
    }

    public long getGeneration() {
        return generation;
    }

    public void setGeneration(long generation) {
        this.generation = generation;
    }

    public @Nullable RecordedBinding getBinding() {
        return binding;
    }

    public void setBinding(@Nullable RecordedBinding binding) {
        this.binding = binding;
    }

    public @Nullable RecordedPosition getEvidenceThrough() {
        return evidenceThrough;
    }

    public void setEvidenceThrough(@Nullable RecordedPosition evidenceThrough) {
        this.evidenceThrough = evidenceThrough;
    }

    public @Nullable RecordedSighting getSighting() {
        return sighting;
    }

    public void setSighting(@Nullable RecordedSighting sighting) {
        this.sighting = sighting;
    }

    public List<RecordedSnapshot> getSnapshots() {
        return snapshots;
    }

    public void setSnapshots(@Nullable List<RecordedSnapshot> snapshots) {
        this.snapshots = Formats.listOf(snapshots);
    }

    public List<RecordedPending> getPending() {
        return pending;
    }

    public void setPending(@Nullable List<RecordedPending> pending) {
        this.pending = Formats.listOf(pending);
    }

    public List<RecordedResidence> getResidence() {
        return residence;
    }

    public void setResidence(@Nullable List<RecordedResidence> residence) {
        this.residence = Formats.listOf(residence);
    }

    public List<RecordedPosition> getRecentEvents() {
        return recentEvents;
    }

    public void setRecentEvents(@Nullable List<RecordedPosition> recentEvents) {
        this.recentEvents = Formats.listOf(recentEvents);
    }

    public @Nullable RecordedInterval getTrackedSince() {
        return trackedSince;
    }

    public void setTrackedSince(@Nullable RecordedInterval trackedSince) {
        this.trackedSince = trackedSince;
    }

    public List<RecordedChain> getChains() {
        return chains;
    }

    public void setChains(@Nullable List<RecordedChain> chains) {
        this.chains = Formats.listOf(chains);
    }

    public List<RecordedFinding> getFindings() {
        return findings;
    }

    public void setFindings(@Nullable List<RecordedFinding> findings) {
        this.findings = Formats.listOf(findings);
    }

    public List<RecordedRun> getRuns() {
        return runs;
    }

    public void setRuns(@Nullable List<RecordedRun> runs) {
        this.runs = Formats.listOf(runs);
    }
}
