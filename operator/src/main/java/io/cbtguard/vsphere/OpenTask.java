package io.cbtguard.vsphere;

import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.TaskInfoState;
import io.cbtguard.inventory.Position;
import java.time.Instant;

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

    /** Whether this is the same task: a key alone may be given out again. */
    boolean isQueuedWith(TaskInfo other) {
        return DoneTasks.queueTime(info).equals(DoneTasks.queueTime(other));
    }

    /** Nobody will tell its outcome any more; what it may have done counts as begun and failed. */
    void lost(Instant now) {
        info.setState(TaskInfoState.ERROR);
        info.setCompleteTime(VimTime.xml(now));
        if (info.getStartTime() == null) {
            info.setStartTime(info.getQueueTime());
        }
        isHeld = true;
    }
}
