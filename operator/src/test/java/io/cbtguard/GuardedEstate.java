package io.cbtguard;

import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** An estate whose vCenter is our simulator. */
final class GuardedEstate extends Estate {
    static final String VM = "web-01";

    final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withVms(3));

    static GuardedEstate up() {
        GuardedEstate estate = new GuardedEstate();
        Simulator simulator = estate.simulator;
        estate.protect(VM, simulator.userName(), simulator.password(), simulator.caPem());
        return estate;
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
        bed.close();
        simulator.close();
    }
}
