package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says about one vCenter. It may be lost without harm: history is then read again from the oldest
 * record's evidence, and a host build that nobody remembers counts as any build.
 */
@ApiType
public record VCenterStatus(
        @JsonPropertyDescription("The metadata.generation that this status speaks of.") @Nullable Long observedGeneration,

        @JsonPropertyDescription("The vCenter itself. instanceUuid is pinned at first contact; another one is refused.")
        @Nullable About about,

        @JsonPropertyDescription("How much of the inventory is seen.") @Nullable Inventory inventory,

        @JsonPropertyDescription("Number of ProtectedVMs that use this vCenter.") @Nullable Long protectedVMs,

        @Size(max = 256) @JsonPropertyDescription("The ESXi builds that run now, each with its hosts.")
        List<EsxBuild> esxBuilds,

        @Pattern(Formats.TIME) @JsonPropertyDescription("vCenter time up to which esxBuilds and hostChanges are known.")
        @Nullable String esxBuildsThrough,

        @Size(max = 2500) @JsonPropertyDescription("Changes of a host's ESXi build within spec.retention, of removed hosts too.")
        List<HostChange> hostChanges,

        @JsonPropertyDescription("Hosts on a build that an advisory in force names.") @Nullable AffectedHosts affectedHosts,

        @JsonPropertyDescription("The newest event whose consequences are all stored.") @Nullable EventCursor eventCursor,

        @Size(max = 64) @JsonPropertyDescription("Stretches of time whose events cannot be read; whatever was minted before the end of"
                + " one is not vouched for.")
        List<Gap> gaps,

        @Size(max = 256) @JsonPropertyDescription("Records that could not be written while the cursor moved on; their history is read"
                + " again once they can.")
        List<Parked> parked,

        @Pattern(Formats.DURATION) @Size(max = Formats.DURATION_LENGTH) @JsonPropertyDescription(
                "How long the vCenter keeps events. An outage of the operator longer than this is a" + " gap.")
        @Nullable String eventRetention,

        @JsonPropertyDescription("Full backups that run and that wait for their turn; may be some seconds behind.")
        @Nullable FullWave fullWave,

        @Size(max = 32) @JsonPropertyDescription("Privileges that the account lacks, by what they are needed for.")
        List<MissingPrivileges> missingPrivileges,

        @JsonPropertyDescription(
                "Ready, Connected, Synced, EventsComplete and PrivilegesSufficient, each always" + " present.")
        List<Condition> conditions) {

    /** Absent lists are empty ones. */
    public VCenterStatus {
        esxBuilds = Formats.listOf(esxBuilds);
        hostChanges = Formats.listOf(hostChanges);
        gaps = Formats.listOf(gaps);
        parked = Formats.listOf(parked);
        missingPrivileges = Formats.listOf(missingPrivileges);
        conditions = Formats.listOf(conditions);
    }

    /** Full backups under way, and the queue of those that wait. */
    @ApiType
    public record FullWave(
            @Required @JsonPropertyDescription("How many hold a place of spec.fullBudget.")
            long running,

            @Required @JsonPropertyDescription("How many wait.")
            long waiting,

            @Size(max = 10) @JsonPropertyDescription(
                    "The first of those that wait, as namespace/name of their ProtectedVMs. One whose host or"
                            + " datastore is busy is passed over by those behind it.")
            List<String> next) {

        /** Absent lists are empty ones. */
        public FullWave {
            next = Formats.listOf(next);
        }
    }

    /** What the vCenter says of itself (ServiceContent.about). */
    @ApiType
    public record About(
            @JsonPropertyDescription("The vCenter's own UUID.") @Nullable String instanceUuid,

            @JsonPropertyDescription("Version, such as 8.0.3.") @Nullable String version,

            @JsonPropertyDescription("Build number.") @Nullable Long build,

            @JsonPropertyDescription("Version of the API it speaks.") @Nullable String apiVersion) {}

    /** Sizes of the inventory as far as the account sees it. */
    @ApiType
    public record Inventory(
            @JsonPropertyDescription("Number of virtual machines.") @Nullable Long virtualMachines,

            @JsonPropertyDescription("Number of ESXi hosts.") @Nullable Long hosts) {}

    /** Hosts that run the same ESXi build: thousands of hosts stay small. */
    @ApiType
    public record EsxBuild(
            @Required @JsonPropertyDescription("ESXi version, such as 8.0.3.")
            String version,

            @Required @JsonPropertyDescription("ESXi build number.")
            long build,

            @Size(max = 2500) @JsonPropertyDescription("moRefs of the hosts, such as host-21.")
            List<String> hosts) {

        /** Absent lists are empty ones. */
        public EsxBuild {
            hosts = Formats.listOf(hosts);
        }
    }

    /** Hosts on a build that an advisory names. */
    @ApiType
    public record AffectedHosts(
            @Required @JsonPropertyDescription("How many.") long count,

            @Size(max = 64) @JsonPropertyDescription("Names of the first of them, in alphabetical order.")
            List<String> names) {

        /** Absent lists are empty ones. */
        public AffectedHosts {
            names = Formats.listOf(names);
        }
    }

    /** A host seen with another build than before. */
    @ApiType
    public record HostChange(
            @Required @JsonPropertyDescription("moRef of the host.")
            String host,

            @JsonPropertyDescription("Name of the host.") @Nullable String name,

            @JsonPropertyDescription("The build before; absent: unknown.") @Nullable Build from,

            @JsonPropertyDescription("The build afterwards; absent: the host left the inventory.") @Nullable Build to,

            @Pattern(Formats.TIME) @JsonPropertyDescription("vCenter time at which the build before was last seen: the change came after it.")
            @Nullable String after,

            @Pattern(Formats.TIME) @JsonPropertyDescription(
                    "vCenter time at which the build afterwards was first seen: the change came before" + " it.")
            @Nullable String before) {}

    /** An ESXi version and build. */
    @ApiType
    public record Build(
            @Required @JsonPropertyDescription("ESXi version, such as 8.0.3.")
            String version,

            @Required @JsonPropertyDescription("ESXi build number.")
            long build) {}

    /** A position in the event history. */
    @ApiType
    public record EventCursor(
            @JsonPropertyDescription(
                    "Counts the event histories of this vCenter: one more whenever its keys fell" + " back.")
            @Nullable Long epoch,

            @Required @JsonPropertyDescription("Key of the event.")
            long key,

            @Pattern(Formats.TIME) @JsonPropertyDescription("The event's createdTime as vCenter wrote it.") @Nullable String createdTime) {}

    /** A stretch of history that cannot be read. */
    @ApiType
    public record Gap(
            @Pattern(Formats.TIME) @JsonPropertyDescription("vCenter time of the last event that was read before the gap; absent: unknown.")
            @Nullable String from,

            @Pattern(Formats.TIME) @JsonPropertyDescription("vCenter time of the first event that was read after it.")
            @Nullable String to,

            @Required
            @Pattern(Formats.REASON) @Size(max = Formats.REASON_LENGTH) @JsonPropertyDescription("Why: EventRetentionExceeded or HistoryWentBack.")
            String reason) {}

    /** A record that waits for its evidence. */
    @ApiType
    public record Parked(
            @Required @JsonPropertyDescription("Name of the VMRecord.")
            String record,

            @JsonPropertyDescription("Key of the first event that the record does not hold yet.") @Nullable Long fromKey) {}

    /** Privileges that are required for a purpose and not granted. */
    @ApiType
    public record MissingPrivileges(
            @Required @JsonPropertyDescription("What they are needed for.")
            String purpose,

            @Size(max = 64) @JsonPropertyDescription("Privilege ids as vCenter names them, such as System.Read.")
            List<String> privileges) {

        /** Absent lists are empty ones. */
        public MissingPrivileges {
            privileges = Formats.listOf(privileges);
        }
    }
}
