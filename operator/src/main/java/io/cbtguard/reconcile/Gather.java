package io.cbtguard.reconcile;

import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.Facts;
import io.cbtguard.judge.record.Sighting;
import io.cbtguard.judge.record.VmRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Picks from a view what is known of one VM. */
final class Gather {
    private Gather() {}

    /**
     * @param replayed history that was read again for this VM besides
     */
    static Facts facts(VmRecord record, VcenterView view, List<Occurrence> replayed, Instant now, boolean fresh) {
        String moRef = record.binding().moRef();
        VirtualMachine vm = vm(record, view).orElse(null);
        List<Occurrence> occurrences = new ArrayList<>(replayed);
        occurrences.addAll(view.occurrences(moRef));
        return new Facts(
                vm,
                hosts(record, view, vm, occurrences),
                view.tasksInFlight(moRef),
                occurrences,
                view.through(),
                now.isBefore(view.observedAt()) ? view.observedAt() : now,
                fresh);
    }

    /** Whether the VM that was out of sight is shown again: this very VM, not another one that has its moRef now. */
    static boolean isBackInSight(VmRecord record, VcenterView view) {
        return record.sighting() != null
                && record.sighting().lostSince() != null
                && vm(record, view).isPresent();
    }

    /** Whether the VM has been out of sight for longer than this. */
    static boolean isLost(VmRecord record, VcenterView view, Instant now, Duration grace) {
        return record.sighting() != null
                && record.sighting().lostSince() != null
                && !now.isBefore(record.sighting().lostSince().time().plus(grace))
                && vm(record, view).isEmpty();
    }

    private static Optional<VirtualMachine> vm(VmRecord record, VcenterView view) {
        return view.vm(record.binding().moRef())
                .filter(found -> found.instanceUuid().isEmpty()
                        || found.instanceUuid().equals(record.binding().vmUuid()));
    }

    /** What can be said while there is no view: nothing is known beyond the record. */
    static Facts none(VmRecord record, Instant now) {
        Instant latest = record.evidenceThrough().time();
        return new Facts(
                null,
                Map.of(),
                List.of(),
                List.of(),
                record.evidenceThrough(),
                now.isBefore(latest) ? latest : now,
                false);
    }

    private static Map<String, Host> hosts(
            VmRecord record, VcenterView view, @Nullable VirtualMachine vm, List<Occurrence> occurrences) {
        Map<String, Host> hosts = new HashMap<>();
        Sighting before = record.sighting();
        if (before != null && before.host() != null) {
            view.host(before.host()).ifPresent(host -> hosts.put(host.moRef(), host));
        }
        if (vm != null && vm.host() != null) {
            view.host(vm.host()).ifPresent(host -> hosts.put(host.moRef(), host));
        }
        for (Occurrence occurrence : occurrences) {
            if (occurrence.host() != null) {
                view.host(occurrence.host()).ifPresent(host -> hosts.put(host.moRef(), host));
            }
        }
        return hosts;
    }
}
