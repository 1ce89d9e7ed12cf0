package io.cbtguard.model;

/** How a tool behaves in one run. */
enum Habit {
    /** asks, does as told, reports what it did */
    OBEDIENT(true),
    /** does not ask, decides by itself, reports afterwards */
    HOOK(true),
    /** reports that it failed */
    FAILS(true),
    /** reads a full by {@code QueryChangedDiskAreas("*")} and says so */
    ALLOCATED_CBT(false),
    /** reports a change ID that is not its snapshot's */
    WRONG_ID(false),
    /** reports the live change ID in place of its snapshot's */
    LIVE_ID(false),
    /** builds on another run than it was told, and says so */
    OTHER_BASE(false),
    /** asks changes since another ID than that of the run it builds on, and says so */
    OTHER_BASE_ID(false),
    /** does not say what it builds on */
    NO_BASE(false),
    /** was told Full and takes an incremental on its own last run */
    DISOBEDIENT(false),
    /** leaves a disk out of its report */
    OMITS_DISK(false),
    /** reports with another token */
    WRONG_TOKEN(false),
    /** does not name its snapshot */
    UNNAMED_SNAPSHOT(false),
    /** never reports */
    SILENT(false),
    /** reports when its time is over */
    LATE(false);

    final boolean honest;

    Habit(boolean honest) {
        this.honest = honest;
    }
}
