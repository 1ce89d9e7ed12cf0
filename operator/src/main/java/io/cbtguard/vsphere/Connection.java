package io.cbtguard.vsphere;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The watch over one API session: the inventory's thread waits for properties, the history's reads events and tasks and
 * publishes. A picture of the inventory is published only after history was read that began after the picture was made, so
 * nothing is shown that history, as far as it is shown, does not explain. One failing ends the other.
 */
final class Connection implements AutoCloseable {
    private static final long IDLE_MILLIS = 1000;
    private static final long BUSY_MILLIS = 100;
    private static final Duration GATHER = Duration.ofMillis(20);
    /** A wait that was cancelled is answered at once; half-open connections would be noticed only by the read time-out. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private static final Duration JOIN = Duration.ofSeconds(5);

    private final ApiSession session;
    private final VimVcenterWatch watch;
    private final InventoryWatch inventoryWatch;
    private final HistoryTail tail;
    private final ExecutorService rereads =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("reread").factory());
    /** Asked for and not answered: those that have not begun would wait for ever when the connection is closed. */
    private final Set<CompletableFuture<List<Occurrence>>> rereading = ConcurrentHashMap.newKeySet();

    private @Nullable Thread inventoryThread;
    private boolean isCurrent;
    /** VMs with occurrences that were read after the properties of the view that showed them: one more view is due. */
    private Set<String> uncovered = Set.of();

    private volatile @Nullable Throwable inventoryFailure;

    Connection(ApiSession session, VimVcenterWatch watch) {
        this.session = session;
        this.watch = watch;
        this.inventoryWatch = new InventoryWatch(
                session, watch.inventory(), watch.history()::frontier, watch.drains(), watch.wake()::call);
        this.tail = new HistoryTail(session, watch.history(), watch.delivery());
    }

    /** Runs until something is wrong or the thread is interrupted. */
    void run() throws Exception {
        Privileges.Result privileges = Privileges.check(tail.port(), session);
        if (!privileges.isWatchPossible()) {
            throw new VcenterUnavailableException(
                    Outage.PRIVILEGES_MISSING,
                    "the account lacks on the root folder: " + String.join("; ", privileges.missing())
                            + ": give it the Read-only role there, propagating");
        }
        Duration retention = Retention.read(tail.port(), session);
        tail.connect();
        watch.drains().restart();
        inventoryThread =
                Thread.ofVirtual().name("inventory " + watch.target().name()).start(this::watchInventory);
        while (!Thread.currentThread().isInterrupted()) {
            boolean isMore = step();
            if (!isCurrent && inventoryWatch.isSynced()) {
                isCurrent = true;
                watch.current(privileges.missing(), retention);
            }
            boolean isBusy = isMore || watch.history().tasks().isAwaiting();
            watch.wake().pause(isBusy ? BUSY_MILLIS : IDLE_MILLIS);
            // On a vCenter where something happens all the time, several things are read at once.
            Thread.sleep(GATHER);
        }
    }

    private void watchInventory() {
        try {
            inventoryWatch.run();
        } catch (Throwable thrown) {
            inventoryFailure = thrown;
        } finally {
            watch.drains().fail();
            watch.wake().call();
        }
    }

    /**
     * One round: history to its end; if it says anything new, the inventory to its end and history once more; then a view.
     *
     * @return whether there is more to come at once
     */
    private boolean step() throws Exception {
        if (!inventoryWatch.isSynced()) {
            // History is read after the first sync: what it says of a host concerns the VMs on it, which must be known.
            checkInventory();
            return false;
        }
        List<CompletableFuture<VcenterView>> served = watch.barriers().take();
        boolean isServed = false;
        try {
            if (!served.isEmpty()) {
                drain();
            }
            Inventory.Settled picture = take();
            Set<String> news = read();
            if (!news.isEmpty() || !uncovered.isEmpty() || !isCurrent) {
                drain();
                watch.toTell(uncovered);
                picture = take();
                uncovered = read();
            }
            checkInventory();
            VcenterView view = watch.publish(session.about(), picture, !served.isEmpty());
            if (view != null) {
                isServed = true;
                served.forEach(future -> future.complete(view));
            }
            return !uncovered.isEmpty();
        } finally {
            if (!isServed) {
                watch.barriers().putBack(served);
            }
        }
    }

    private Inventory.Settled take() {
        Inventory.Settled picture = watch.inventory().take();
        watch.toTell(picture.changed());
        return picture;
    }

    private Set<String> read() throws Exception {
        Set<String> news = tail.read();
        watch.toTell(news);
        return news;
    }

    /** Whether the inventory's thread waits for changes and has handed on all that it read. Any thread. */
    boolean isInventoryIdle() {
        return inventoryWatch.isIdle();
    }

    private void drain() throws Exception {
        boolean isDrained = watch.drains().request(inventoryWatch::cancelWait, SILENCE);
        checkInventory();
        if (!isDrained) {
            throw new SocketTimeoutException(
                    "the property wait was cancelled and not answered within " + SILENCE.toSeconds() + " s");
        }
    }

    private void checkInventory() throws Exception {
        switch (inventoryFailure) {
            case null -> {}
            case Exception failure -> throw failure;
            case Error failure -> throw failure;
            case Throwable failure -> throw new IllegalStateException(failure);
        }
    }

    CompletableFuture<List<Occurrence>> readAgain(String vm, Position from) {
        CompletableFuture<List<Occurrence>> answer = CompletableFuture.supplyAsync(
                () -> new HistoryAgain(
                                session,
                                watch.inventory(),
                                watch.history().frontier().epoch())
                        .read(vm, from),
                rereads);
        rereading.add(answer);
        var unused = answer.whenComplete((read, failure) -> rereading.remove(answer));
        if (rereads.isShutdown()) {
            failUnread(); // closed in between, perhaps before this one was seen
        }
        return answer;
    }

    private void failUnread() {
        rereading.forEach(answer -> answer.completeExceptionally(
                new VcenterUnavailableException(Outage.UNREACHABLE, "the connection was lost before it was read")));
    }

    /** Ends the inventory's thread; its wait is cut by the interruption, which closes its socket. */
    @Override
    public void close() {
        // The interruption that ended this thread's own call must not keep it from ending the other.
        boolean wasInterrupted = Thread.interrupted();
        rereads.shutdownNow();
        failUnread();
        Thread inventory = inventoryThread;
        try {
            if (inventory != null) {
                inventory.interrupt();
                inventory.join(JOIN);
            }
        } catch (InterruptedException again) {
            wasInterrupted = true;
        }
        inventoryWatch.close();
        tail.close();
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
