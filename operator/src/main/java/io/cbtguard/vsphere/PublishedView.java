package io.cbtguard.vsphere;

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

/** A view, made of maps that share their structure with the views before it. Published after the first full sync only. */
record PublishedView(
        VcenterAbout about,
        long version,
        Position through,
        Instant observedAt,
        PersistentMap<VirtualMachine> vmMap,
        PersistentMap<Host> hostMap,
        Map<String, List<TaskInFlight>> tasks,
        Backlog.Picture backlog)
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
        return backlog.of(vmMoRef);
    }

    @Override
    public List<Interval> gaps() {
        return backlog.gaps();
    }

    @Override
    public String toString() {
        return "view " + version + " of " + about.instanceUuid() + " through " + through + ", " + vmMap.size() + " VMs";
    }
}
