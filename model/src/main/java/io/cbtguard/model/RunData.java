package io.cbtguard.model;

import io.cbtguard.judge.record.ReadMethod;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run left in a tool's repository: enough to restore every disk it read.
 *
 * @param moment when its snapshot was really taken
 */
record RunData(String run, String snapshot, long moment, Map<String, DiskData> disks) {
    RunData(String run, String snapshot, long moment) {
        this(run, snapshot, moment, new LinkedHashMap<>());
    }

    /**
     * @param truth content of the disk at the mint, block by block
     * @param image what a restore would bring back
     * @param changeId of the snapshot, empty if it froze none
     * @param baseRun run it builds on, empty for a full
     * @param baseChangeId change ID it asked changes since, empty for a full
     */
    record DiskData(long[] truth, long[] image, String changeId, ReadMethod read, String baseRun, String baseChangeId) {
        boolean faithful() {
            return Arrays.equals(truth, image);
        }
    }
}
