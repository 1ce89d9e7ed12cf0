package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a backup tool asks for, and later its report. Immutable but for ttlAfterFinished and the one-time report. */
@ApiType
@ValidationRule(
        value = "self.protectedVMRef == oldSelf.protectedVMRef && self.chain == oldSelf.chain"
                + " && self.type == oldSelf.type && self.deadline == oldSelf.deadline",
        message = "protectedVMRef, chain, type and deadline cannot be changed: create a new VMBackup")
@ValidationRule(
        value = "!has(oldSelf.report) || has(self.report)",
        message = "report cannot be removed: what a tool has reported stays; create a new VMBackup for another run")
@ValidationRule(
        value = "!has(oldSelf.report) || !has(self.report) || self.report == oldSelf.report",
        message = "report cannot be changed once it is made: create a new VMBackup with the right report")
public record VMBackupSpec(
        @Required @JsonPropertyDescription("The ProtectedVM to back up, in the same namespace.")
        LocalRef protectedVMRef,

        @Default(DEFAULT_CHAIN)
        @Pattern(Formats.CHAIN) @Size(min = 1, max = 63) @JsonPropertyDescription("The line of backups that this one belongs to: one name for each tool and job, because"
                + " each has its own change IDs.")
        String chain,

        @Default("Auto")
        @JsonPropertyDescription(
                "Auto: an incremental if every change ID can be trusted, else as the policy says. Full:"
                        + " a full one. Incremental: an incremental or nothing; never a silent full.")
        Type type,

        @Default(DEFAULT_DEADLINE)
        @Pattern(Formats.DURATION) @Size(max = Formats.DURATION_LENGTH) @JsonPropertyDescription("A run that has no decision after this time is Refused.")
        String deadline,

        @Default(DEFAULT_TTL)
        @Pattern(Formats.DURATION) @Size(max = Formats.DURATION_LENGTH) @JsonPropertyDescription("How long this object is kept once it is Complete; what it left is in the VMRecord.")
        String ttlAfterFinished,

        @JsonPropertyDescription("What the tool did; written once, when it is done. A VMBackup that is created with its"
                + " report asks for no decision and is judged by the same rules.")
        @Nullable BackupReport report) {
    static final String DEFAULT_CHAIN = "default";
    static final String DEFAULT_DEADLINE = "12h";
    static final String DEFAULT_TTL = "1h";

    /** Fills in what the API server would. */
    public VMBackupSpec {
        chain = Formats.orDefault(chain, DEFAULT_CHAIN);
        type = Formats.orDefault(type, Type.Auto);
        deadline = Formats.orDefault(deadline, DEFAULT_DEADLINE);
        ttlAfterFinished = Formats.orDefault(ttlAfterFinished, DEFAULT_TTL);
    }

    /** What is asked for. */
    public enum Type {
        Auto,
        Full,
        Incremental
    }
}
