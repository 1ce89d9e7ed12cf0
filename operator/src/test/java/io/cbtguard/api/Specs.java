package io.cbtguard.api;

/** What people write, right and wrong. */
final class Specs {
    static final String THUMBPRINT =
            "AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89";

    private Specs() {}

    /** A VCenter with its two required fields and more. */
    static String vcenter(String more) {
        return "spec: {server: https://vcenter.example.com, credentialsSecretRef: {name: vcenter-lab}%s}"
                .formatted(more.isEmpty() ? "" : ", " + more);
    }

    static String vcenterAt(String server) {
        return "spec: {server: \"%s\", credentialsSecretRef: {name: vcenter-lab}}".formatted(server);
    }

    static String protectedVm(String vm) {
        return "spec: {vcenterRef: {name: lab, namespace: backup}, policyRef: {name: gold}, vm: {%s}}".formatted(vm);
    }

    static String policy(String fields) {
        return "spec: {%s}".formatted(fields);
    }

    static String backup(String more) {
        return "spec: {protectedVMRef: {name: web-01}%s}".formatted(more.isEmpty() ? "" : ", " + more);
    }

    /** An advisory about a version that no host of any test runs. */
    static String advisory(String more) {
        return "spec: {title: a bug, remedy: take a full, %s}".formatted(more);
    }

    static String restore(String more) {
        return "spec: {protectedVMRef: {name: web-01}, kind: InPlace%s}".formatted(more.isEmpty() ? "" : ", " + more);
    }

    static String test(String fields) {
        return "spec: {protectedVMRef: {name: web-01}, kind: Test, %s}".formatted(fields);
    }

    static String reported(String disk) {
        return backup("report: {outcome: Succeeded, snapshot: {moRef: snapshot-77}, disks: [{%s}]}".formatted(disk));
    }
}
