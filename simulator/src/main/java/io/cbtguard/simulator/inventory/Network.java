package io.cbtguard.simulator.inventory;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.NetworkSummary;
import io.cbtguard.simulator.core.Ids;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;

/** A standard port group. */
public final class Network extends ManagedEntity {
    private static final PropertyTable TABLE = PropertyTable.<Network>type("Network", ManagedEntity.TABLE)
            .value("summary", NetworkSummary.class, Network::summary)
            .empty("host", ManagedObjectReference.class)
            .empty("vm", ManagedObjectReference.class)
            .build();

    public Network(Ids ids, String name, Datacenter datacenter, Registry registry) {
        super(new MoRef("Network", "network-" + ids.next("entity", 1)), name);
        datacenter.networkFolder().adopt(this, registry);
        registry.add(this);
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    private NetworkSummary summary() {
        NetworkSummary summary = new NetworkSummary();
        summary.setNetwork(toVim());
        summary.setName(name());
        summary.setAccessible(true);
        summary.setIpPoolName("");
        return summary;
    }
}
