package io.cbtguard.simulator.event;

import io.cbtguard.simulator.inventory.HostSystem;

/** An entity that runs on a host, which its events then name. */
public interface OnHost {
    HostSystem host();
}
