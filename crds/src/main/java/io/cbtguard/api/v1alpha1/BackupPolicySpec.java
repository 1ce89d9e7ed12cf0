package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
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

        @Default("{}") @JsonPropertyDescription("When a full backup is due although every change ID can be trusted.")
        FullDue full,

        @Default("VM")
        @JsonPropertyDescription(
                "VM: a backup is full or incremental for all disks. Disk: single disks may be read in full"
                        + " inside an incremental, if only they have no valid baseline; status.decision.disks says which.")
        Scope scope,

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

        @Default("0s")
        @Pattern(Formats.DURATION) @Size(max = Formats.DURATION_LENGTH) @JsonPropertyDescription("How long a full backup waits for its turn under the VCenter's fullBudget; then it is"
                + " Refused. 0s: as long as it takes.")
        String budgetTimeout,

        @Default(DEFAULT_REPORT_TIMEOUT)
        @ValidationRule(
                value = "duration(self) <= duration('720h')",
                message =
                        "at most 720h: a run that has not reported by then will not, and it blocks its chain and holds"
                                + " a place among the vCenter's fulls")
        @Pattern(Formats.DURATION) @Size(max = Formats.DURATION_LENGTH) @JsonPropertyDescription(
                "How long after its decision a run may report, at most 720h. Then it is Expired, no longer blocks the"
                        + " VM, and brings no baseline any more.")
        String reportTimeout,

        @Default(DEFAULT_FORCE_FULL_GRACE)
        @Pattern(Formats.DURATION) @Size(max = Formats.DURATION_LENGTH) @JsonPropertyDescription("A VM whose next backup must be a full one for longer than this is at risk.")
        String forceFullGrace,

        @Default("0")
        @Min(-1000) @Max(1000) @JsonPropertyDescription("Among full backups that wait for their turn and are equally long without a Good"
                + " restore point, the higher number goes first.")
        Integer priority,

        @Default("{}") @JsonPropertyDescription("How much of a VM's past is kept.")
        History history,

        @JsonPropertyDescription("How often a restore of each VM is to be tested. Absent: nobody is reminded.")
        @Nullable RestoreTesting restoreTest,

        @Default("{}")
        @JsonPropertyDescription("How strict to be about single causes. A cause that is tolerated makes the restore"
                + " points taken across it at best Unknown, never Good.")
        Rules rules) {
    static final String DEFAULT_DECISION_TIMEOUT = "10m";
    static final String NO_TIMEOUT = "0s";
    static final String DEFAULT_REPORT_TIMEOUT = "24h";
    static final String DEFAULT_FORCE_FULL_GRACE = "24h";

    /** Fills in what the API server would. */
    public BackupPolicySpec {
        mode = Formats.orDefault(mode, Mode.Guard);
        full = Formats.orDefault(full, FullDue.DEFAULTS);
        scope = Formats.orDefault(scope, Scope.VM);
        onInvalid = Formats.orDefault(onInvalid, FullOrRefuse.Full);
        onUnknown = Formats.orDefault(onUnknown, FullOrRefuse.Refuse);
        decisionTimeout = Formats.orDefault(decisionTimeout, DEFAULT_DECISION_TIMEOUT);
        budgetTimeout = Formats.orDefault(budgetTimeout, NO_TIMEOUT);
        reportTimeout = Formats.orDefault(reportTimeout, DEFAULT_REPORT_TIMEOUT);
        forceFullGrace = Formats.orDefault(forceFullGrace, DEFAULT_FORCE_FULL_GRACE);
        priority = Formats.orDefault(priority, 0);
        history = Formats.orDefault(history, History.DEFAULTS);
        rules = Formats.orDefault(rules, Rules.DEFAULTS);
    }

    /** How the backup tools take part. */
    public enum Mode {
        Guard
    }

    /** Whether disks are decided on together or each by itself. */
    public enum Scope {
        VM,
        Disk
    }

    /** What to do instead of an incremental. */
    public enum FullOrRefuse {
        Full,
        Refuse
    }

    /** When a full backup is due by age or number. */
    @ApiType
    public record FullDue(
            @Default(FullDue.DEFAULT_MAX_AGE)
            @Pattern(Formats.DURATION) @Size(max = Formats.DURATION_LENGTH) @JsonPropertyDescription("The largest age of the newest full backup of a chain; 0s: any age.")
            String maxAge,

            @Default("30")
            @Min(0) @Max(1000) @JsonPropertyDescription("The most incrementals on one full backup; 0: any number.")
            Integer maxIncrementals) {
        static final String DEFAULT_MAX_AGE = "168h";
        static final int DEFAULT_MAX_INCREMENTALS = 30;
        static final FullDue DEFAULTS = new FullDue(DEFAULT_MAX_AGE, DEFAULT_MAX_INCREMENTALS);

        /** Fills in what the API server would. */
        public FullDue {
            maxAge = Formats.orDefault(maxAge, DEFAULT_MAX_AGE);
            maxIncrementals = Formats.orDefault(maxIncrementals, DEFAULT_MAX_INCREMENTALS);
        }
    }

    /** How much of a VM's past is kept. */
    @ApiType
    public record History(
            @Default("2")
            @Min(0) @Max(8) @JsonPropertyDescription(
                    "Finished series (a full and its incrementals) that are kept point by point besides the current"
                            + " one, in each chain. Older ones become counts, and their points are judged no more.")
            Integer series) {
        static final int DEFAULT_SERIES = 2;
        static final History DEFAULTS = new History(DEFAULT_SERIES);

        /** Fills in what the API server would. */
        public History {
            series = Formats.orDefault(series, DEFAULT_SERIES);
        }
    }

    /** How strict to be about single causes. */
    @ApiType
    public record Rules(
            @Default("Always")
            @JsonPropertyDescription("Always: a VM that has run on another ESXi version or build since its last backup"
                    + " needs a full one, whether the host was upgraded or the VM moved. WhenAffected: only if a"
                    + " CBTAdvisory names one of the builds.")
            HostUpgrade hostUpgrade,

            @Default("FullOnly")
            @JsonPropertyDescription("What follows while the VM is on an ESXi build that a CBTAdvisory names. FullOnly:"
                    + " every backup is a full one. Warn: incrementals go on, the VM is at risk, and what the advisory"
                    + " calls suspect is Suspect all the same. Refuse: no backup at all.")
            AffectedHost affectedHost,

            @Default("Full")
            @JsonPropertyDescription("What follows when vCenter's history between the last backup and now cannot be"
                    + " read. Full: a full backup. Accept: incrementals go on, and their restore points are Unknown.")
            EventGap eventGap,

            @Default("Full")
            @JsonPropertyDescription(
                    "What follows when the VM was registered again, or its moRef or instance UUID"
                            + " changed. Full: a full backup. Accept: incrementals go on, and their restore points are Unknown.")
            Identity identity,

            @Default("Accept")
            @JsonPropertyDescription(
                    "What tracking is worth that was on already when CBT Guard first saw the VM, so that"
                            + " nobody knows whether there were snapshots when it was switched on. Accept: it is trusted. Reset:"
                            + " every backup is full until tracking is switched off and on again without a snapshot.")
            Adoption adoption,

            @Default("NoBaseline")
            @JsonPropertyDescription("What a report is worth whose snapshot was never seen while it lived. NoBaseline:"
                    + " the next backup must be full. TrustReport: the reported change IDs become the baseline, and the"
                    + " restore point is Unknown.")
            UnseenSnapshot unseenSnapshot,

            @Default("Never")
            @JsonPropertyDescription("What is made of a report of changed blocks that names no base. Never: its restore"
                    + " point is Suspect, and the next backup must be full. LastCommitted: the chain's last committed"
                    + " backup is taken for the base, and the restore point is Unknown.")
            AssumeBase assumeBase,

            @Default("WhenIdChanged")
            @JsonPropertyDescription("What follows when a disk moves to another datastore. WhenIdChanged: nothing as"
                    + " long as its change IDs go on. Always: a full backup.")
            DiskRelocated diskRelocated,

            @Default("Advisory")
            @JsonPropertyDescription(
                    "What follows when a disk's size changes. Advisory: only what a CBTAdvisory says of"
                            + " it. Always: a full backup.")
            DiskResized diskResized,

            @Default("WhenIdChanged")
            @JsonPropertyDescription("What follows when the VM or its host stopped without an orderly shutdown."
                    + " WhenIdChanged: nothing as long as the change IDs go on. Full: a full backup. Warn: incrementals"
                    + " go on, and their restore points are Unknown.")
            UncleanShutdown uncleanShutdown,

            @Default("Wait")
            @JsonPropertyDescription("What follows when the VM's disks need consolidation. Wait: a decision waits for"
                    + " it, at most for decisionTimeout. Ignore: it is decided all the same.")
            Consolidation consolidation) {
        static final Rules DEFAULTS = new Rules(
                HostUpgrade.Always,
                AffectedHost.FullOnly,
                EventGap.Full,
                Identity.Full,
                Adoption.Accept,
                UnseenSnapshot.NoBaseline,
                AssumeBase.Never,
                DiskRelocated.WhenIdChanged,
                DiskResized.Advisory,
                UncleanShutdown.WhenIdChanged,
                Consolidation.Wait);

        /** Fills in what the API server would. */
        public Rules {
            hostUpgrade = Formats.orDefault(hostUpgrade, HostUpgrade.Always);
            affectedHost = Formats.orDefault(affectedHost, AffectedHost.FullOnly);
            eventGap = Formats.orDefault(eventGap, EventGap.Full);
            identity = Formats.orDefault(identity, Identity.Full);
            adoption = Formats.orDefault(adoption, Adoption.Accept);
            unseenSnapshot = Formats.orDefault(unseenSnapshot, UnseenSnapshot.NoBaseline);
            assumeBase = Formats.orDefault(assumeBase, AssumeBase.Never);
            diskRelocated = Formats.orDefault(diskRelocated, DiskRelocated.WhenIdChanged);
            diskResized = Formats.orDefault(diskResized, DiskResized.Advisory);
            uncleanShutdown = Formats.orDefault(uncleanShutdown, UncleanShutdown.WhenIdChanged);
            consolidation = Formats.orDefault(consolidation, Consolidation.Wait);
        }
    }

    /** When another ESXi build ends a baseline. */
    public enum HostUpgrade {
        Always,
        WhenAffected
    }

    /** What follows while the VM is on an affected ESXi build. */
    public enum AffectedHost {
        FullOnly,
        Warn,
        Refuse
    }

    /** What follows from history that cannot be read. */
    public enum EventGap {
        Full,
        Accept
    }

    /** What follows when the VM is not the same object any more. */
    public enum Identity {
        Full,
        Accept
    }

    /** What tracking is worth that nobody saw begin. */
    public enum Adoption {
        Accept,
        Reset
    }

    /** What a report is worth whose snapshot was never seen. */
    public enum UnseenSnapshot {
        NoBaseline,
        TrustReport
    }

    /** What is taken for the base of an incremental whose report names none. */
    public enum AssumeBase {
        Never,
        LastCommitted
    }

    /** When a disk on another datastore ends its baseline. */
    public enum DiskRelocated {
        WhenIdChanged,
        Always
    }

    /** When another size of a disk ends its baseline. */
    public enum DiskResized {
        Advisory,
        Always
    }

    /** What follows from a stop without an orderly shutdown. */
    public enum UncleanShutdown {
        WhenIdChanged,
        Full,
        Warn
    }

    /** Whether a decision waits for consolidation. */
    public enum Consolidation {
        Wait,
        Ignore
    }
}
