package io.cbtguard.reconcile;

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
import java.util.Optional;

/** A view of a vCenter that has nothing in it, and is known up to there. */
record StillView(Position through) implements VcenterView {
    @Override
    public VcenterAbout about() {
        throw new UnsupportedOperationException("nobody asks a test that");
    }

    @Override
    public long version() {
        return through.key();
    }

    @Override
    public Instant observedAt() {
        return through.time();
    }

    @Override
    public boolean synced() {
        return true;
    }

    @Override
    public Optional<VirtualMachine> vm(String moRef) {
        return Optional.empty();
    }

    @Override
    public Collection<VirtualMachine> vms() {
        return List.of();
    }

    @Override
    public Optional<Host> host(String moRef) {
        return Optional.empty();
    }

    @Override
    public Collection<Host> hosts() {
        return List.of();
    }

    @Override
    public List<TaskInFlight> tasksInFlight(String vmMoRef) {
        return List.of();
    }

    @Override
    public List<Occurrence> occurrences(String vmMoRef) {
        return List.of();
    }

    @Override
    public List<Interval> gaps() {
        return List.of();
    }
}
