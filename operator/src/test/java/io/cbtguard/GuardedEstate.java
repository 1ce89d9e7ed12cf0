package io.cbtguard;

import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** An estate whose vCenter is our simulator. */
final class GuardedEstate extends Estate {
    static final String VM = "web-01";

    final Simulator simulator;
    /** The one of the simulator's VMs that is protected. */
    final String vmName;

    private final boolean ownsBed;

    private GuardedEstate() {
        simulator = Simulator.start(SimulatorOptions.defaults().withVms(3));
        vmName = VM;
        ownsBed = true;
    }

    /** On a bed and a vCenter that others use too; nothing is declared yet. */
    GuardedEstate(GuardBed bed, Simulator simulator, String vmName, String shared, String suffix) {
        super(bed, shared, suffix);
        this.simulator = simulator;
        this.vmName = vmName;
        ownsBed = false;
    }

    static GuardedEstate up() {
        GuardedEstate estate = new GuardedEstate();
        estate.declare();
        return estate;
    }

    /** Declares the vCenter and the protected VM, and waits until it is bound. */
    void declare() {
        protect(vmName, simulator.userName(), simulator.password(), simulator.caPem());
    }

    /** Declares the vCenter. */
    void connect() {
        connect(simulator.userName(), simulator.password(), simulator.caPem());
    }

    /** Declares the protected VM, and waits for nothing. */
    void protect() {
        protect(vmName);
    }

    @Override
    int port() {
        return simulator.sdkUri().getPort();
    }

    @Override
    Taken takeSnapshot() {
        String moRef = simulator.vms().as("backup@vsphere.local").snapshot(vmName, "backup");
        Map<Integer, String> changeIds = new LinkedHashMap<>();
        simulator
                .vms()
                .get(vmName)
                .snapshot("backup")
                .disks()
                .forEach(disk -> changeIds.put(disk.key(), disk.changeId()));
        return new Taken(moRef, changeIds);
    }

    @Override
    void removeSnapshot(String moRef) {
        simulator.vms().removeSnapshot(vmName, moRef);
    }

    @Override
    public void close() {
        if (ownsBed) {
            bed.close();
            simulator.close();
        }
    }
}
