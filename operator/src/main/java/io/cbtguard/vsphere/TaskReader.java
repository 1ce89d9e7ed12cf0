package io.cbtguard.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.TaskFilterSpec;
import com.vmware.vim25.TaskFilterSpecByEntity;
import com.vmware.vim25.TaskFilterSpecByTime;
import com.vmware.vim25.TaskFilterSpecRecursionOption;
import com.vmware.vim25.TaskFilterSpecTimeOption;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.VimPortType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads tasks out of vCenter's history, by the time they were queued. */
final class TaskReader {
    private static final int PAGE = 1000;

    private TaskReader() {}

    /**
     * @param vm moRef of the only VM wanted, null for all tasks
     * @return those that matter for change IDs
     */
    static List<TaskInfo> read(VimPortType port, ManagedObjectReference manager, Instant begin, @Nullable String vm)
            throws Exception {
        TaskFilterSpec filter = new TaskFilterSpec();
        TaskFilterSpecByTime time = new TaskFilterSpecByTime();
        time.setTimeType(TaskFilterSpecTimeOption.QUEUED_TIME);
        time.setBeginTime(VimTime.xml(begin));
        filter.setTime(time);
        if (vm != null) {
            TaskFilterSpecByEntity entity = new TaskFilterSpecByEntity();
            entity.setEntity(ApiSession.ref("VirtualMachine", vm));
            entity.setRecursion(TaskFilterSpecRecursionOption.SELF);
            filter.setEntity(entity);
        }
        ManagedObjectReference collector = port.createCollectorForTasks(manager, filter);
        try {
            List<TaskInfo> found = new ArrayList<>();
            List<TaskInfo> page = port.readNextTasks(collector, PAGE);
            while (!page.isEmpty()) {
                page.stream()
                        .filter(info -> TaskKind.of(info) != TaskKind.IRRELEVANT)
                        .forEach(found::add);
                page = port.readNextTasks(collector, PAGE);
            }
            return found;
        } finally {
            port.destroyCollector(collector);
        }
    }
}
