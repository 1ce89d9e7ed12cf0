package io.cbtguard.judge.record;

import io.cbtguard.inventory.Interval;
import io.cbtguard.judge.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cause applied to one scope.
 *
 * @param id the same for the same cause, however often it is learned
 * @param reason the closed word for the cause
 * @param at when it happened, in vCenter's order
 * @param disks identities of the disks concerned; empty means the whole VM
 * @param cure what ends its effect
 * @param sparesEpoch baselines of this epoch UUID are not touched (they began after the cause); null if it spares none
 * @param message what happened and what it means for a restore
 * @param remedy what a person should do
 */
public record Finding(
        String id,
        Reason reason,
        Interval at,
        List<String> disks,
        Cure cure,
        @Nullable String sparesEpoch,
        Evidence evidence,
        String message,
        String remedy) {
    public Finding {
        disks = List.copyOf(disks);
    }

    public boolean concerns(String disk) {
        return disks.isEmpty() || disks.contains(disk);
    }

    public Finding with(Interval interval, Evidence better, String text) {
        return new Finding(id, reason, interval, disks, cure, sparesEpoch, better, text, remedy);
    }
}
