package io.cbtguard.testkit.proxy;

import java.util.Set;

/** What a request is to the enumeration of writes. */
enum RequestKind {
    /** Changes nothing: reads, dry runs, and the reviews that ask who one is and what one may do. */
    READ,
    /** A write that belongs to the workload: one crash plan each. */
    WRITE,
    /** A write that comes by the clock or only tells: leases and Kubernetes Events. Counted apart, never a plan. */
    HOUSEKEEPING;

    private static final Set<String> MUTATING = Set.of("POST", "PUT", "PATCH", "DELETE");

    static RequestKind of(String verb, String target) {
        if (!MUTATING.contains(verb)) {
            return READ;
        }
        int query = target.indexOf('?');
        var path = query < 0 ? target : target.substring(0, query);
        if (query >= 0 && target.substring(query).contains("dryRun=All")) {
            return READ;
        }
        if (path.startsWith("/apis/authorization.k8s.io/") || path.startsWith("/apis/authentication.k8s.io/")) {
            return READ;
        }
        boolean event =
                path.startsWith("/apis/events.k8s.io/") || path.matches("/api/v1(/namespaces/[^/]+)?/events(/.*)?");
        boolean lease = path.startsWith("/apis/coordination.k8s.io/");
        return event || lease ? HOUSEKEEPING : WRITE;
    }
}
