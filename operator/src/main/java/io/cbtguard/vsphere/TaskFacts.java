package io.cbtguard.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.TaskInfoState;
import com.vmware.vim25.TaskReasonUser;

/** Reads what a task's info says. */
final class TaskFacts {
    private TaskFacts() {}

    static boolean hasEnded(TaskInfo info) {
        return info.getState() == TaskInfoState.SUCCESS || info.getState() == TaskInfoState.ERROR;
    }

    static String description(TaskInfo info) {
        return info.getDescriptionId() == null ? "" : info.getDescriptionId();
    }

    /** moRef of the snapshot that was made or that the task acts on; empty if it names none. */
    static String snapshot(TaskInfo info) {
        if (info.getResult() instanceof ManagedObjectReference created
                && "VirtualMachineSnapshot".equals(created.getType())) {
            return created.getValue();
        }
        ManagedObjectReference entity = info.getEntity();
        return entity != null && "VirtualMachineSnapshot".equals(entity.getType()) ? entity.getValue() : "";
    }

    static String user(TaskInfo info, String otherwise) {
        return info.getReason() instanceof TaskReasonUser user && user.getUserName() != null
                ? user.getUserName()
                : otherwise;
    }

    /** Type name of the fault it ended with, empty if none. */
    static String fault(TaskInfo info) {
        return info.getError() == null || info.getError().getFault() == null
                ? ""
                : info.getError().getFault().getClass().getSimpleName();
    }
}
