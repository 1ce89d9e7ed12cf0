package io.cbtguard.simulator.vm;

import com.vmware.vim25.PowerOffVMRequestType;
import com.vmware.vim25.PowerOnVMRequestType;
import com.vmware.vim25.RebootGuestRequestType;
import com.vmware.vim25.ResetVMRequestType;
import com.vmware.vim25.ShutdownGuestRequestType;
import com.vmware.vim25.SuspendVMRequestType;
import com.vmware.vim25.VirtualMachinePowerState;
import com.vmware.vim25.VmEvent;
import com.vmware.vim25.VmPoweredOffEvent;
import com.vmware.vim25.VmPoweredOnEvent;
import com.vmware.vim25.VmResettingEvent;
import com.vmware.vim25.VmStartingEvent;
import com.vmware.vim25.VmStoppingEvent;
import com.vmware.vim25.VmSuspendedEvent;
import com.vmware.vim25.VmSuspendingEvent;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.soap.Operations;
import io.cbtguard.simulator.task.Task;
import io.cbtguard.simulator.task.TaskKind;
import io.cbtguard.simulator.task.Tasks;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Power on, off, suspend, reset. */
public final class PowerActions {
    private static final TaskKind ON =
            new TaskKind("PowerOnVM_Task", "VirtualMachine.powerOn", "Power On virtual machine");
    private static final TaskKind OFF =
            new TaskKind("PowerOffVM_Task", "VirtualMachine.powerOff", "Power Off virtual machine");
    private static final TaskKind SUSPEND =
            new TaskKind("SuspendVM_Task", "VirtualMachine.suspend", "Suspend virtual machine");
    private static final TaskKind RESET = new TaskKind("ResetVM_Task", "VirtualMachine.reset", "Reset virtual machine");

    private final VmContext context;

    public PowerActions(VmContext context) {
        this.context = context;
    }

    public void register(Operations operations) {
        Class<VirtualMachine> vm = VirtualMachine.class;
        operations
                .on("PowerOnVM_Task", vm, PowerOnVMRequestType.class, (call, self, request) -> on(self, call.userName())
                        .toVim())
                .on("PowerOffVM_Task", vm, PowerOffVMRequestType.class, (call, self, request) -> off(
                                self, call.userName())
                        .toVim())
                .on("SuspendVM_Task", vm, SuspendVMRequestType.class, (call, self, request) -> suspend(
                                self, call.userName())
                        .toVim())
                .on("ResetVM_Task", vm, ResetVMRequestType.class, (call, self, request) -> reset(self, call.userName())
                        .toVim())
                .action("ShutdownGuest", vm, ShutdownGuestRequestType.class, (call, self, request) -> {
                    require(self, VirtualMachinePowerState.POWERED_ON);
                    off(self, call.userName());
                })
                .action("RebootGuest", vm, RebootGuestRequestType.class, (call, self, request) -> {
                    require(self, VirtualMachinePowerState.POWERED_ON);
                    reset(self, call.userName());
                });
    }

    /** Powering on is a stun: tracking that was switched on begins. */
    public Task on(VirtualMachine vm, String user) {
        return change(ON, vm, user, VirtualMachinePowerState.POWERED_ON, VmStartingEvent::new, VmPoweredOnEvent::new);
    }

    public Task off(VirtualMachine vm, String user) {
        return change(
                OFF, vm, user, VirtualMachinePowerState.POWERED_OFF, VmStoppingEvent::new, VmPoweredOffEvent::new);
    }

    public Task suspend(VirtualMachine vm, String user) {
        return change(
                SUSPEND, vm, user, VirtualMachinePowerState.SUSPENDED, VmSuspendingEvent::new, VmSuspendedEvent::new);
    }

    public Task reset(VirtualMachine vm, String user) {
        return context.start(RESET, vm, user, task -> {
            require(vm, VirtualMachinePowerState.POWERED_ON);
            post(new VmResettingEvent(), vm, task, "reset");
            vm.setPower(VirtualMachinePowerState.POWERED_ON);
            return null;
        });
    }

    private Task change(
            TaskKind kind,
            VirtualMachine vm,
            String user,
            VirtualMachinePowerState target,
            Supplier<VmEvent> before,
            Supplier<VmEvent> after) {
        return context.start(kind, vm, user, new Tasks.Work() {
            @Override
            public void begin(Task task) {
                if (vm.powerState() == target || !reaches(vm.powerState(), target)) {
                    throw Faults.invalidPowerState(vm.powerState(), target);
                }
                post(before.get(), vm, task, kind.title());
            }

            @Override
            public @Nullable Object finish(Task task) {
                vm.setPower(target);
                if (target == VirtualMachinePowerState.POWERED_ON) {
                    Stun.announce(vm);
                }
                post(after.get(), vm, task, kind.title());
                return null;
            }
        });
    }

    private static boolean reaches(VirtualMachinePowerState from, VirtualMachinePowerState target) {
        return target != VirtualMachinePowerState.SUSPENDED || from == VirtualMachinePowerState.POWERED_ON;
    }

    private static void require(VirtualMachine vm, VirtualMachinePowerState state) {
        if (vm.powerState() != state) {
            throw Faults.invalidPowerState(vm.powerState(), state);
        }
    }

    private void post(VmEvent event, VirtualMachine vm, Task task, String what) {
        String name = event.getClass().getSimpleName().replace("Vm", "").replace("Event", "");
        event.setTemplate(false);
        context.post(event, vm, task, vm.name() + " on " + vm.host().name() + ": " + name + " (" + what + ")");
    }
}
