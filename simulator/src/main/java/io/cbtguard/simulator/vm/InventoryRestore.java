package io.cbtguard.simulator.vm;

import com.vmware.vim25.VmDiscoveredEvent;
import com.vmware.vim25.VmOrphanedEvent;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.inventory.Datacenter;
import io.cbtguard.simulator.inventory.Folder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the virtual machines when vCenter's database goes back to an older state. The hosts do not go back with
 * it: they tell what is there now. A VM that the database knows keeps the moRef that it had then; one that it does not
 * know is discovered under a new moRef, which may have been another VM's; one that is no longer there is orphaned.
 * Snapshots fare the same. Hosts, folders and places stay as they are.
 */
public final class InventoryRestore {
    /** Numbers that are given out anew; those of hosts and folders are not, as hosts and folders stay. */
    private static final List<String> KINDS = List.of("vm", "snapshot", "task");

    private final VmContext context;
    private final VmFactory factory;

    public InventoryRestore(VmActions actions) {
        context = actions.context();
        factory = actions.factory();
    }

    /** Virtual machines that the database did not expect, and those that it misses. */
    public record Outcome(List<VirtualMachine> discovered, List<VirtualMachine> orphaned) {}

    /** To be called under the inventory's lock, when no session is open and no task runs. */
    public Outcome restore(InventoryBackup backup) {
        Vcenter vcenter = context.vcenter();
        vcenter.ids().restore(backup.counters(), KINDS);
        Map<VirtualMachine, InventoryBackup.@Nullable Entry> renamed = new LinkedHashMap<>();
        List<InventoryBackup.Entry> missing = new ArrayList<>(backup.entries());
        for (VirtualMachine vm : vcenter.registry().all(VirtualMachine.class)) {
            InventoryBackup.Entry entry = backup.of(vm);
            missing.remove(entry);
            if (entry != null) {
                vm.restoreCustomTexts(entry.customTexts());
            }
            if (entry == null || !entry.namesAll(vm)) {
                renamed.put(vm, entry);
            }
        }
        // where they are, before they leave it; and all leave before one of them takes another's moRef
        Map<VirtualMachine, VmFactory.Place> places = new LinkedHashMap<>();
        renamed.forEach((vm, entry) -> places.put(vm, place(vm, entry)));
        renamed.keySet().forEach(factory::exit);
        List<VirtualMachine> discovered = new ArrayList<>();
        renamed.forEach((vm, entry) -> {
            VirtualMachine again = again(vm, entry, Objects.requireNonNull(places.get(vm)));
            if (entry == null) {
                discovered.add(again);
            }
        });
        return new Outcome(discovered, missing.stream().map(this::orphan).toList());
    }

    private static VmFactory.Place place(VirtualMachine vm, InventoryBackup.@Nullable Entry entry) {
        Datacenter datacenter = vm.ancestor(Datacenter.class);
        Folder folder = entry == null && datacenter != null ? datacenter.vmFolder() : vm.folder();
        return new VmFactory.Place(folder, vm.host(), vm.datastore());
    }

    private VirtualMachine again(VirtualMachine old, InventoryBackup.@Nullable Entry entry, VmFactory.Place place) {
        VirtualMachine vm = entry == null
                ? factory.make(old.name(), old.config(), place)
                : factory.make(entry.ref(), old.name(), old.config(), place);
        vm.takeOver(old);
        vm.restoreCustomTexts(entry == null ? Map.of() : entry.customTexts());
        SnapshotCopies.rehang(old, vm, context.vcenter(), snapshot -> {
            MoRef known = entry == null ? null : entry.snapshots().get(snapshot.id());
            return known == null ? SnapshotCopies.newRef(context.vcenter()) : known;
        });
        factory.enter(vm, place);
        return vm;
    }

    private VirtualMachine orphan(InventoryBackup.Entry entry) {
        VmFactory.Place place = new VmFactory.Place(entry.folder(), entry.host(), entry.datastore());
        VirtualMachine vm =
                factory.make(entry.ref(), entry.name(), entry.config().copy(), place);
        vm.setOrphaned();
        vm.restoreCustomTexts(entry.customTexts());
        factory.enter(vm, place);
        return vm;
    }

    /** Posts what vCenter has found out about its hosts. */
    public void tell(Outcome outcome) {
        for (VirtualMachine vm : outcome.discovered()) {
            String text = "Discovered " + vm.name() + " on " + vm.host().name();
            context.post(new VmDiscoveredEvent(), vm, "", text);
        }
        for (VirtualMachine vm : outcome.orphaned()) {
            String text = "Virtual machine " + vm.name() + " does not exist on "
                    + vm.host().name();
            context.post(new VmOrphanedEvent(), vm, "", text);
        }
    }
}
