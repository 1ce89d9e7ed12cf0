package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a bulletin is about, and what follows from it. */
@ApiType
@ValidationRule(
        value = "self.trigger == 'Note' || (has(self.affected) && size(self.affected) > 0)",
        message = "affected is required with trigger HostBuild and DiskResize: list the ESXi versions with the first"
                + " affected and, if known, the first fixed build of each")
public record CBTAdvisorySpec(
        @Required @Size(min = 1, max = 256) @JsonPropertyDescription("What it is about, in one line.")
        String title,

        @Size(max = 16) @JsonPropertyDescription("Where to read more.")
        List<Reference> references,

        @Size(max = Formats.NAME_LENGTH) @JsonPropertyDescription(
                "Name of a bundled advisory (label cbtguard.io/bundled) that this one replaces; with enabled: false"
                        + " it is replaced by nothing. Bundled ones are not edited, because the next release would undo it.")
        @Nullable String overrides,

        @Default("true")
        @JsonPropertyDescription("False: it raises no new findings. Those that it has raised stay until their cure.")
        Boolean enabled,

        @Default("HostBuild")
        @JsonPropertyDescription(
                "HostBuild: the VM runs on an affected build. DiskResize: a disk grows over boundary on an"
                        + " affected build. Note: explains, and finds nothing.")
        Trigger trigger,

        @Size(max = 64) @JsonPropertyDescription("The ESXi builds it is about; required with HostBuild and DiskResize.")
        List<Affected> affected,

        @Size(max = 256) @JsonPropertyDescription("Names of hosts that are fixed in another way, and count as not affected.")
        List<String> exceptHosts,

        @Pattern("^[1-9][0-9]{0,5}[GT]i$") @Size(max = 8) @JsonPropertyDescription(
                "With DiskResize: growth over this size, or over it times a power of two, counts; absent: 128Gi. Without"
                        + " meaning for other triggers.")
        @Nullable String boundary,

        @Default("{}") @JsonPropertyDescription("What follows for change IDs and restore points.")
        Effect effect,

        @Required @Size(min = 1, max = 1024) @JsonPropertyDescription("What people should do.")
        String remedy) {

    /** Fills in what the API server would. */
    public CBTAdvisorySpec {
        references = Formats.listOf(references);
        overrides = overrides == null || overrides.isEmpty() ? null : overrides;
        trigger = Formats.orDefault(trigger, Trigger.HostBuild);
        enabled = Formats.orDefault(enabled, true);
        affected = Formats.listOf(affected);
        exceptHosts = Formats.listOf(exceptHosts);
        effect = Formats.orDefault(effect, Effect.DEFAULTS);
    }

    /** What sets an advisory off. */
    public enum Trigger {
        HostBuild,
        DiskResize,
        Note
    }

    /** Where to read more. */
    @ApiType
    public record Reference(
            @Required @Size(min = 1, max = 64) @JsonPropertyDescription("How it is called, such as KB 2136854.")
            String id,

            @Size(max = 512) @JsonPropertyDescription("Where it is.") @Nullable String url) {}

    /** Builds of one ESXi version. Build numbers of other versions interleave, so version and build are matched together. */
    @ApiType
    @ValidationRule(
            value = "!has(self.fixedBuild) || self.fixedBuild > self.minBuild",
            message = "fixedBuild must be above minBuild: it is the first build that is not affected any more")
    public record Affected(
            @Required
            @Pattern("^[0-9]+\\.[0-9]+\\.[0-9]+$") @Size(max = 16) @JsonPropertyDescription("Three-part ESXi version, such as 6.0.0.")
            String version,

            @Required @Min(0) @JsonPropertyDescription("The first build that is affected.")
            long minBuild,

            @JsonPropertyDescription("The first build that is not affected any more; absent: none is known.") @Nullable Long fixedBuild) {}

    /** What follows for change IDs and restore points. */
    @ApiType
    public record Effect(
            @Default("Invalidate")
            @JsonPropertyDescription("Invalidate: change IDs from before are not trusted any more. None: they are.")
            Baselines baselines,

            @Default("IncrementalsAndFullsUsingCbt")
            @JsonPropertyDescription("Which restore points are Suspect: none, incrementals, or these and the fulls that"
                    + " were read by change tracking (read: AllocatedCbt).")
            Suspect suspect,

            @Default("Recommended")
            @JsonPropertyDescription("Whether Changed Block Tracking has to be reset before the full. Recommended: the"
                    + " remedy says so, a full alone cures. Required: a full alone cures nothing.")
            Reset reset) {
        static final Effect DEFAULTS =
                new Effect(Baselines.Invalidate, Suspect.IncrementalsAndFullsUsingCbt, Reset.Recommended);

        /** Fills in what the API server would. */
        public Effect {
            baselines = Formats.orDefault(baselines, Baselines.Invalidate);
            suspect = Formats.orDefault(suspect, Suspect.IncrementalsAndFullsUsingCbt);
            reset = Formats.orDefault(reset, Reset.Recommended);
        }
    }

    /** What becomes of change IDs. */
    public enum Baselines {
        Invalidate,
        None
    }

    /** Which restore points are suspect. */
    public enum Suspect {
        None,
        Incrementals,
        IncrementalsAndFullsUsingCbt
    }

    /** Whether tracking has to be reset. */
    public enum Reset {
        None,
        Recommended,
        Required
    }
}
