package io.cbtguard.inventory;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One immutable picture of a vCenter. Inventory and history belong together: a view is published only after history was read at
 * least up to the moment its property updates were received, so what an event explains never looks unexplained.
 */
public interface VcenterView {
    VcenterAbout about();

    /** Rises with every published view of this watch; starts anew with every watch. */
    long version();

    /**
     * Up to where properties and history are known: the key of the last event read and vCenter's time when reading ended.
     */
    Position through();

    /** vCenter's clock at the last contact. */
    Instant observedAt();

    /** True once the first full sync ended; before that, a VM that is missing is not known to be gone. */
    boolean synced();

    Optional<VirtualMachine> vm(String moRef);

    Collection<VirtualMachine> vms();

    Optional<Host> host(String moRef);

    Collection<Host> hosts();

    /** Queued and running tasks on the VM that could be a cause or a mint. */
    List<TaskInFlight> tasksInFlight(String vmMoRef);

    /**
     * What history says of this VM, of the hosts it was on and of the whole vCenter (gaps) that is read but not yet acknowledged,
     * oldest first. Handling it twice must change nothing.
     */
    List<Occurrence> occurrences(String vmMoRef);

    /**
     * The newest of the stretches of the whole vCenter's history that this watch found it cannot read, oldest first, acknowledged
     * or not. Each VM has a copy among its occurrences until that is acknowledged.
     */
    List<Interval> gaps();
}
