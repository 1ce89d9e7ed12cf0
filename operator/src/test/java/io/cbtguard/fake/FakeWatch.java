package io.cbtguard.fake;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.vsphere.Outage;
import io.cbtguard.vsphere.VcenterTarget;
import io.cbtguard.vsphere.VcenterUnavailableException;
import io.cbtguard.vsphere.VcenterWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A watch of a fake vCenter, as the port promises it: told on a thread of its own, cursor behind what is not acknowledged. */
final class FakeWatch implements VcenterWatch {
    private final @Nullable FakeVcenter vcenter;
    private final VcenterTarget target;
    private final Listener listener;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("fake-watch").factory());
    private final Map<String, Position> acknowledged = new HashMap<>();
    /** Until it is first said which VMs are concerned, all are. */
    private @Nullable Set<String> concerned;

    private final Instant opened = Instant.now();
    private @Nullable Position start;
    private @Nullable Interval lost;
    private volatile @Nullable FakeView view;
    private volatile Health health;
    private long version;

    FakeWatch(@Nullable FakeVcenter vcenter, VcenterTarget target, Listener listener) {
        this.vcenter = vcenter;
        this.target = target;
        this.listener = listener;
        this.health = new Health(false, null, "connecting for the first time", opened, null, List.of(), null);
        if (vcenter != null) {
            vcenter.attach(this);
        }
        healthChanged();
    }

    void healthChanged() {
        Outage outage = outage();
        thread.execute(() -> {
            health = new Health(
                    outage == null,
                    outage,
                    outage == null ? "" : "fake: " + outage,
                    Instant.now(),
                    outage == null ? Instant.now() : health.lastContact(),
                    List.of(),
                    Duration.ofHours(720));
            listener.healthChanged(health);
            if (outage == null) {
                publish(Set.of(), true);
            }
        });
    }

    private @Nullable Outage outage() {
        FakeVcenter server = vcenter;
        if (server == null) {
            return Outage.UNREACHABLE;
        }
        if (server.outage != null) {
            return server.outage;
        }
        var who = target.credentials().get();
        if (!server.accepts(who.username(), who.password())) {
            return Outage.CREDENTIALS_REJECTED;
        }
        String expected = target.expectedInstanceUuid();
        return expected == null || expected.equals(server.about.instanceUuid()) ? null : Outage.REPLACED;
    }

    void changed(Set<String> moRefs) {
        thread.execute(() -> publish(moRefs, false));
    }

    private FakeView publish(Set<String> moRefs, boolean all) {
        FakeVcenter server = java.util.Objects.requireNonNull(vcenter);
        FakeView next;
        Set<String> told = new HashSet<>(moRefs);
        if (!health.connected()) {
            return java.util.Objects.requireNonNull(view);
        }
        synchronized (server) {
            begin(server);
            Map<String, List<Occurrence>> history = new HashMap<>();
            synchronized (this) {
                for (String vm : concerned(server)) {
                    history.put(vm, pending(server, vm));
                }
            }
            next = new FakeView(
                    server.about,
                    ++version,
                    server.now(),
                    Instant.now(),
                    Map.copyOf(server.vms),
                    Map.copyOf(server.hosts),
                    Map.copyOf(server.tasks),
                    history,
                    lost == null ? List.of() : List.of(lost));
            if (all || view == null) {
                told.addAll(server.vms.keySet());
                told.addAll(concerned(server));
            }
        }
        view = next;
        listener.changed(next, told);
        return next;
    }

    private synchronized Set<String> concerned(FakeVcenter server) {
        return concerned == null ? Set.copyOf(server.vms.keySet()) : concerned;
    }

    private void begin(FakeVcenter server) {
        if (start != null) {
            return;
        }
        Position resume = target.resumeFrom();
        start = resume == null ? server.now() : resume;
        if (resume != null && resume.key() < server.oldestKey) {
            lost = new Interval(resume, server.now());
        }
    }

    private static Occurrence gap(Position from, Position to, String vm) {
        return new Occurrence(
                OccurrenceKind.GAP,
                new Interval(from, to),
                to,
                vm,
                null,
                0,
                "",
                "",
                "",
                "",
                "",
                true,
                "",
                "history lost");
    }

    private List<Occurrence> pending(FakeVcenter server, String vm) {
        Position seen = acknowledged.getOrDefault(vm, java.util.Objects.requireNonNull(start));
        List<Occurrence> found = new ArrayList<>();
        if (lost != null && acknowledged.get(vm) == null) {
            found.add(gap(lost.from(), lost.to(), vm));
        }
        server.history.stream()
                .filter(o -> vm.equals(o.vm()) && seen.isBefore(o.read()))
                .forEach(found::add);
        return found;
    }

    synchronized boolean hasLetGo(FakeVcenter server, String vm) {
        return pending(server, vm).isEmpty();
    }

    @Override
    public Optional<VcenterView> view() {
        return Optional.ofNullable(view);
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public Reach reach() {
        FakeView shown = view;
        Instant seen = shown == null || !health.connected() ? health.lastContact() : Instant.now();
        return new Reach(seen, seen);
    }

    @Override
    public CompletableFuture<VcenterView> barrier() {
        CompletableFuture<VcenterView> future = new CompletableFuture<>();
        thread.execute(() -> {
            Outage outage = outage();
            listener.requested("CurrentTime", outage == null ? "ok" : "failed", Duration.ofMillis(1));
            if (outage != null || !health.connected()) {
                future.completeExceptionally(new VcenterUnavailableException(
                        outage == null ? Outage.UNREACHABLE : outage, "fake: " + outage));
            } else {
                future.complete(publish(Set.of(), false));
            }
        });
        return future;
    }

    @Override
    public synchronized void setConcerned(Set<String> vmMoRefs) {
        concerned = Set.copyOf(vmMoRefs);
    }

    @Override
    public synchronized void acknowledge(String vmMoRef, Position through) {
        acknowledged.put(vmMoRef, through);
    }

    @Override
    public @Nullable Position cursor() {
        FakeVcenter server = vcenter;
        FakeView shown = view;
        if (server == null || shown == null) {
            return null;
        }
        synchronized (server) {
            synchronized (this) {
                return concerned(server).stream()
                        .flatMap(vm -> pending(server, vm).stream())
                        .map(Occurrence::read)
                        .map(p -> new Position(p.epoch(), p.key() - 1, p.time().minusMillis(1)))
                        .reduce(Position::earlier)
                        .orElse(shown.through());
            }
        }
    }

    @Override
    public CompletableFuture<List<Occurrence>> readAgain(String vmMoRef, Position from) {
        FakeVcenter server = vcenter;
        if (server == null || outage() != null) {
            return CompletableFuture.failedFuture(new VcenterUnavailableException(Outage.UNREACHABLE, "fake"));
        }
        synchronized (server) {
            List<Occurrence> found = new ArrayList<>();
            if (from.key() < server.oldestKey) {
                found.add(gap(from, server.now(), vmMoRef));
            }
            server.history.stream()
                    .filter(o -> vmMoRef.equals(o.vm()) && from.isBefore(o.read()))
                    .forEach(found::add);
            return CompletableFuture.completedFuture(found);
        }
    }

    @Override
    public void close() {
        if (vcenter != null) {
            vcenter.detach(this);
        }
        thread.shutdownNow();
    }
}
