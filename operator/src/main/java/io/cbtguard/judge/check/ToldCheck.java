package io.cbtguard.judge.check;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.judge.Facts;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import java.util.List;
import java.util.Optional;

/**
 * Causes that history tells of in one event: another identity of the VM, a linked clone's disks promoted, a stop that was no orderly
 * shutdown. It needs no sight of the VM.
 */
final class ToldCheck implements CbtCheck {
    static final String RESTARTED_BY_HA = "com.vmware.vc.ha.VmRestartedByHAEvent";

    @Override
    public List<Finding> inspect(Scene scene) {
        return told(scene.facts());
    }

    static List<Finding> told(Facts facts) {
        return facts.occurrences().stream().flatMap(o -> cause(o).stream()).toList();
    }

    private static Optional<Finding> cause(Occurrence o) {
        if (o.kind() == OccurrenceKind.IDENTITY) {
            return Optional.of(finding(
                    Reason.VmIdentityChanged,
                    o,
                    "The VM was registered, reloaded or given another identity (" + o.eventType()
                            + "): nobody can say that its change IDs still are those of these disks.",
                    "Take a full backup."));
        }
        if (o.kind() == OccurrenceKind.DISKS_PROMOTED) {
            return Optional.of(finding(
                    Reason.DisksPromoted,
                    o,
                    "The disks of the VM, a linked clone, were promoted: their file chains were rewritten.",
                    "Take a full backup."));
        }
        boolean unclean =
                o.kind() == OccurrenceKind.HOST_CRASHED || o.eventType().equals(RESTARTED_BY_HA);
        return unclean
                ? Optional.of(finding(
                        Reason.UncleanShutdown,
                        o,
                        "The VM or its host stopped without an orderly shutdown (" + o.eventType()
                                + "); tracking can be lost then, which the next change ID shows (KB 1020128).",
                        "Nothing to do, unless the policy says that a full is needed."))
                : Optional.empty();
    }

    private static Finding finding(Reason reason, Occurrence o, String message, String remedy) {
        Interval at = o.interval();
        return new Finding(
                Ids.of(reason, at, ""), reason, at, List.of(), Cure.Full, null, Evidence.of(o), message, remedy);
    }
}
