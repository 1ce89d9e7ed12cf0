package io.cbtguard.simulator.host;

import com.vmware.vim25.DisconnectHostRequestType;
import com.vmware.vim25.EnterMaintenanceModeRequestType;
import com.vmware.vim25.ExitMaintenanceModeRequestType;
import com.vmware.vim25.ReconnectHostRequestType;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.soap.Operations;

/** The SOAP operations of hosts. */
public final class HostOperations {
    private final HostActions actions;

    public HostOperations(HostActions actions) {
        this.actions = actions;
    }

    public void register(Operations operations) {
        Class<HostSystem> host = HostSystem.class;
        operations
                .on(
                        "EnterMaintenanceMode_Task",
                        host,
                        EnterMaintenanceModeRequestType.class,
                        (call, self, request) ->
                                actions.enterMaintenance(self, call.userName()).toVim())
                .on(
                        "ExitMaintenanceMode_Task",
                        host,
                        ExitMaintenanceModeRequestType.class,
                        (call, self, request) ->
                                actions.exitMaintenance(self, call.userName()).toVim())
                .on(
                        "DisconnectHost_Task",
                        host,
                        DisconnectHostRequestType.class,
                        (call, self, request) ->
                                actions.disconnect(self, call.userName()).toVim())
                .on(
                        "ReconnectHost_Task",
                        host,
                        ReconnectHostRequestType.class,
                        (call, self, request) ->
                                actions.reconnect(self, call.userName()).toVim());
    }
}
