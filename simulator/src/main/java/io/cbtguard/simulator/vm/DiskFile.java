package io.cbtguard.simulator.vm;

import org.jspecify.annotations.Nullable;

/** One file of a disk's chain. Compared by identity: several configurations point to the same file. */
final class DiskFile {
    private String path;
    private @Nullable DiskFile parent;
    private @Nullable String frozenChangeId;

    DiskFile(String path, @Nullable DiskFile parent) {
        this.path = path;
        this.parent = parent;
    }

    /** Such as {@code [datastore1] web-01/web-01.vmdk}. */
    String path() {
        return path;
    }

    @Nullable DiskFile parent() {
        return parent;
    }

    void setParent(@Nullable DiskFile file) {
        parent = file;
    }

    void moveTo(String newPath) {
        path = newPath;
    }

    /** The change ID when a snapshot froze this file; null as long as it is written to. */
    @Nullable String frozenChangeId() {
        return frozenChangeId;
    }

    void freeze(@Nullable String changeId) {
        frozenChangeId = changeId;
    }

    /** This file and its ancestors, up to the root. */
    boolean reaches(DiskFile file) {
        for (DiskFile at = this; at != null; at = at.parent) {
            if (at == file) {
                return true;
            }
        }
        return false;
    }
}
