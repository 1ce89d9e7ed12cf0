package io.cbtguard.simulator.vm;

import com.vmware.vim25.Event;
import com.vmware.vim25.HostNotConnected;
import io.cbtguard.simulator.core.Assumptions;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.event.EventLog;
import io.cbtguard.simulator.task.Task;
import io.cbtguard.simulator.task.TaskKind;
import io.cbtguard.simulator.task.Tasks;

/** What the actions on virtual machines share. */
public record VmContext(Vcenter vcenter, Tasks tasks, EventLog events) {
    Assumptions assumptions() {
        return vcenter.assumptions();
    }

    /** Starts a task on a VM whose host must answer when it runs. */
    Task start(TaskKind kind, VirtualMachine vm, String user, Tasks.Work work) {
        return tasks.start(kind, vm, user, new Tasks.Work() {
            @Override
            public void begin(Task task) {
                requireHost(vm);
                work.begin(task);
            }

            @Override
            public @org.jspecify.annotations.Nullable Object finish(Task task) {
                requireHost(vm);
                return work.finish(task);
            }

            @Override
            public void failed(Task task) {
                work.failed(task);
            }
        });
    }

    private static void requireHost(VirtualMachine vm) {
        if (vm.isOrphaned()) {
            throw Faults.invalidState();
        }
        if (!vm.host().isConnected()) {
            throw new FaultException(
                    new HostNotConnected(), "Unable to communicate with the remote host, since it is disconnected.");
        }
    }

    /** Posts an event about a VM as part of a task. */
    <T extends Event> T post(T event, VirtualMachine vm, Task task, String message) {
        event.setFullFormattedMessage(message);
        return events.post(event, vm, vm.host(), task.userName(), task.eventChainId());
    }

    /** Posts an event about a VM that no task caused. */
    <T extends Event> T post(T event, VirtualMachine vm, String user, String message) {
        event.setFullFormattedMessage(message);
        return events.post(event, vm, vm.host(), user, 0);
    }
}
