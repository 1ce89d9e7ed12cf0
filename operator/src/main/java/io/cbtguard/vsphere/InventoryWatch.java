package io.cbtguard.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectUpdate;
import com.vmware.vim25.PropertyFilterUpdate;
import com.vmware.vim25.UpdateSet;
import com.vmware.vim25.VimPortType;
import com.vmware.vim25.WaitOptions;
import io.cbtguard.inventory.Position;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one property wait of an API session: a private collector with one filter over a container view. A collector is trusted
 * only as long as nothing goes wrong; then a new one reads everything again and what it does not mention is gone.
 */
final class InventoryWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(InventoryWatch.class);
    private static final int COLLECTORS_IN_A_ROW = 3;
    private static final int LONG_POLL_SECONDS = (int) ApiSession.LONG_POLL.toSeconds();
    private static final int RETRY_SECONDS = 1;

    private final ApiSession session;
    private final VimPortType port;
    private final PropertyReads reads;
    private final EnteredReads entered;
    private final Inventory inventory;
    private final Supplier<Frontier> frontier;
    private final Drains drains;
    private final Runnable changed;
    private volatile @Nullable ManagedObjectReference collector;
    private int collectorsInARow;
    private volatile boolean isSynced;
    private volatile boolean isIdle;

    InventoryWatch(
            ApiSession session, Inventory inventory, Supplier<Frontier> frontier, Drains drains, Runnable changed) {
        this.session = session;
        this.port = session.watchPort();
        this.reads = new PropertyReads(port, session.content().getPropertyCollector());
        this.entered = new EnteredReads(
                new PropertyReads(session.port(), session.content().getPropertyCollector()));
        this.inventory = inventory;
        this.frontier = frontier;
        this.drains = drains;
        this.changed = changed;
    }

    /** Watches until something is wrong that a new collector does not mend, or the thread is interrupted. */
    void run() throws Exception {
        ManagedObjectReference view = null;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (view == null) {
                    view = port.createContainerView(
                            session.content().getViewManager(),
                            session.content().getRootFolder(),
                            InventoryFilter.TYPES,
                            true);
                }
                ManagedObjectReference fresh =
                        port.createPropertyCollector(session.content().getPropertyCollector());
                collector = fresh;
                port.createFilter(
                        fresh, InventoryFilter.of(view, session.content().getTaskManager()), false);
                follow(fresh);
            } catch (Exception thrown) {
                VimFault fault = VimFault.of(thrown);
                boolean isCollectorGone = fault == VimFault.COLLECTOR_LOST || fault == VimFault.OBJECT_GONE;
                if (!isCollectorGone || ++collectorsInARow > COLLECTORS_IN_A_ROW) {
                    throw thrown;
                }
                log.info("property collector lost ({}), reading everything again", VimFault.name(thrown));
                destroyQuietly(collector);
                view = fault == VimFault.OBJECT_GONE ? null : view;
            }
        }
    }

    /** Whether everything was read once over this session. Any thread. */
    boolean isSynced() {
        return isSynced;
    }

    /** Whether all that was said is read and more is waited for. Any thread. */
    boolean isIdle() {
        return isIdle;
    }

    /** Ends the long poll, if there is one. Any thread. */
    void cancelWait() throws Exception {
        ManagedObjectReference current = collector;
        if (current == null) {
            return;
        }
        try {
            session.cancelWait(current);
        } catch (Exception thrown) {
            // The collector may just be being replaced; then there is no wait to end.
            if (VimFault.of(thrown) != VimFault.OBJECT_GONE) {
                throw thrown;
            }
        }
    }

    private void follow(ManagedObjectReference collector) throws Exception {
        entered.begin(Set.of());
        inventory.beginSync();
        String version = "";
        boolean isRead = false;
        while (!Thread.currentThread().isInterrupted()) {
            long wanted = drains.wanted();
            // Taken before the read: all that happened up to here is in its answer.
            Position through = frontier.get().at(now());
            version = drain(collector, version);
            if (!isRead) {
                inventory.endSync();
            }
            boolean isChanged =
                    inventory.settle(through, Position.ofTime(frontier.get().epoch(), now()));
            drains.reached(wanted);
            if (isChanged || !isRead) {
                isRead = true;
                isSynced = true;
                collectorsInARow = 0;
                changed.run();
            }
            version = pollUntilFacts(collector, version, wanted);
        }
    }

    /** Waits for facts; new tasks alone are the history's thread's to read. Ends also when time is up or a drain is asked for. */
    private String pollUntilFacts(ManagedObjectReference collector, String from, long wanted) throws Exception {
        String version = from;
        while (drains.wanted() == wanted && !Thread.currentThread().isInterrupted()) {
            boolean isMore = inventory.hasUnread();
            isIdle = !isMore;
            UpdateSet set = await(collector, version, isMore ? RETRY_SECONDS : LONG_POLL_SECONDS);
            isIdle = false;
            if (set == null) {
                break;
            }
            version = set.getVersion();
            apply(set);
            if (!saysOnlyTasks(set)) {
                return Boolean.TRUE.equals(set.isTruncated()) ? drain(collector, version) : version;
            }
        }
        return version;
    }

    private static boolean saysOnlyTasks(UpdateSet set) {
        return !Boolean.TRUE.equals(set.isTruncated())
                && set.getFilterSet().stream()
                        .flatMap(filter -> filter.getObjectSet().stream())
                        .allMatch(InventoryWatch::isTasks);
    }

    private static boolean isTasks(ObjectUpdate update) {
        return InventoryFilter.TASKS.equals(update.getObj().getType());
    }

    /** Reads on until nothing is left. */
    private String drain(ManagedObjectReference collector, String from) throws Exception {
        String version = from;
        while (true) {
            UpdateSet set = await(collector, version, 0);
            entered.end(inventory::unwatched);
            if (set == null) {
                inventory.readDetails(reads);
                return version;
            }
            version = set.getVersion();
            boolean isMore = Boolean.TRUE.equals(set.isTruncated());
            take(set);
            if (isMore) {
                entered.begin(inventory.takeEntered());
            }
            inventory.readDetails(reads);
            if (!isMore) {
                return version;
            }
        }
    }

    /** @return null if there was nothing new in time, or the wait was cancelled: the version sent stays the one to send */
    private @Nullable UpdateSet await(ManagedObjectReference collector, String version, int seconds) throws Exception {
        WaitOptions options = new WaitOptions();
        options.setMaxWaitSeconds(seconds);
        try {
            UpdateSet set = port.waitForUpdatesEx(collector, version, options);
            drains.progressed();
            return set;
        } catch (Exception thrown) {
            if (VimFault.of(thrown) == VimFault.CANCELLED) {
                return seconds == 0 ? await(collector, version, 0) : null;
            }
            throw thrown;
        }
    }

    /** The stubs' objects are turned into ours page by page, so that a first sync of any size needs the memory of one page. */
    private void apply(UpdateSet set) throws Exception {
        take(set);
        inventory.readDetails(reads);
    }

    private void take(UpdateSet set) {
        for (PropertyFilterUpdate filter : set.getFilterSet()) {
            filter.getMissingSet().forEach(missing -> {
                if (missing.getFault() != null
                        && missing.getFault().getFault() instanceof com.vmware.vim25.NotAuthenticated) {
                    throw new Missing.SessionLostException();
                }
            });
            for (ObjectUpdate update : filter.getObjectSet()) {
                inventory.apply(update);
                if (isTasks(update)) {
                    changed.run();
                }
            }
        }
    }

    private java.time.Instant now() throws Exception {
        return VimTime.instant(port.currentTime(ApiSession.serviceInstance()));
    }

    /** After the thread that runs it has ended. */
    @Override
    public void close() {
        entered.close();
    }

    private void destroyQuietly(@Nullable ManagedObjectReference gone) {
        if (gone == null) {
            return;
        }
        try {
            port.destroyPropertyCollector(gone);
        } catch (Exception alreadyGone) {
            log.debug("destroying a collector: {}", alreadyGone.toString());
        }
    }
}
