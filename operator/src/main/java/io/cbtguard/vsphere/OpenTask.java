package io.cbtguard.vsphere;

import com.vmware.vim25.TaskInfo;
import io.cbtguard.inventory.Position;

/** A task whose outcome has not been told yet. */
final class OpenTask {
    final String key;
    final TaskKind kind;
    /** Where a new watch has to resume to learn of this task again. */
    final Position resume;

    final long openedAt = System.nanoTime();
    TaskInfo info;
    boolean isHeld;

    OpenTask(String key, TaskKind kind, Position resume, TaskInfo info) {
        this.key = key;
        this.kind = kind;
        this.resume = resume;
        this.info = info;
    }
}
