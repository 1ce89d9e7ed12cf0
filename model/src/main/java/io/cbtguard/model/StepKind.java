package io.cbtguard.model;

/** What can happen in a history. */
enum StepKind {
    WRITE(Group.WORK),
    PERSON_SNAPSHOT(Group.WORK),
    PERSON_REMOVE(Group.WORK),
    MIGRATE(Group.WORK),
    POWER_CYCLE(Group.WORK),
    GROW(Group.WORK),
    CONFIG_UNREAD(Group.WORK),
    BACKUP(Group.WORK),
    WAIT(Group.WORK),

    REVERT(Group.CAUSE),
    REVERT_TO_CURRENT(Group.CAUSE),
    TRACKING_OFF(Group.CAUSE),
    TRACKING_ON(Group.CAUSE),
    TRACKING_RESET(Group.CAUSE),
    DISK_TRACKING(Group.CAUSE),
    DISK_ADD(Group.CAUSE),
    DISK_REMOVE(Group.CAUSE),
    DISK_REPLACE(Group.CAUSE),
    DISK_REATTACH(Group.CAUSE),
    HOST_UPGRADE(Group.BUILD),
    MIGRATE_TO_OTHER_BUILD(Group.BUILD),
    THERE_AND_BACK(Group.BUILD),
    REVERT_UNTOLD(Group.CAUSE),

    DISCONNECT(Group.SIGHT),
    LOSE_SIGHT(Group.SIGHT),
    HISTORY_LOST(Group.SIGHT),
    REVERT_AND_LOSS(Group.SIGHT),
    VCENTER_RESTORED(Group.SIGHT),
    OUTAGE(Group.SIGHT),
    RECORD_PUT_BACK(Group.SIGHT),

    LOOK(Group.OPERATOR),
    OPERATOR_DOWN(Group.OPERATOR),

    POLICY_SWITCHED(Group.WISH),
    DISK_EXCLUDED(Group.WISH),
    FULL_REQUESTED(Group.WISH),
    RUN_DELETED(Group.WISH);

    final Group group;

    StepKind(Group group) {
        this.group = group;
    }

    /** Kinds of steps that a profile turns up or down together. */
    enum Group {
        /** the daily life of a VM and its backups, which must not cost a full */
        WORK,
        /** what makes change IDs untrustworthy, or policy says so */
        CAUSE,
        /** the VM comes to run on another ESXi build */
        BUILD,
        /** our sight of the VM, or our memory, is lost */
        SIGHT,
        /** the operator comes, goes and looks */
        OPERATOR,
        /** what people ask for */
        WISH
    }
}
