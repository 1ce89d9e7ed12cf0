package io.cbtguard.explain;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.Advisory;
import io.cbtguard.judge.Facts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cases as they would be a moment from now if something happened. */
public final class WhatIf {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private WhatIf() {}

    /** If this host ran another build, with the VMs that are on it now. */
    public static Case upgraded(Case matter, Host host, EsxBuild build) {
        Facts facts = matter.facts();
        Map<String, Host> hosts = new HashMap<>(facts.hosts());
        hosts.put(host.moRef(), new Host(host.moRef(), host.name(), build, true));
        return with(matter, facts.vm(), hosts, facts.occurrences());
    }

    /** If the VM were reverted to this snapshot, one of its own. */
    public static Case reverted(Case matter, Snapshot snapshot) {
        Facts facts = matter.facts();
        Position then = later(facts.through());
        List<Occurrence> occurrences = new ArrayList<>(facts.occurrences());
        occurrences.add(new Occurrence(
                OccurrenceKind.REVERTED,
                Interval.at(then),
                then,
                matter.record().binding().moRef(),
                null,
                0,
                "",
                "vm.Snapshot.revert",
                "what-if",
                snapshot.name(),
                "",
                true,
                "",
                ""));
        VirtualMachine vm = facts.vm();
        return with(matter, vm == null ? null : onSnapshot(vm, snapshot.moRef()), facts.hosts(), occurrences);
    }

    /** If these advisories were in force. */
    public static Case advised(Case matter, List<Advisory> inForce) {
        return new Case(matter.record(), matter.facts(), matter.protection().under(inForce));
    }

    private static Case with(
            Case matter, @Nullable VirtualMachine vm, Map<String, Host> hosts, List<Occurrence> occurrences) {
        Facts facts = matter.facts();
        return new Case(
                matter.record(),
                new Facts(
                        vm,
                        Map.copyOf(hosts),
                        facts.inFlight(),
                        List.copyOf(occurrences),
                        later(facts.through()),
                        facts.now().plus(MOMENT),
                        facts.fresh()),
                matter.protection());
    }

    private static Position later(Position through) {
        return new Position(through.epoch(), through.key(), through.time().plus(MOMENT));
    }

    private static VirtualMachine onSnapshot(VirtualMachine vm, String snapshot) {
        return new VirtualMachine(
                vm.moRef(),
                vm.instanceUuid(),
                vm.name(),
                vm.inventoryPath(),
                vm.host(),
                vm.connected(),
                vm.powerState(),
                vm.consolidationNeeded(),
                vm.changeVersion(),
                vm.changeTrackingEnabled(),
                vm.configRead(),
                vm.disks(),
                vm.snapshots(),
                snapshot);
    }
}
