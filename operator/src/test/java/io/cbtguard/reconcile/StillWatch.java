package io.cbtguard.reconcile;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.record.RecordRef;
import io.cbtguard.vsphere.VcenterWatch;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A watch in which nothing happens; remembers what it was told. */
class StillWatch implements VcenterWatch {
    final Map<String, Position> acknowledged = new HashMap<>();
    Set<String> concerned = Set.of();
    CompletableFuture<VcenterView> barrier = new CompletableFuture<>();
    CompletableFuture<List<Occurrence>> history = new CompletableFuture<>();

    @Nullable VcenterView view;

    volatile boolean closed;

    /** This watch as that of VCenter guard/lab. */
    OpenWatch opened(int begunInEpoch, Clock clock, Map<RecordRef, String> records) {
        return new OpenWatch(
                new ResourceID("lab", "guard"),
                "uid",
                "print",
                this,
                begunInEpoch,
                new Heard(clock, null),
                clock,
                records);
    }

    @Override
    public Optional<VcenterView> view() {
        return Optional.ofNullable(view);
    }

    @Override
    public Health health() {
        return new Health(true, null, "", Instant.EPOCH, null, List.of(), null);
    }

    @Override
    public Reach reach() {
        return new Reach(null, null);
    }

    @Override
    public CompletableFuture<VcenterView> barrier() {
        return barrier;
    }

    @Override
    public void setConcerned(Set<String> vmMoRefs) {
        concerned = vmMoRefs;
    }

    @Override
    public void acknowledge(String vmMoRef, Position through) {
        acknowledged.put(vmMoRef, through);
    }

    @Override
    public @Nullable Position cursor() {
        return null;
    }

    @Override
    public CompletableFuture<List<Occurrence>> readAgain(String vmMoRef, Position from) {
        return history;
    }

    @Override
    public void close() {
        closed = true;
    }
}
