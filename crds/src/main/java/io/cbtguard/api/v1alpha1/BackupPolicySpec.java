package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How old restore points may be, and how strict to be. */
@ApiType
public record BackupPolicySpec(
        @Default("Guard")
        @JsonPropertyDescription("Guard: backup tools ask by a VMBackup before they read, and report afterwards.")
        Mode mode,

        @Pattern(Formats.DURATION) @Size(max = Formats.DURATION_LENGTH) @JsonPropertyDescription("The largest age that the newest Good restore point of a VM may have before the VM is"
                + " at risk. Absent: no such alarm.")
        @Nullable String rpo,

        @Default("Full")
        @JsonPropertyDescription("What a VMBackup of type Auto is told when a change ID cannot be trusted. Full: take a"
                + " full backup. Refuse: take none, somebody shall look first.")
        FullOrRefuse onInvalid,

        @Default("Refuse")
        @JsonPropertyDescription("What a VMBackup is told when after decisionTimeout it is still unknown whether its"
                + " change IDs can be trusted, for example because vCenter is away. Refuse: take no backup. Full: take a"
                + " full one.")
        FullOrRefuse onUnknown,

        @Default(DEFAULT_DECISION_TIMEOUT)
        @Pattern(Formats.DURATION) @Size(max = Formats.DURATION_LENGTH) @JsonPropertyDescription("How long a decision or a commit waits for vCenter.")
        String decisionTimeout,

        @Default(DEFAULT_REPORT_TIMEOUT)
        @Pattern(Formats.DURATION) @Size(max = Formats.DURATION_LENGTH) @JsonPropertyDescription(
                "How long after its decision a run may report. Then it is Expired, no longer blocks the"
                        + " VM, and brings no baseline any more.")
        String reportTimeout,

        @Default(DEFAULT_FORCE_FULL_GRACE)
        @Pattern(Formats.DURATION) @Size(max = Formats.DURATION_LENGTH) @JsonPropertyDescription("A VM whose next backup must be a full one for longer than this is at risk.")
        String forceFullGrace,

        @Default("{}")
        @JsonPropertyDescription("How strict to be about single causes. A cause that is tolerated makes the restore"
                + " points taken across it at best Unknown, never Good.")
        Rules rules) {
    static final String DEFAULT_DECISION_TIMEOUT = "10m";
    static final String DEFAULT_REPORT_TIMEOUT = "24h";
    static final String DEFAULT_FORCE_FULL_GRACE = "24h";

    /** Fills in what the API server would. */
    public BackupPolicySpec {
        mode = Formats.orDefault(mode, Mode.Guard);
        onInvalid = Formats.orDefault(onInvalid, FullOrRefuse.Full);
        onUnknown = Formats.orDefault(onUnknown, FullOrRefuse.Refuse);
        decisionTimeout = Formats.orDefault(decisionTimeout, DEFAULT_DECISION_TIMEOUT);
        reportTimeout = Formats.orDefault(reportTimeout, DEFAULT_REPORT_TIMEOUT);
        forceFullGrace = Formats.orDefault(forceFullGrace, DEFAULT_FORCE_FULL_GRACE);
        rules = Formats.orDefault(rules, Rules.DEFAULTS);
    }

    /** How the backup tools take part. */
    public enum Mode {
        Guard
    }

    /** What to do instead of an incremental. */
    public enum FullOrRefuse {
        Full,
        Refuse
    }

    /** How strict to be about single causes. */
    @ApiType
    public record Rules(
            @Default("Always")
            @JsonPropertyDescription("Always: a VM that has run on another ESXi version or build since its last backup"
                    + " needs a full one, whether the host was upgraded or the VM moved.")
            HostUpgrade hostUpgrade,

            @Default("Full")
            @JsonPropertyDescription("What follows when vCenter's history between the last backup and now cannot be"
                    + " read. Full: a full backup. Accept: incrementals go on, and their restore points are Unknown.")
            EventGap eventGap,

            @Default("Full")
            @JsonPropertyDescription("Full: a VM that was registered again, or whose moRef or instance UUID changed,"
                    + " needs a full backup.")
            Identity identity,

            @Default("NoBaseline")
            @JsonPropertyDescription("What a report is worth whose snapshot was never seen while it lived. NoBaseline:"
                    + " the next backup must be full. TrustReport: the reported change IDs become the baseline, and the"
                    + " restore point is Unknown.")
            UnseenSnapshot unseenSnapshot) {
        static final Rules DEFAULTS =
                new Rules(HostUpgrade.Always, EventGap.Full, Identity.Full, UnseenSnapshot.NoBaseline);

        /** Fills in what the API server would. */
        public Rules {
            hostUpgrade = Formats.orDefault(hostUpgrade, HostUpgrade.Always);
            eventGap = Formats.orDefault(eventGap, EventGap.Full);
            identity = Formats.orDefault(identity, Identity.Full);
            unseenSnapshot = Formats.orDefault(unseenSnapshot, UnseenSnapshot.NoBaseline);
        }
    }

    /** When another ESXi build ends a baseline. */
    public enum HostUpgrade {
        Always
    }

    /** What follows from history that cannot be read. */
    public enum EventGap {
        Full,
        Accept
    }

    /** What follows when the VM is not the same object any more. */
    public enum Identity {
        Full
    }

    /** What a report is worth whose snapshot was never seen. */
    public enum UnseenSnapshot {
        NoBaseline,
        TrustReport
    }
}
