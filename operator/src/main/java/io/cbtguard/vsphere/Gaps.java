package io.cbtguard.vsphere;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;

/** Stretches of history that nothing is known of, as occurrences. */
final class Gaps {
    private Gaps() {}

    /** A gap that is no VM's yet. */
    static Occurrence of(Interval interval, Position read, String why) {
        return new Occurrence(OccurrenceKind.GAP, interval, read, null, null, 0, "", "", "", "", "", true, "", why);
    }

    /** What concerns several VMs, for one of them. */
    static Occurrence forVm(Occurrence shared, String vm) {
        return new Occurrence(
                shared.kind(),
                shared.interval(),
                shared.read(),
                vm,
                shared.host(),
                shared.eventKey(),
                shared.eventType(),
                shared.task(),
                shared.taskKey(),
                shared.snapshot(),
                shared.fault(),
                shared.started(),
                shared.user(),
                shared.message());
    }
}
