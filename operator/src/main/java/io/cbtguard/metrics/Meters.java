package io.cbtguard.metrics;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The meters that alerts and dashboards may rest on: names, types and labels are a contract, and {@code docs/metrics.md} shows it. */
public enum Meters {
    VM_FORCE_FULL(
            Type.GAUGE,
            "cbtguard.vm.force.full",
            "1 while the next backup must be full; no series otherwise",
            Labels.VM_NAMESPACE,
            Labels.VM_NAME,
            Labels.VCENTER,
            "policy",
            Labels.REASON),
    VM_AT_RISK(
            Type.GAUGE,
            "cbtguard.vm.at.risk",
            "1 while the VM is at risk; no series otherwise",
            Labels.VM_NAMESPACE,
            Labels.VM_NAME,
            Labels.VCENTER,
            "policy",
            Labels.REASON),
    VM_UNKNOWN(
            Type.GAUGE,
            "cbtguard.vm.unknown",
            "1 while it cannot be told what the next backup must be; no series otherwise",
            Labels.VM_NAMESPACE,
            Labels.VM_NAME,
            Labels.VCENTER,
            Labels.REASON),
    VM_SUSPECT_RESTORE_POINTS(
            Type.GAUGE,
            "cbtguard.vm.suspect.restore.points",
            "Restore points that may be corrupt; no series at 0",
            Labels.VM_NAMESPACE,
            Labels.VM_NAME,
            Labels.VCENTER),
    VM_LAST_GOOD(
            Type.GAUGE,
            "cbtguard.vm.last.good.timestamp.seconds",
            "Time of the newest Good restore point, 0 if there is none (--per-vm-metrics)",
            Labels.VM_NAMESPACE,
            Labels.VM_NAME,
            Labels.VCENTER),
    RESTORE_TEST(
            Type.GAUGE,
            "cbtguard.restore.test.timestamp.seconds",
            "Time of the newest test restore that passed; no series where none ever did",
            Labels.VM_NAMESPACE,
            Labels.VM_NAME),
    VMS(
            Type.GAUGE,
            "cbtguard.vms",
            "ProtectedVMs by state: incremental, force_full, unknown, suspended, one of these each; and at_risk, rpo_exceeded",
            Labels.VCENTER,
            Labels.VM_NAMESPACE,
            "state"),
    FINDINGS(Type.COUNTER, "cbtguard.findings", "Causes found", Labels.VCENTER, Labels.REASON),
    DECISIONS(Type.COUNTER, "cbtguard.decisions", "Decisions given", Labels.VCENTER, "type", Labels.REASON),
    COMMITS(
            Type.COUNTER,
            "cbtguard.commits",
            "Reports judged, by the phase that the run ended in",
            Labels.VCENTER,
            Labels.OUTCOME),
    DETECTION(
            Type.HISTOGRAM,
            "cbtguard.detection",
            "From vCenter's time of a cause to the record written, corrected by the measured clock offset",
            Labels.VCENTER,
            Labels.REASON),
    DECISION(
            Type.HISTOGRAM,
            "cbtguard.decision",
            "From the request of a backup, as the operator saw it, to its decision",
            Labels.VCENTER),
    VCENTER_UP(Type.GAUGE, "cbtguard.vcenter.up", "1 while the watch is connected and current", Labels.VCENTER),
    VCENTER_SUSPENDED(
            Type.GAUGE,
            "cbtguard.vcenter.suspended",
            "1 while its VCenter is suspended, and is not to be up, else 0",
            Labels.VCENTER),
    VCENTER_LAST_CONTACT(
            Type.GAUGE,
            "cbtguard.vcenter.last.contact.timestamp.seconds",
            "vCenter's time at its last answer; NaN before the first and while there is no watch",
            Labels.VCENTER),
    VCENTER_LAG(
            Type.GAUGE,
            "cbtguard.vcenter.lag.seconds",
            "How far what is known of the inventory and of the events is behind, by stream; NaN as above",
            Labels.VCENTER,
            "stream"),
    VCENTER_EVENT_GAPS(
            Type.COUNTER,
            "cbtguard.vcenter.event.gaps",
            "Stretches of history that were found to be lost",
            Labels.VCENTER,
            Labels.REASON),
    VCENTER_REQUEST(
            Type.HISTOGRAM,
            "cbtguard.vcenter.request",
            "Requests to vCenter by SOAP method; outcome is ok, fault (a SOAP fault) or failed (no answer)",
            Labels.VCENTER,
            "method",
            Labels.OUTCOME),
    FULL_WAVE_WAITING(
            Type.GAUGE,
            "cbtguard.full.wave.waiting",
            "Full backups that wait for their turn under the VCenter's fullBudget",
            Labels.VCENTER),
    FULL_WAVE_RUNNING(
            Type.GAUGE,
            "cbtguard.full.wave.running",
            "Full backups that hold a place of the VCenter's fullBudget",
            Labels.VCENTER),
    HOST_AFFECTED(
            Type.GAUGE,
            "cbtguard.host.affected",
            "1 while the host runs a build that the advisory names; no series otherwise",
            Labels.VCENTER,
            "host",
            "version",
            "build",
            "advisory"),
    RECORDS_BLOCKED(
            Type.GAUGE,
            "cbtguard.records.blocked",
            "Records that are parked, or that this operator cannot read; no series at 0",
            Labels.VCENTER,
            Labels.REASON);

    /** As Prometheus names it. */
    public enum Type {
        GAUGE(""),
        COUNTER("_total"),
        /** Of durations. */
        HISTOGRAM("_seconds");

        private final String suffix;

        Type(String suffix) {
            this.suffix = suffix;
        }

        /** The word in a scrape's {@code # TYPE} line. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Type type;
    private final String id;
    private final String help;
    private final List<String> labels;

    Meters(Type type, String id, String help, String... labels) {
        this.type = type;
        this.id = id;
        this.help = help;
        this.labels = List.of(labels);
    }

    /** The name that Prometheus sees. */
    public String exported() {
        return id.replace('.', '_') + type.suffix;
    }

    public Type type() {
        return type;
    }

    public String help() {
        return help;
    }

    /** Names of its labels, each of them in every series; {@code vcenter} is {@code namespace/name}. */
    public List<String> labels() {
        return labels;
    }

    /** Micrometer's name. */
    String id() {
        return id;
    }

    /** @param values one for each label, in their order */
    Tags tags(List<String> values) {
        if (values.size() != labels.size()) {
            throw new IllegalArgumentException(this + " has the labels " + labels + ", not " + values);
        }
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            tags.add(Tag.of(labels.get(i), values.get(i)));
        }
        return Tags.of(tags);
    }

    private static final class Labels {
        static final String VCENTER = "vcenter";
        static final String VM_NAMESPACE = "vm_namespace";
        static final String VM_NAME = "vm_name";
        static final String REASON = "reason";
        static final String OUTCOME = "outcome";
    }
}
