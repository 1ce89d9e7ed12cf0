package io.cbtguard.simulator.property;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.PropertyFilterUpdate;
import com.vmware.vim25.UpdateSet;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** One collector of one session: its filters, the versions it gave out, and who waits on it. */
final class PropertyCollector extends ManagedObject implements Session.Dependant {
    /** What a vCenter puts into one answer, whatever is asked. */
    static final int PAGE = 100;

    private static final PropertyTable TABLE = PropertyTable.<PropertyCollector>type("PropertyCollector")
            .list("filter", ManagedObjectReference.class, collector -> MoRef.list(collector.filters))
            .build();

    private final Registry registry;
    private final Session session;
    private final Condition wake;
    private final List<PropertyFilter> filters = new ArrayList<>();
    private final Versions versions;
    private int cancellations;
    private boolean destroyed;

    PropertyCollector(MoRef ref, Registry registry, Session session) {
        super(ref);
        this.registry = registry;
        this.session = session;
        this.wake = registry.newCondition();
        this.versions = new Versions(ref);
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    PropertyFilter createFilter(MoRef ref, PropertyFilterSpec spec, boolean partialUpdates) {
        PropertyFilter filter = new PropertyFilter(ref, spec, partialUpdates, session, this::lookup, wake::signalAll);
        filters.add(filter);
        registry.listen(filter);
        session.keep(filter);
        wake.signalAll();
        return filter;
    }

    @Nullable ManagedObject lookup(MoRef ref) {
        ManagedObject own = session.find(ref);
        if (own != null) {
            return own;
        }
        return session.sees(ref) ? registry.find(ref) : null;
    }

    void destroyFilter(PropertyFilter filter) {
        if (filters.remove(filter)) {
            registry.forget(filter);
            session.drop(filter);
        }
    }

    boolean owns(PropertyFilter filter) {
        return filters.contains(filter);
    }

    void destroy() {
        List.copyOf(filters).forEach(this::destroyFilter);
        session.drop(this);
        destroyed = true;
        wake.signalAll();
    }

    @Override
    public void sessionEnded() {
        filters.forEach(registry::forget);
        filters.clear();
        wake.signalAll();
    }

    /** Ends the waits under way. */
    void cancelWaits() {
        cancellations++;
        wake.signalAll();
    }

    /**
     * The updates since a version. Waits for the first when there is none.
     *
     * @param version what an earlier answer carried; empty for everything
     * @param maxWaitMillis how long to wait; 0 is not at all, negative is without end
     * @param maxObjects objects in one answer; the server's own limit holds besides
     * @return null when nothing came in time
     */
    @Nullable UpdateSet wait(@Nullable String version, long maxWaitMillis, int maxObjects) {
        boolean all = version == null || version.isEmpty();
        switch (versions.accept(version)) {
            case RESTART -> filters.forEach(PropertyFilter::restart);
            case GO_ON -> filters.forEach(PropertyFilter::acknowledge);
            case TELL_AGAIN -> filters.forEach(PropertyFilter::tellAgain);
            case REFUSE -> throw Faults.invalidCollectorVersion();
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(maxWaitMillis);
        int seen = cancellations;
        int asked = versions.asked();
        while (!all && !hasPending()) {
            if (!await(maxWaitMillis, deadline)) {
                return null;
            }
            if (!session.isOpen()) {
                throw Faults.notAuthenticated(toVim());
            }
            if (destroyed) {
                throw Faults.notFound(ref());
            }
            if (seen != cancellations) {
                throw Faults.requestCanceled();
            }
            if (asked != versions.asked()) {
                // another call on this collector took over: this one's version is no longer the last
                throw Faults.invalidCollectorVersion();
            }
        }
        return page(Math.min(PAGE, maxObjects));
    }

    private boolean hasPending() {
        boolean any = false;
        for (PropertyFilter filter : filters) {
            any |= filter.hasPending();
        }
        return any;
    }

    private boolean await(long maxWaitMillis, long deadline) {
        try {
            if (maxWaitMillis < 0) {
                wake.await();
                return true;
            }
            long left = deadline - System.nanoTime();
            return left > 0 && wake.awaitNanos(left) > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private UpdateSet page(int limit) {
        UpdateSet updates = new UpdateSet();
        int left = limit;
        for (PropertyFilter filter : filters) {
            PropertyFilterUpdate update = filter.take(left);
            if (update != null) {
                updates.getFilterSet().add(update);
                left -= update.getObjectSet().size();
            }
        }
        boolean truncated = hasPending();
        updates.setTruncated(truncated ? true : null);
        updates.setVersion(versions.issue(truncated));
        return updates;
    }
}
