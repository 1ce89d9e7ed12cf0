package io.cbtguard.fake;

import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.TaskInFlight;
import io.cbtguard.inventory.VcenterAbout;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.inventory.VirtualMachine;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One picture of a fake vCenter. */
record FakeView(
        VcenterAbout about,
        long version,
        Position through,
        Instant observedAt,
        Map<String, VirtualMachine> vmMap,
        Map<String, Host> hostMap,
        Map<String, List<TaskInFlight>> tasks,
        Map<String, List<Occurrence>> history,
        List<Interval> gaps)
        implements VcenterView {

    @Override
    public boolean synced() {
        return true;
    }

    @Override
    public Optional<VirtualMachine> vm(String moRef) {
        return Optional.ofNullable(vmMap.get(moRef));
    }

    @Override
    public Collection<VirtualMachine> vms() {
        return vmMap.values();
    }

    @Override
    public Optional<Host> host(String moRef) {
        return Optional.ofNullable(hostMap.get(moRef));
    }

    @Override
    public Collection<Host> hosts() {
        return hostMap.values();
    }

    @Override
    public List<TaskInFlight> tasksInFlight(String vmMoRef) {
        return tasks.getOrDefault(vmMoRef, List.of());
    }

    @Override
    public List<Occurrence> occurrences(String vmMoRef) {
        return history.getOrDefault(vmMoRef, List.of());
    }
}
