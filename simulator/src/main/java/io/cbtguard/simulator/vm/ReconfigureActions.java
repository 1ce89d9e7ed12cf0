package io.cbtguard.simulator.vm;

import com.vmware.vim25.ChangesInfoEventArgument;
import com.vmware.vim25.ConcurrentAccess;
import com.vmware.vim25.ReconfigVMRequestType;
import com.vmware.vim25.VirtualMachineConfigSpec;
import com.vmware.vim25.VmInstanceUuidChangedEvent;
import com.vmware.vim25.VmReconfiguredEvent;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.soap.Operations;
import io.cbtguard.simulator.task.Task;
import io.cbtguard.simulator.task.TaskKind;

/** Reconfiguration: change tracking, disks, sizes, names, extra configuration. */
public final class ReconfigureActions {
    private static final TaskKind RECONFIGURE =
            new TaskKind("ReconfigVM_Task", "VirtualMachine.reconfigure", "Reconfigure virtual machine");

    private final VmContext context;
    private final VmFactory factory;

    public ReconfigureActions(VmContext context, VmFactory factory) {
        this.context = context;
        this.factory = factory;
    }

    public void register(Operations operations) {
        operations
                .require("VirtualMachine.Config.ChangeTracking", "ReconfigVM_Task")
                .on(
                        "ReconfigVM_Task",
                        VirtualMachine.class,
                        ReconfigVMRequestType.class,
                        (call, self, request) -> reconfigure(self, request.getSpec(), call.userName())
                                .toVim());
    }

    public Task reconfigure(VirtualMachine vm, VirtualMachineConfigSpec spec, String user) {
        return context.start(RECONFIGURE, vm, user, task -> {
            if (spec.getChangeVersion() != null
                    && !spec.getChangeVersion().isEmpty()
                    && !spec.getChangeVersion().equals(vm.changeVersion())) {
                throw new FaultException(new ConcurrentAccess(), "The object was modified by a concurrent operation.");
            }
            // on a copy, so that a spec that is refused changes nothing
            VmConfig changed = vm.config().copy();
            ConfigChange change = new ConfigChange(vm, changed, factory, context.assumptions());
            change.apply(spec);
            String oldInstanceUuid = vm.instanceUuid();
            vm.setConfig(changed);
            if (spec.getName() != null
                    && !spec.getName().isEmpty()
                    && !spec.getName().equals(vm.name())) {
                vm.rename(spec.getName(), context.vcenter().registry());
            }
            vm.configChanged(change.paths().toArray(String[]::new));
            postReconfigured(vm, spec, change, task);
            if (!oldInstanceUuid.equals(vm.instanceUuid())) {
                VmInstanceUuidChangedEvent event = new VmInstanceUuidChangedEvent();
                event.setOldInstanceUuid(oldInstanceUuid);
                event.setNewInstanceUuid(vm.instanceUuid());
                context.post(
                        event,
                        vm,
                        task,
                        "The instance UUID of " + vm.name() + " has been changed from (" + oldInstanceUuid + ") to ("
                                + vm.instanceUuid() + ")");
            }
            return null;
        });
    }

    private void postReconfigured(VirtualMachine vm, VirtualMachineConfigSpec spec, ConfigChange change, Task task) {
        ChangesInfoEventArgument changes = new ChangesInfoEventArgument();
        changes.setModified(change.modified());
        changes.setAdded(change.added());
        changes.setDeleted(change.deleted());
        VmReconfiguredEvent event = new VmReconfiguredEvent();
        event.setTemplate(vm.config().template);
        event.setConfigSpec(spec);
        event.setConfigChanges(changes);
        context.post(
                event,
                vm,
                task,
                "Reconfigured " + vm.name() + " on " + vm.host().name() + ".  \n \nModified:  \n \n" + change.modified()
                        + " Added:  \n \n" + change.added() + " Deleted:  \n \n" + change.deleted());
    }
}
