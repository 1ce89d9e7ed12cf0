package io.cbtguard.vsphere;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterAbout;
import io.cbtguard.inventory.VcenterView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watch over VIM SOAP. One thread keeps a connection: it logs in, runs the inventory's and the history's thread, and when
 * one of them ends, ends both, logs out, pauses and begins again. What was learned outlives the connection.
 */
final class VimVcenterWatch implements VcenterWatch {
    private static final Logger log = LoggerFactory.getLogger(VimVcenterWatch.class);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final VcenterTarget target;
    private final Listener listener;
    private final Inventory inventory = new Inventory();
    private final Backlog backlog;
    private final HistoryState history;
    private final Delivery delivery;
    private final TrackedHealth health;
    private final Drains drains = new Drains();
    private final Barriers barriers = new Barriers();
    private final Wake wake = new Wake();
    private final Backoff backoff;
    private final Thread thread;
    /** Written and read by whichever thread keeps the connection. */
    private final Set<String> untold = new HashSet<>();

    private @Nullable String pinned;
    private volatile boolean isClosed;
    private volatile @Nullable PublishedView view;
    private volatile @Nullable Connection connection;

    VimVcenterWatch(VcenterTarget target, Listener listener, Backoff backoff) {
        this.target = target;
        this.listener = listener;
        this.backoff = backoff;
        this.backlog = new Backlog(target.resumeFrom());
        this.history = new HistoryState(target.resumeFrom(), target.evidence(), inventory::owner);
        this.delivery = new Delivery(history, inventory, backlog);
        this.health = new TrackedHealth(target.name(), listener, history::lastClock);
        this.thread = Thread.ofVirtual().name("vcenter " + target.name()).unstarted(this::run);
    }

    VimVcenterWatch start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!isClosed) {
                VcenterUnavailableException why = watch();
                if (!isClosed) {
                    away(why);
                    pause(backoff.next(why.outage()));
                }
            }
        } finally {
            ended();
        }
    }

    /** Watches over one connection until it ends, whatever ended it: an error of this program is an outage like any other. */
    private VcenterUnavailableException watch() {
        try (ApiSession session = open();
                Connection current = new Connection(session, this)) {
            connection = current;
            current.run();
            return Outages.of(target, new InterruptedException("the connection was given up"));
        } catch (Throwable thrown) {
            if (thrown instanceof Error error && !isClosed) {
                log.error("{}: the watch failed and begins again", target.name(), error);
            } else {
                log.debug("{}: connection ended", target.name(), thrown);
            }
            return Outages.of(target, thrown);
        } finally {
            connection = null;
        }
    }

    /** Nothing shows this watch as connected, or waits for it, once its thread is gone. Nobody is told: it was closed. */
    private void ended() {
        VcenterUnavailableException closed =
                new VcenterUnavailableException(Outage.UNREACHABLE, "the watch of " + target.name() + " is closed");
        health.closed(closed);
        barriers.away(closed);
    }

    /** Whoever answered first must go on answering. */
    private ApiSession open() {
        String expected = pinned == null ? target.expectedInstanceUuid() : pinned;
        ApiSession session = ApiSession.open(
                new VcenterTarget(
                        target.name(),
                        target.server(),
                        target.credentials(),
                        target.tls(),
                        target.resumeFrom(),
                        target.evidence(),
                        expected),
                listener);
        pinned = session.about().instanceUuid();
        return session;
    }

    /** Ends early when the watch is closed. */
    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException closing) {
            log.trace("no pause, the watch is being closed");
        }
    }

    /** Everything has been read once over this connection. */
    void current(List<String> missingPrivileges, @Nullable Duration retention) {
        backoff.reset();
        barriers.connected();
        health.connected(missingPrivileges, retention);
    }

    /** VMs of which the listener is to be told with the next view, over whatever connection that comes. */
    void toTell(Set<String> vms) {
        untold.addAll(vms);
    }

    private void away(VcenterUnavailableException why) {
        log.warn("{}: {} ({})", target.name(), why.getMessage(), why.outage());
        barriers.away(why);
        health.away(why);
    }

    /**
     * Publishes a picture of the inventory with the history as read since. The history's thread.
     *
     * @param picture taken before that history was read
     * @param isForced whether somebody waits for a newer view, changed or not
     * @return the view, null if there is nothing new to publish
     */
    @Nullable PublishedView publish(VcenterAbout about, Inventory.Settled picture, boolean isForced) {
        Position through = picture.through();
        if (through == null) {
            return null;
        }
        Instant now = Objects.requireNonNullElse(history.lastClock(), through.time());
        PublishedView before = view;
        boolean isNew = before == null || !untold.isEmpty() || before.hostMap() != picture.hosts();
        if (!isNew && !isForced) {
            return null;
        }
        PublishedView after = new PublishedView(
                about,
                before == null ? 1 : before.version() + 1,
                through,
                now,
                picture.vms(),
                picture.hosts(),
                delivery.inFlight(),
                backlog.picture());
        view = after;
        Set<String> changed = Set.copyOf(untold);
        if (!changed.isEmpty() || before == null) {
            listener.changed(after, changed);
        }
        untold.clear();
        return after;
    }

    VcenterTarget target() {
        return target;
    }

    Inventory inventory() {
        return inventory;
    }

    HistoryState history() {
        return history;
    }

    Delivery delivery() {
        return delivery;
    }

    Drains drains() {
        return drains;
    }

    Barriers barriers() {
        return barriers;
    }

    Wake wake() {
        return wake;
    }

    @Override
    public Optional<VcenterView> view() {
        return Optional.ofNullable(view);
    }

    @Override
    public Health health() {
        return health.now();
    }

    /** A wait that is not answered says that there is nothing new. */
    @Override
    public Reach reach() {
        Connection current = connection;
        boolean isIdle = current != null && current.isInventoryIdle();
        Position read = inventory.picture().through();
        Instant events = history.readThrough();
        return new Reach(isIdle ? history.lastClock() : read == null ? null : read.time(), events);
    }

    @Override
    public CompletableFuture<VcenterView> barrier() {
        CompletableFuture<VcenterView> future = barriers.register();
        wake.call();
        return future;
    }

    @Override
    public void setConcerned(Set<String> vmMoRefs) {
        backlog.setConcerned(vmMoRefs);
    }

    @Override
    public void acknowledge(String vmMoRef, Position through) {
        backlog.acknowledge(vmMoRef, through);
    }

    @Override
    public @Nullable Position cursor() {
        return backlog.cursor();
    }

    @Override
    public CompletableFuture<List<Occurrence>> readAgain(String vmMoRef, Position from) {
        Connection current = connection;
        if (current == null) {
            return CompletableFuture.failedFuture(new VcenterUnavailableException(
                    Outage.UNREACHABLE, target.server() + " is not connected now; ask again"));
        }
        return current.readAgain(vmMoRef, from);
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
