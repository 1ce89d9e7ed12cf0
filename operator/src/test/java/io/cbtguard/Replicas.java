package io.cbtguard;

import static org.awaitility.Awaitility.await;

import io.cbtguard.testkit.cluster.Clusters;
import io.cbtguard.testkit.process.ChildProcess;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Two operators of which one leads. One that has ended is started anew, as a Deployment would. */
final class Replicas implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final int COUNT = 2;

    private final GuardBed bed;
    private final Path folder;
    private final List<String> command;
    private final List<Replica> running = new ArrayList<>();
    private final Set<String> disturbed = new HashSet<>();
    private int started;
    private int endedUnasked;
    private boolean closing;

    /** Who leads, and until when if nothing is heard of him any more. */
    record Leading(Replica replica, String holder, Instant until) {}

    Replicas(GuardBed bed, Path folder, Duration lease) throws IOException {
        this.bed = bed;
        this.folder = folder;
        Files.createDirectories(folder);
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, Clusters.shared().kubeconfigFor(bed.own, bed.own + "-operator", null, null));
        command = OperatorCommand.of(
                folder,
                "--kubeconfig=" + kubeconfig,
                "--namespace=" + bed.own,
                "--leader-elect",
                "--lease-seconds=" + lease.toSeconds());
        for (int i = 0; i < COUNT; i++) {
            launch();
        }
    }

    /** What the names of all holders begin with. */
    String names() {
        return bed.own + "-";
    }

    private synchronized void launch() {
        if (closing) {
            return;
        }
        String name = names() + ++started;
        Path portFile = folder.resolve(name + ".port");
        List<String> own = new ArrayList<>(command);
        own.add("--port-file=" + portFile);
        ChildProcess process = ChildProcess.start(name, own, Map.of("HOSTNAME", name), folder.resolve("operators.log"));
        Replica replica = new Replica(name, process, portFile);
        running.add(replica);
        var unused = process.onExit().thenRun(() -> replace(replica));
    }

    private synchronized void replace(Replica ended) {
        running.remove(ended);
        if (!closing && !disturbed.contains(ended.name())) {
            endedUnasked++;
        }
        launch();
    }

    /** From now on its end is no surprise. */
    synchronized void disturb(Replica replica) {
        disturbed.add(replica.name());
    }

    /** How many ended without having been disturbed. */
    synchronized int endedUnasked() {
        return endedUnasked;
    }

    synchronized List<Replica> running() {
        return List.copyOf(running);
    }

    /** Waits until one leads and the other one stands by. */
    void awaitReady() {
        await("two operators, one of which leads")
                .atMost(PATIENCE)
                .until(() -> running().size() == COUNT
                        && running().stream().allMatch(Replica::isReady)
                        && find().isPresent());
    }

    /** Waits until one leads. */
    Leading leading() {
        return await("one that leads")
                .atMost(PATIENCE)
                .until(this::find, Optional::isPresent)
                .orElseThrow();
    }

    private Optional<Leading> find() {
        Lease lease = bed.admin
                .resources(Lease.class)
                .inNamespace(bed.own)
                .withName(Lead.LEASE)
                .get();
        String holder = lease == null ? null : lease.getSpec().getHolderIdentity();
        return holder == null
                ? Optional.empty()
                : running().stream()
                        .filter(replica ->
                                replica.holds(holder) && replica.process().isAlive())
                        .findFirst()
                        .map(replica -> new Leading(replica, holder, expiry(lease)));
    }

    /** When the lease runs out that is there now. */
    Instant expiry() {
        return expiry(Objects.requireNonNull(bed.admin
                .resources(Lease.class)
                .inNamespace(bed.own)
                .withName(Lead.LEASE)
                .get()));
    }

    private static Instant expiry(Lease lease) {
        return lease.getSpec()
                .getRenewTime()
                .toInstant()
                .plusSeconds(lease.getSpec().getLeaseDurationSeconds());
    }

    /** Has one leave an archive of the classes that it has used to those that are started after it. */
    void archiveClasses() {
        if (Files.exists(OperatorCommand.archive(folder))) {
            return;
        }
        Replica leader = leading().replica();
        disturb(leader);
        leader.process().stop(GRACE);
        awaitReady();
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        running().forEach(replica -> replica.process().kill());
    }
}
