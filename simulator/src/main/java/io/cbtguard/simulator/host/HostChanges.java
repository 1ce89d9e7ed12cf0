package io.cbtguard.simulator.host;

import com.vmware.vim25.HostAddedEvent;
import com.vmware.vim25.HostRemovedEvent;
import com.vmware.vim25.ResourceInUse;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.event.EventLog;
import io.cbtguard.simulator.inventory.Cluster;
import io.cbtguard.simulator.inventory.EsxProduct;
import io.cbtguard.simulator.inventory.HostSystem;
import java.util.Objects;

/** Hosts that come and go. */
public final class HostChanges {
    private final Vcenter vcenter;
    private final EventLog events;

    public HostChanges(Vcenter vcenter, EventLog events) {
        this.vcenter = vcenter;
        this.events = events;
    }

    /** Puts a host beside another one: same cluster, same datastores. */
    public HostSystem add(String name, EsxProduct product, HostSystem beside, String user) {
        Cluster cluster = Objects.requireNonNull(beside.cluster(), "a host of a cluster");
        HostSystem host = new HostSystem(vcenter, name, product, cluster, beside.datastores(), beside.networks());
        HostAddedEvent event = new HostAddedEvent();
        event.setFullFormattedMessage("Added host " + name + " to " + cluster.name());
        events.post(event, host, host, user, 0);
        return host;
    }

    /** Takes a host out; ResourceInUse while VMs are on it. */
    public void remove(HostSystem host, String user) {
        if (!host.vms().isEmpty()) {
            ResourceInUse fault = new ResourceInUse();
            fault.setName(host.name());
            throw new FaultException(fault, "The resource '" + host.name() + "' is in use.");
        }
        HostRemovedEvent event = new HostRemovedEvent();
        event.setFullFormattedMessage("Removed host " + host.name());
        events.post(event, host, host, user, 0);
        Cluster cluster = host.cluster();
        vcenter.registry().remove(host);
        if (cluster != null) {
            cluster.removeHost(host, vcenter.registry());
        }
    }
}
