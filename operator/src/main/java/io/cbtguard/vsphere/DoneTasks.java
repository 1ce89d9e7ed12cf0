package io.cbtguard.vsphere;

import com.vmware.vim25.TaskInfo;
import java.time.Instant;
import java.util.Map;

/** Tasks whose outcome has been told, or does not matter. */
final class DoneTasks {
    private static final int REMEMBERED = 20_000;

    /** When each was queued, by key. */
    private final Map<String, Instant> done = new Remembered<>(REMEMBERED);
    /** The same from before numbers were perhaps given out again: a key alone says nothing of these. */
    private final Map<String, Instant> before = new Remembered<>(REMEMBERED);

    void add(TaskInfo info) {
        done.put(info.getKey(), queueTime(info));
    }

    /** Whether a task of this key is done, since numbers were last given out again. */
    boolean isKnown(String key) {
        return done.containsKey(key);
    }

    boolean isDone(TaskInfo info) {
        return isKnown(info.getKey()) || queueTime(info).equals(before.get(info.getKey()));
    }

    /** Keys may stand for others from now on: a task is the same one only if it was queued at the same time. */
    void renumbered() {
        before.putAll(done);
        done.clear();
    }

    static Instant queueTime(TaskInfo info) {
        return VimTime.instantOr(info.getQueueTime(), Instant.EPOCH);
    }
}
