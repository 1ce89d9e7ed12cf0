package io.cbtguard.vsphere;

import com.vmware.vim25.Event;
import com.vmware.vim25.EventEx;
import com.vmware.vim25.GeneralEvent;
import com.vmware.vim25.LocalizedMethodFault;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.MethodFault;
import com.vmware.vim25.TaskEvent;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.TaskInfoState;
import com.vmware.vim25.TaskReasonUser;
import com.vmware.vim25.VmEventArgument;
import java.time.Instant;

/** Events and tasks as a vCenter would give them. */
final class Events {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Events() {}

    static Event event(int key, int secondsAfterNoon) {
        return stamped(new GeneralEvent(), key, secondsAfterNoon, key, null);
    }

    static <E extends Event> E stamped(
            E event, int key, int secondsAfterNoon, int chain, @org.jspecify.annotations.Nullable String vm) {
        event.setKey(key);
        event.setCreatedTime(VimTime.xml(NOON.plusSeconds(secondsAfterNoon)));
        event.setChainId(chain);
        event.setUserName("VSPHERE.LOCAL\\ann");
        if (vm != null) {
            VmEventArgument argument = new VmEventArgument();
            argument.setVm(ApiSession.ref("VirtualMachine", vm));
            event.setVm(argument);
        }
        return event;
    }

    static EventEx ex(String type, int key, int secondsAfterNoon, int chain, String vm) {
        EventEx event = stamped(new EventEx(), key, secondsAfterNoon, chain, vm);
        event.setEventTypeId(type);
        event.setFullFormattedMessage("web-01 has been reverted to the state of snapshot base, with ID 3");
        return event;
    }

    static TaskEvent announcement(TaskInfo info, int key, int secondsAfterNoon, String vm) {
        TaskEvent event = stamped(new TaskEvent(), key, secondsAfterNoon, info.getEventChainId(), vm);
        event.setInfo(info);
        return event;
    }

    static TaskInfo task(String key, String description, int chain, int queuedSeconds) {
        TaskInfo info = new TaskInfo();
        info.setKey(key);
        info.setTask(ApiSession.ref("Task", key));
        info.setDescriptionId(description);
        info.setEventChainId(chain);
        info.setState(TaskInfoState.QUEUED);
        info.setEntity(ApiSession.ref("VirtualMachine", "vm-1"));
        info.setQueueTime(VimTime.xml(NOON.plusSeconds(queuedSeconds)));
        TaskReasonUser user = new TaskReasonUser();
        user.setUserName("VSPHERE.LOCAL\\ann");
        info.setReason(user);
        return info;
    }

    static TaskInfo succeeded(TaskInfo info, int completedSeconds) {
        info.setState(TaskInfoState.SUCCESS);
        info.setStartTime(info.getQueueTime());
        info.setCompleteTime(VimTime.xml(NOON.plusSeconds(completedSeconds)));
        return info;
    }

    static TaskInfo failed(TaskInfo info, int completedSeconds, MethodFault fault, boolean isStarted) {
        info.setState(TaskInfoState.ERROR);
        info.setStartTime(isStarted ? info.getQueueTime() : null);
        info.setCompleteTime(VimTime.xml(NOON.plusSeconds(completedSeconds)));
        LocalizedMethodFault error = new LocalizedMethodFault();
        error.setFault(fault);
        info.setError(error);
        return info;
    }

    static TaskInfo of(TaskInfo info, ManagedObjectReference entity) {
        info.setEntity(entity);
        return info;
    }
}
