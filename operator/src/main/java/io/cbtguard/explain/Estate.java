package io.cbtguard.explain;

import io.cbtguard.inventory.Host;
import io.cbtguard.judge.Advisory;
import java.util.List;
import java.util.Optional;

/** What the operator knows at this moment; asking changes nothing. */
public interface Estate {
    /**
     * One line about a ProtectedVM, as its status says it.
     *
     * @param next Full, Incremental or Unknown; empty while nothing is known
     * @param atRisk why the VM is at risk; empty if it is not
     */
    record Line(String namespace, String name, String vcenter, String next, String reason, String atRisk) {}

    /** Whether all that is in the cluster has been seen, so that what is not here does not exist. */
    boolean ready();

    List<Line> lines();

    Optional<Guarded> vm(String namespace, String name);

    /** Every ProtectedVM. */
    List<Guarded> vms();

    /** Hosts of a VCenter; empty if there is no view of it. */
    Optional<List<Host>> hosts(String vcenterNamespace, String vcenter);

    /**
     * The advisories that would be in force with this one.
     *
     * @param document a CBTAdvisory as YAML or JSON
     * @throws IllegalArgumentException if it is none; the message says why
     */
    List<Advisory> inForceWith(String document);
}
