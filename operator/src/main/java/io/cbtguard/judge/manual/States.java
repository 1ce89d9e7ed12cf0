package io.cbtguard.judge.manual;

import java.util.List;
import java.util.Optional;

/** Every reason that is no cause. */
public final class States {
    private static final String VM = "ProtectedVM";
    private static final String VC = "VCenter";
    private static final String RUN = "VMBackup";
    private static final String RESTORE = "VMRestore";
    private static final String ADVISORY = "CBTAdvisory";
    private static final String NOTHING = "Nothing.";

    private static final List<State> ALL = List.of(
            state(VM, "Bound", "The VM is found, and the record is bound to it.", NOTHING),
            state(VM, "Current", "The view of the VM is current, or its baselines are.", NOTHING),
            state(VM, "Tracking", "Tracking is on and has taken effect.", NOTHING),
            state(VM, "Trusted", "Nothing speaks against it.", NOTHING),
            state(VM, "NotNeeded", "No full backup is needed.", NOTHING),
            state(VM, "Safe", "There is a Good restore point within the RPO.", NOTHING),
            state(VM, "VMNotFound", "No such VM that this namespace may use.", "Correct spec.vm, or ask for access."),
            state(VM, "VMAmbiguous", "Several VMs are meant.", "Name it by moRef or instanceUuid."),
            state(VM, "AlreadyProtected", "An older ProtectedVM guards this VM.", "Delete one of the two."),
            state(VM, "VCenterNotFound", "No such VCenter.", "Correct spec.vcenterRef."),
            state(
                    VM,
                    "VCenterUnreachable",
                    "There is no session with the vCenter.",
                    "Look at the VCenter's conditions."),
            state(
                    VM,
                    "VCenterReplaced",
                    "Another vCenter answers than the one that the record is bound to.",
                    "Correct the address, or make a new VCenter for the new vCenter."),
            state(VM, "PolicyNotFound", "No such BackupPolicy in this namespace.", "Create it, or correct policyRef."),
            state(
                    VM,
                    "NotAllowed",
                    "The VCenter's access rule does not admit this VM for this namespace.",
                    "Ask the platform team for access."),
            state(VM, "CatchingUp", "History is still being read.", "Wait."),
            state(VM, "Suspended", "Somebody set spec.suspend.", "Set it to false."),
            state(VM, "RecordTooNew", "A newer operator wrote the record.", "Run that version again."),
            state(
                    VM,
                    "RecordUnreadable",
                    "The record is not of the form that any operator writes.",
                    "Put back an intact copy, or delete the VMRecord and take a full backup."),
            state(
                    VM,
                    "RecordNotWritable",
                    "The API server does not take the record, or others keep writing it.",
                    "Find out what refuses the write or who else writes VMRecords."),
            state(
                    VM,
                    "TooManyChains",
                    "The namespace has as many chains for this VM as it may have.",
                    "Use the chains there are, instead of a new name for every run."),
            state(VM, "AwaitingFull", "Tracking was reset by the operator (planned; not shown yet).", NOTHING),
            state(VM, "AssumedAfterReset", "A full after a reset is assumed (planned; not shown yet).", NOTHING),
            state(
                    VM,
                    "NewestRestorePointSuspect",
                    "The newest restore point is Suspect.",
                    "Take a full backup; do not rely on the Suspect points."),
            state(VM, "RPOExceeded", "The newest Good restore point is older than the RPO.", "Take a backup."),
            state(VM, "NeverBackedUp", "There is no restore point.", "Take a full backup."),
            state(VM, "ForceFullPending", "The full that is needed has not come in time.", "Take a full backup."),
            state(
                    VM,
                    "RestoreTestOverdue",
                    "The newest test restore that passed is older than the policy's restoreTest.maxAge; where none ever"
                            + " passed, the first restore point is.",
                    "Restore a Good point somewhere else, look at it, and create a VMRestore of kind Test."),
            state(VC, "Connected", "There is a session.", NOTHING),
            state(VC, "Unreachable", "The server does not answer.", "Check address, network and server."),
            state(VC, "CredentialsRejected", "The server refuses user and password.", "Correct the Secret."),
            state(
                    VC,
                    "CertificateRejected",
                    "The certificate is not the one expected.",
                    "Correct spec.tls, or find out who answers there."),
            state(VC, "SecretNotFound", "No such Secret or ConfigMap in the namespace.", "Create it."),
            state(VC, "SecretKeyMissing", "The Secret or ConfigMap lacks a key.", "Add the key."),
            state(
                    VC,
                    "SecretServerMismatch",
                    "The Secret is for another server.",
                    "Set its annotation cbtguard.io/server to the host of spec.server."),
            state(VC, "DuplicateVCenter", "An older VCenter watches the same vCenter.", "Delete one of the two."),
            state(VC, "PrivilegesMissing", "The account lacks privileges.", "Grant those that the status lists."),
            state(
                    VC,
                    "NamespaceNotWatched",
                    "The VCenter is in none of --vcenter-namespaces.",
                    "Move it, or start the operator with its namespace."),
            state(ADVISORY, "InForce", "The advisory counts.", NOTHING),
            state(ADVISORY, "Disabled", "The advisory is switched off.", NOTHING),
            state(ADVISORY, "Overridden", "Another advisory replaces this bundled one.", NOTHING),
            state(
                    ADVISORY,
                    "OverridesNothing",
                    "It counts, but what it means to replace is no bundled advisory.",
                    "Correct spec.overrides, or remove it."),
            state(
                    RESTORE,
                    "RestoreTestPassed",
                    "The record holds that a restore of the point was tested and passed. The point's trust is what it was.",
                    NOTHING),
            state(
                    RESTORE,
                    "RestoreTestFailed",
                    "The record holds that a restore of the point was tested and failed; it is no passed test.",
                    "Find out why, take a full backup, and test that."),
            state(
                    RESTORE,
                    "RestorePointNotFound",
                    "No restore point that the VM's record holds is of the run that the test names; the test counts for"
                            + " nothing as long as that is so.",
                    "Create a VMRestore with the run's name as status.restorePoints of the ProtectedVM shows it."),
            state(RUN, "BaselineValid", "Every change ID can be trusted: an incremental is right.", NOTHING),
            state(RUN, "DecisionDeadline", "There was no decision before spec.deadline.", "Ask again."),
            state(RUN, "CommitPending", "The report waits for vCenter and is judged later.", "Wait."),
            state(RUN, "NameReused", "A run of this name exists for the VM.", "Use a new name for every run."),
            state(RUN, "WaitingForVCenter", "The decision waits for vCenter.", "Wait."),
            state(
                    RUN,
                    "WaitingForBudget",
                    "The full waits for its turn under the VCenter's fullBudget, or its turn did not come within the"
                            + " policy's budgetTimeout.",
                    "Wait; raise fullBudget if vCenter and the storage can bear more; delete VMBackups that nobody works on."),
            state(RUN, "WaitingForConsolidation", "The decision waits for consolidation.", "Consolidate the disks."),
            state(RUN, "TaskInFlight", "The decision waits for a task on the VM.", "Wait."),
            state(RUN, "OtherRunOpen", "Another run of the chain is open.", "Wait, or delete the other VMBackup."),
            state(
                    RUN,
                    "TokenMismatch",
                    "The report carries another token than the decision.",
                    "Report with its token."),
            state(RUN, "RunExpired", "The report came after the run had expired.", "Ask again."),
            state(RUN, "Cancelled", "The run was cancelled.", NOTHING),
            state(RUN, "CauseDuringRun", "Something happened between the base and the commit.", "Take a full backup."),
            state(
                    RUN,
                    "ReportMismatch",
                    "The reported change IDs are not those that the snapshot had.",
                    "Find out what the tool read; take a full backup."),
            state(
                    RUN,
                    "SnapshotNotSeen",
                    "The reported snapshot was never seen.",
                    "Keep snapshots until they were read."),
            state(RUN, "ReportedFailed", "The tool reports that it failed.", "Look at the tool's log."));

    private States() {}

    public static List<State> all() {
        return ALL;
    }

    public static Optional<State> of(String reason) {
        return ALL.stream().filter(s -> s.reason().equals(reason)).findFirst();
    }

    private static State state(String shownBy, String reason, String meaning, String next) {
        return new State(reason, shownBy, meaning, next);
    }
}
