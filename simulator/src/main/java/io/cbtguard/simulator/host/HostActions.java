package io.cbtguard.simulator.host;

import com.vmware.vim25.EnteredMaintenanceModeEvent;
import com.vmware.vim25.EnteringMaintenanceModeEvent;
import com.vmware.vim25.Event;
import com.vmware.vim25.ExitMaintenanceModeEvent;
import com.vmware.vim25.HostConnectedEvent;
import com.vmware.vim25.HostConnectionLostEvent;
import com.vmware.vim25.HostDisconnectedEvent;
import com.vmware.vim25.HostSystemConnectionState;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.event.EventLog;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.task.Task;
import io.cbtguard.simulator.task.TaskKind;
import io.cbtguard.simulator.task.Tasks;
import org.jspecify.annotations.Nullable;

/** Connection and maintenance of hosts, as tasks; and the loss of a connection, which nobody asks for. */
public final class HostActions {
    private static final TaskKind ENTER =
            new TaskKind("EnterMaintenanceMode_Task", "HostSystem.enterMaintenanceMode", "Enter maintenance mode");
    private static final TaskKind EXIT =
            new TaskKind("ExitMaintenanceMode_Task", "HostSystem.exitMaintenanceMode", "Exit maintenance mode");
    private static final TaskKind DISCONNECT =
            new TaskKind("DisconnectHost_Task", "HostSystem.disconnect", "Disconnect host");
    private static final TaskKind RECONNECT =
            new TaskKind("ReconnectHost_Task", "HostSystem.reconnect", "Reconnect host");

    private final Vcenter vcenter;
    private final Tasks tasks;
    private final EventLog events;

    public HostActions(Vcenter vcenter, Tasks tasks, EventLog events) {
        this.vcenter = vcenter;
        this.tasks = tasks;
        this.events = events;
    }

    public Task enterMaintenance(HostSystem host, String user) {
        return tasks.start(ENTER, host, user, new Tasks.Work() {
            @Override
            public void begin(Task task) {
                if (host.inMaintenance() || !host.isConnected()) {
                    throw Faults.invalidState();
                }
                post(new EnteringMaintenanceModeEvent(), host, task, "is entering maintenance mode");
            }

            @Override
            public @Nullable Object finish(Task task) {
                host.setMaintenance(true, vcenter.registry());
                post(new EnteredMaintenanceModeEvent(), host, task, "has entered maintenance mode");
                return null;
            }
        });
    }

    public Task exitMaintenance(HostSystem host, String user) {
        return tasks.start(EXIT, host, user, task -> {
            if (!host.inMaintenance()) {
                throw Faults.invalidState();
            }
            host.setMaintenance(false, vcenter.registry());
            post(new ExitMaintenanceModeEvent(), host, task, "has exited maintenance mode");
            return null;
        });
    }

    public Task disconnect(HostSystem host, String user) {
        return tasks.start(DISCONNECT, host, user, task -> {
            setConnection(host, HostSystemConnectionState.DISCONNECTED);
            HostDisconnectedEvent event = new HostDisconnectedEvent();
            event.setReason("userRequest");
            post(event, host, task, "has been disconnected");
            return null;
        });
    }

    public Task reconnect(HostSystem host, String user) {
        return tasks.start(RECONNECT, host, user, task -> {
            setConnection(host, HostSystemConnectionState.CONNECTED);
            post(new HostConnectedEvent(), host, task, "is connected");
            return null;
        });
    }

    /** The host stops answering: a crash, a reboot, a cut cable. */
    public void loseConnection(HostSystem host) {
        setConnection(host, HostSystemConnectionState.NOT_RESPONDING);
        HostConnectionLostEvent event = new HostConnectionLostEvent();
        event.setFullFormattedMessage("Host " + host.name() + " is not responding");
        events.post(event, host, host, "", 0);
    }

    /** The host answers again. */
    public void answerAgain(HostSystem host) {
        setConnection(host, HostSystemConnectionState.CONNECTED);
        HostConnectedEvent event = new HostConnectedEvent();
        event.setFullFormattedMessage("Host " + host.name() + " is connected");
        events.post(event, host, host, "", 0);
    }

    private void setConnection(HostSystem host, HostSystemConnectionState state) {
        Registry registry = vcenter.registry();
        host.setConnection(state, registry);
        host.vms().forEach(vm -> registry.changed(vm, "runtime.connectionState", "summary.runtime.connectionState"));
    }

    private void post(Event event, HostSystem host, Task task, String what) {
        event.setFullFormattedMessage("Host " + host.name() + " " + what);
        events.post(event, host, host, task.userName(), task.eventChainId());
    }
}
