package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The line of backups of one tool and job for one VM. */
@ApiType
public record RecordedChain(
        @Required @JsonPropertyDescription("uid of the namespace of its VMBackups: no other namespace inherits it.")
        String namespaceUid,

        @JsonPropertyDescription("Name of that namespace.") @Nullable String namespace,

        @Required @JsonPropertyDescription("VMBackup.spec.chain.")
        String name,

        @JsonPropertyDescription("At most one for each disk.") @OmitEmpty
        List<Baseline> baselines,

        @JsonPropertyDescription("Oldest first; the last one is the current one.") @OmitEmpty
        List<Series> series,

        @JsonPropertyDescription("What is kept of series that left history.") @Nullable Folded folded,

        @JsonPropertyDescription("Fulls that were asked for.") @OmitEmpty
        List<Demand> demands,

        @Size(max = 2) @JsonPropertyDescription("The newest test restore that passed, and the newest that failed.")
        @OmitEmpty
        List<RestoreTest> tests,

        @Pattern(Formats.TIME) @JsonPropertyDescription("vCenter's time of the last decision or report.") @Nullable String lastRun) {
    /** Absent lists are empty ones. */
    public RecordedChain {
        baselines = Formats.listOf(baselines);
        series = Formats.listOf(series);
        demands = Formats.listOf(demands);
        tests = Formats.listOf(tests);
    }

    /** A restore point of this chain that was restored somewhere else, to see whether it can be. */
    @ApiType
    public record RestoreTest(
            @Required @JsonPropertyDescription("The run whose restore point it was.")
            String run,

            @Required @JsonPropertyDescription("Passed or Failed.")
            String outcome,

            @Required @Pattern(Formats.TIME) @JsonPropertyDescription("When, as declared.")
            String at,

            @JsonPropertyDescription("Who declared it.") @Nullable String by) {}

    /** The change ID that the next incremental would start from, and where it came from. */
    @ApiType
    public record Baseline(
            @Required @JsonPropertyDescription("Identity of the disk.")
            String disk,

            @JsonPropertyDescription("diskObjectId at the mint.") @Nullable String objectId,

            @Required @JsonPropertyDescription("Device key at the mint.")
            long key,

            @JsonPropertyDescription("Label at the mint.") @Nullable String label,

            @Required @JsonPropertyDescription("Size at the mint.")
            long capacityBytes,

            @Required @JsonPropertyDescription("Change ID of the snapshot that the backup read.")
            String changeId,

            @Required @JsonPropertyDescription("Creation of that snapshot.")
            RecordedInterval mint,

            @JsonPropertyDescription("Its moRef.") @Nullable String snapshot,

            @JsonPropertyDescription("Build of the host at the mint; absent: unknown.") @Nullable RecordedBuild build,

            @JsonPropertyDescription("Name of the VMBackup.") @Nullable String run,

            @JsonPropertyDescription("Its uid.") @Nullable String runUid,

            @JsonPropertyDescription("Absent: alive.") @Nullable Dead dead) {}

    /** Why a baseline died. Final. */
    @ApiType
    public record Dead(
            @Required @JsonPropertyDescription("Reason of the finding.")
            String reason,

            @Required @JsonPropertyDescription("Where it happened.")
            RecordedPosition at,

            @JsonPropertyDescription("Id of the finding.") @Nullable String finding) {}

    /** One full and the incrementals on it. */
    @ApiType
    public record Series(
            @JsonPropertyDescription("Oldest first.") @OmitEmpty
            List<Point> points) {
        /** Absent lists are empty ones. */
        public Series {
            points = Formats.listOf(points);
        }
    }

    /** What a run left to restore from. */
    @ApiType
    public record Point(
            @Required @JsonPropertyDescription("Name of the VMBackup.")
            String run,

            @JsonPropertyDescription("Its uid.") @Nullable String runUid,

            @Required @JsonPropertyDescription("Full, Incremental or Unknown.")
            String type,

            @Pattern(Formats.TIME) @JsonPropertyDescription("vCenter's time that it shows; absent: that of the end of its mint.")
            @Nullable String at,

            @Size(max = Formats.WORDS) @JsonPropertyDescription(
                    "Creation of the snapshot that it read, as KEY@TIME..KEY@TIME in vCenter's order, each with EPOCH: before it"
                            + " if that is not 0; absent: never seen.")
            @Nullable String mint,

            @Required
            @Size(max = Formats.WORDS) @JsonPropertyDescription(
                    "The barrier at its commit, as KEY@TIME: nothing later can have spoiled its reading.")
            String through,

            @JsonPropertyDescription("How each disk was read.") @OmitEmpty
            List<PointDisk> disks,

            @Required @JsonPropertyDescription("Good, Unknown or Suspect.")
            String trust,

            @JsonPropertyDescription("Why it is not Good; absent: it is.") @Nullable String reason) {
        /** Absent lists are empty ones. */
        public Point {
            disks = Formats.listOf(disks);
        }
    }

    /** How one disk of a point was read. */
    @ApiType
    public record PointDisk(
            @Required @JsonPropertyDescription("Identity of the disk.")
            String disk,

            @Required @JsonPropertyDescription("All, Allocated, AllocatedCbt or Changed.")
            String read,

            @JsonPropertyDescription("The run that it builds on.") @Nullable String parentRun,

            @JsonPropertyDescription(
                    "The change ID that it builds on; absent, like baseMint: the one that the parent run left.")
            @Nullable String baseChangeId,

            @Size(max = Formats.WORDS) @JsonPropertyDescription("Mint of that change ID, written as that of a point.")
            @Nullable String baseMint,

            @JsonPropertyDescription("Change ID of its own snapshot.") @Nullable String changeId) {}

    /** What is kept of series that left history. */
    @ApiType
    public record Folded(
            @JsonPropertyDescription("Number of their points.")
            long points,

            @JsonPropertyDescription("How many were Suspect.")
            long suspect,

            @JsonPropertyDescription("The worst trust among them.") @Nullable String worst,

            @Pattern(Formats.TIME) @JsonPropertyDescription("vCenter's time of the oldest of them.") @Nullable String since,

            @Pattern(Formats.TIME) @JsonPropertyDescription("vCenter's time of the newest of them.") @Nullable String until,

            @Size(max = 4) @JsonPropertyDescription(
                    "Of each series with incrementals, from its first base to its last commit: a cause within"
                            + " that is learned later may concern some of its points. The oldest are merged.")
            @OmitEmpty
            List<RecordedInterval> across) {
        /** Absent lists are empty ones. */
        public Folded {
            across = Formats.listOf(across);
        }
    }

    /** A full that somebody or something asked for. */
    @ApiType
    public record Demand(
            @Required @JsonPropertyDescription("Why.") String reason,

            @Required @JsonPropertyDescription("Where it was asked for.")
            RecordedPosition at,

            @JsonPropertyDescription("What makes the request one of its own.") @Nullable String token,

            @JsonPropertyDescription("The request in a sentence.") @Nullable String message,

            @JsonPropertyDescription("Whether a full has met it; kept, so that the same request does not count twice.")
            boolean met) {}
}
