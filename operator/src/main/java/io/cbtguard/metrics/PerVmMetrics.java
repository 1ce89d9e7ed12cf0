package io.cbtguard.metrics;

/** Whether each VM has a series of its own even while all is well. */
public enum PerVmMetrics {
    /** While there are at most {@value #MANY} ProtectedVMs. */
    auto,
    on,
    off;

    /** So many series cost a Prometheus little. */
    static final int MANY = 5000;

    boolean shown(int vms) {
        return this == on || (this == auto && vms <= MANY);
    }
}
