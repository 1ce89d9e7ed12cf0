package io.cbtguard.simulator.control;

import io.cbtguard.simulator.Simulator;

/** Puts the control port together. */
public final class Controls {
    private Controls() {}

    public static ControlPort of(Simulator simulator) {
        ControlPort port = new ControlPort();
        VmRoutes.add(port, simulator.vms());
        HostRoutes.add(port, simulator.hosts());
        ServerRoutes.add(port, simulator);
        GuestRoutes.add(port, simulator);
        BackupRoutes.add(port, simulator);
        return port;
    }
}
