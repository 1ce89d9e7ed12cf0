package io.cbtguard.api.v1alpha1;

import java.util.List;

/** The condition types of each kind. Always all of a kind's types are present, each with a reason. */
public final class ConditionTypes {
    /** Every kind but VMBackup: the configuration is accepted, and what it names is found. */
    public static final String READY = "Ready";

    /** VCenter: there is a session. */
    public static final String CONNECTED = "Connected";
    /** VCenter: the view of the inventory is complete. */
    public static final String SYNCED = "Synced";
    /** VCenter: no part of the event history is missing. */
    public static final String EVENTS_COMPLETE = "EventsComplete";
    /** VCenter: the account has the privileges that are needed. */
    public static final String PRIVILEGES_SUFFICIENT = "PrivilegesSufficient";

    /** ProtectedVM: the view of this VM is current. */
    public static final String FRESH = "Fresh";
    /** ProtectedVM: tracking is on for the VM and every trackable disk, and has taken effect. */
    public static final String CBT_ENABLED = "CBTEnabled";
    /** ProtectedVM: every included, trackable disk of every active chain has a Valid baseline. */
    public static final String BASELINE_VALID = "BaselineValid";
    /** ProtectedVM: the next backup of at least one active chain must be full. */
    public static final String FORCE_FULL = "ForceFull";
    /** ProtectedVM: if the VM were lost now, no Good restore point within the RPO would be there, or soon none. */
    public static final String AT_RISK = "AtRisk";

    /** VMBackup: there is an answer, a refusal too. */
    public static final String DECIDED = "Decided";
    /** VMBackup: nothing more will happen. */
    public static final String COMPLETE = "Complete";
    /** VMBackup: the restore point is recorded. */
    public static final String COMMITTED = "Committed";

    /** VMRestore: the VM's record holds it. */
    public static final String RECORDED = "Recorded";

    public static final List<String> OF_VCENTER =
            List.of(READY, CONNECTED, SYNCED, EVENTS_COMPLETE, PRIVILEGES_SUFFICIENT);
    public static final List<String> OF_BACKUP_POLICY = List.of(READY);
    public static final List<String> OF_PROTECTED_VM =
            List.of(READY, FRESH, CBT_ENABLED, BASELINE_VALID, FORCE_FULL, AT_RISK);
    public static final List<String> OF_VM_BACKUP = List.of(DECIDED, COMPLETE, COMMITTED);

    public static final List<String> OF_ADVISORY = List.of(READY);
    public static final List<String> OF_VM_RESTORE = List.of(RECORDED);

    private ConditionTypes() {}
}
