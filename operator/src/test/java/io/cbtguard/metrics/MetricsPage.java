package io.cbtguard.metrics;

/** Writes the page of metrics. */
final class MetricsPage {
    private MetricsPage() {}

    static String text() {
        StringBuilder page = new StringBuilder("""
                # Metrics

                Generated from `io.cbtguard.metrics.Meters`; to change it, change the table there and run
                `%s`.

                The operator answers `GET /metrics` on its HTTP port in Prometheus' text format, or in OpenMetrics when asked. Names, types and
                labels in this table are a contract: a change of them is named in the changelog. `vcenter` is `namespace/name` of the VCenter,
                `vm_namespace` and `vm_name` are those of the ProtectedVM, and a `reason` is one of [these](reasons.md). Times are vCenter's.

                | metric | type | labels | meaning |
                |---|---|---|---|
                """.formatted(MetricsPageTest.REGENERATE));
        for (Meters m : Meters.values()) {
            page.append("| `%s` | %s | %s | %s |%n"
                    .formatted(m.exported(), m.type().word(), String.join(", ", m.labels()), m.help()));
        }
        page.append("""

                ## What to know when you query them

                * A gauge goes with its object: when the ProtectedVM or the VCenter is deleted, and when the state that it tells of is over.
                  Counters and histograms of a VCenter that was deleted stay until the operator is restarted.
                * Only the replica that leads has these series, the others have those of their JVM. After a change of the leader counters begin
                  at 0, and the gauges come back with the first look at each object; the alerts of the chart bridge that.
                * `cbtguard_vm_last_good_timestamp_seconds` is one series for each ProtectedVM even while all is well. `--per-vm-metrics=auto`
                  leaves it out where there are more than 5,000 of them; `on` and `off` do not count.
                * `cbtguard_vms{state="rpo_exceeded"}` counts those whose condition AtRisk says `RPOExceeded`; one that has a worse reason is
                  counted under `at_risk` alone.
                * `cbtguard_decisions_total` and `cbtguard_commits_total` count what is shown in a VMBackup's status, each once. One that names a
                  ProtectedVM which does not exist has an empty `vcenter`.
                * `cbtguard_vcenter_request_seconds` has the wait for property updates in it (`WaitForUpdatesEx`), which lasts up to a minute
                  where nothing happens.
                * Each histogram has a gauge beside it that ends in `_max`: the largest value of the last minutes.
                * Further series are those of the JVM (`jvm_`, `process_`, `system_`) and of the Java Operator SDK (`operator_sdk_`).
                """);
        return page.toString();
    }
}
