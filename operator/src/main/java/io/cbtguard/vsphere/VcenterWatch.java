package io.cbtguard.vsphere;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A running watch of one vCenter: one API session, one property filter, one history tail, whatever the number of VMs. It
 * recovers from every outage by itself, with back-off; callers only read views and are told what changed.
 */
public interface VcenterWatch extends AutoCloseable {
    /** The newest complete view; empty until the first full sync. Kept through an outage: its age is told by {@link #health}. */
    Optional<VcenterView> view();

    Health health();

    Reach reach();

    /**
     * Waits for a view at least as new as this call: vCenter's time is asked, the long poll ended, property updates drained until
     * not truncated, history drained up to the latest event, tasks in flight read. Calls that wait together share one round trip.
     *
     * @return the view reached; completes exceptionally with {@link VcenterUnavailableException} when vCenter is away
     */
    CompletableFuture<VcenterView> barrier();

    /**
     * Says which VMs have a record, by moRef, so that history of others is not kept for them.
     */
    void setConcerned(Set<String> vmMoRefs);

    /**
     * Acknowledges history for one VM: every occurrence read at or before {@code through} has its consequence stored.
     */
    void acknowledge(String vmMoRef, Position through);

    /** The position up to which all concerned VMs have acknowledged: where a new watch may resume. Null before the first read. */
    @Nullable Position cursor();

    /**
     * Reads history of one VM again from a position on, for a record that went back or a VM that was out of sight.
     *
     * @return occurrences oldest first, a {@code GAP} among them for what can no longer be read
     */
    CompletableFuture<List<Occurrence>> readAgain(String vmMoRef, Position from);

    /** Closes the watch, logs out of vCenter. */
    @Override
    void close();

    /**
     * @param connected whether the watch is connected and current
     * @param outage why not; null while connected or still connecting for the first time
     * @param message what was seen and what to do, for people; empty while connected
     * @param since when (operator's clock, for display only) the present state began
     * @param lastContact vCenter's time at the last answer, null before the first
     * @param missingPrivileges required minus granted, with their purpose
     * @param eventRetention how long vCenter keeps events; null if it could not be read
     */
    record Health(
            boolean connected,
            @Nullable Outage outage,
            String message,
            Instant since,
            @Nullable Instant lastContact,
            List<String> missingPrivileges,
            @Nullable Duration eventRetention) {}

    /**
     * How far each stream is known, in vCenter's time; null before the first reading.
     *
     * @param inventory properties; while the watch waits and nothing has changed, they are as new as the last contact
     * @param events history
     */
    record Reach(@Nullable Instant inventory, @Nullable Instant events) {}

    /** Told of changes, on the watch's own thread: must return at once. */
    interface Listener {
        /** A view was published; these VMs have changed facts, tasks or new occurrences (also VMs that are gone). */
        void changed(VcenterView view, Set<String> vmMoRefs);

        void healthChanged(Health health);

        /**
         * A request was answered, or was not. Said on whatever thread made it.
         *
         * @param method the SOAP operation
         * @param outcome {@code ok}, {@code fault} for a SOAP fault, {@code failed} if there was no answer
         */
        default void requested(String method, String outcome, Duration took) {}
    }

    /** Opens watches. The one seam between the operator and a vCenter. */
    interface Factory {
        VcenterWatch open(VcenterTarget target, Listener listener);
    }
}
