package io.cbtguard.simulator.core;

import com.vmware.vim25.MethodFault;

/** A VIM fault on its way to the client. */
public final class FaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient MethodFault fault;

    public FaultException(MethodFault fault, String message) {
        super(message, null, false, false);
        this.fault = fault;
    }

    /** The typed fault; its class name is the fault's name. */
    public MethodFault fault() {
        return fault;
    }
}
