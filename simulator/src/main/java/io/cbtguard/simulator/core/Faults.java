package io.cbtguard.simulator.core;

import com.vmware.vim25.InvalidArgument;
import com.vmware.vim25.InvalidCollectorVersion;
import com.vmware.vim25.InvalidLogin;
import com.vmware.vim25.InvalidPowerState;
import com.vmware.vim25.InvalidProperty;
import com.vmware.vim25.InvalidState;
import com.vmware.vim25.ManagedObjectNotFound;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.MethodNotFound;
import com.vmware.vim25.NoPermission;
import com.vmware.vim25.NotAuthenticated;
import com.vmware.vim25.NotFound;
import com.vmware.vim25.RequestCanceled;
import com.vmware.vim25.VirtualMachinePowerState;

/** The faults of a vCenter, with the messages that it gives. */
public final class Faults {
    private Faults() {}

    public static FaultException invalidProperty(String path) {
        InvalidProperty fault = new InvalidProperty();
        fault.setName(path);
        return new FaultException(fault, "The property " + path + " is not valid.");
    }

    public static FaultException notFound(MoRef ref) {
        ManagedObjectNotFound fault = new ManagedObjectNotFound();
        fault.setObj(ref.toVim());
        return new FaultException(
                fault,
                "The object 'vim." + ref.type() + ":" + ref.value()
                        + "' has already been deleted or has not been completely created");
    }

    public static FaultException notFound() {
        return new FaultException(new NotFound(), "The object or item referred to could not be found.");
    }

    public static FaultException notAuthenticated(ManagedObjectReference object) {
        NotAuthenticated fault = new NotAuthenticated();
        fault.setObject(object);
        fault.setPrivilegeId("System.View");
        return new FaultException(fault, "The session is not authenticated.");
    }

    public static FaultException noPermission(MoRef object, String privilege) {
        NoPermission fault = new NoPermission();
        fault.setObject(object.toVim());
        fault.setPrivilegeId(privilege);
        return new FaultException(fault, "Permission to perform this operation was denied.");
    }

    public static FaultException invalidLogin() {
        return new FaultException(
                new InvalidLogin(), "Cannot complete login due to an incorrect user name or password.");
    }

    public static FaultException invalidArgument(String property) {
        InvalidArgument fault = new InvalidArgument();
        fault.setInvalidProperty(property);
        return new FaultException(fault, "A specified parameter was not correct: " + property);
    }

    public static FaultException methodNotFound(MoRef receiver, String method) {
        MethodNotFound fault = new MethodNotFound();
        fault.setReceiver(receiver.toVim());
        fault.setMethod(method);
        return new FaultException(fault, "The method " + method + " is not found.");
    }

    public static FaultException invalidState() {
        return new FaultException(new InvalidState(), "The operation is not allowed in the current state.");
    }

    public static FaultException invalidPowerState(VirtualMachinePowerState existing, VirtualMachinePowerState wanted) {
        InvalidPowerState fault = new InvalidPowerState();
        fault.setExistingState(existing);
        fault.setRequestedState(wanted);
        return new FaultException(
                fault,
                "The attempted operation cannot be performed in the current state ("
                        + (existing == VirtualMachinePowerState.POWERED_ON ? "Powered on" : "Powered off") + ").");
    }

    public static FaultException invalidCollectorVersion() {
        return new FaultException(
                new InvalidCollectorVersion(), "The collector version is not valid or no longer kept.");
    }

    public static FaultException requestCanceled() {
        return new FaultException(new RequestCanceled(), "The task was canceled by a user.");
    }
}
