package io.cbtguard;

import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** An estate whose vCenter is our simulator. */
final class GuardedEstate extends Estate {
    static final String VM = "web-01";

    final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withVms(3));

    private final boolean ownsBed;

    private GuardedEstate() {
        ownsBed = true;
    }

    private GuardedEstate(GuardBed bed, String suffix) {
        super(bed, suffix);
        ownsBed = false;
    }

    static GuardedEstate up() {
        GuardedEstate estate = new GuardedEstate();
        estate.declare();
        return estate;
    }

    /**
     * On a bed that others use before and after; nothing is declared yet.
     *
     * @param suffix of all names in the cluster
     */
    static GuardedEstate on(GuardBed bed, String suffix) {
        return new GuardedEstate(bed, suffix);
    }

    /** Declares the vCenter and the protected VM, and waits until it is bound. */
    void declare() {
        protect(VM, simulator.userName(), simulator.password(), simulator.caPem());
    }

    @Override
    int port() {
        return simulator.sdkUri().getPort();
    }

    @Override
    Taken takeSnapshot() {
        String moRef = simulator.vms().as("backup@vsphere.local").snapshot(VM, "backup");
        Map<Integer, String> changeIds = new LinkedHashMap<>();
        simulator.vms().get(VM).snapshot("backup").disks().forEach(disk -> changeIds.put(disk.key(), disk.changeId()));
        return new Taken(moRef, changeIds);
    }

    @Override
    void removeSnapshot(String moRef) {
        simulator.vms().removeSnapshot(VM, moRef);
    }

    @Override
    public void close() {
        if (ownsBed) {
            bed.close();
        }
        simulator.close();
    }
}
