package io.cbtguard.simulator.vm;

import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.inventory.Folder;
import io.cbtguard.simulator.inventory.HostSystem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What vCenter's own database knew of the virtual machines at one time: their moRefs, and which come next. */
public final class InventoryBackup {
    private final List<Entry> entries;
    private final Map<String, Integer> counters;

    private InventoryBackup(List<Entry> entries, Map<String, Integer> counters) {
        this.entries = entries;
        this.counters = counters;
    }

    /**
     * One virtual machine.
     *
     * @param config as it was, for the case that the VM is no longer there
     * @param snapshots moRefs by the number that a snapshot has in its VM
     * @param customTexts values of custom attributes, by key
     */
    record Entry(
            MoRef ref,
            String name,
            VmConfig config,
            Folder folder,
            HostSystem host,
            io.cbtguard.simulator.inventory.Datastore datastore,
            Map<Integer, MoRef> snapshots,
            Map<Integer, String> customTexts) {
        static Entry of(VirtualMachine vm) {
            Map<Integer, MoRef> snapshots = new HashMap<>();
            vm.snapshots().all().forEach(snapshot -> snapshots.put(snapshot.id(), snapshot.ref()));
            return new Entry(
                    vm.ref(),
                    vm.name(),
                    vm.config().copy(),
                    vm.folder(),
                    vm.host(),
                    vm.datastore(),
                    snapshots,
                    vm.customTexts());
        }

        boolean isOf(VirtualMachine vm) {
            return config.vmPathName.equals(vm.config().vmPathName) || config.instanceUuid.equals(vm.instanceUuid());
        }

        /** Whether VM and snapshots have the moRefs that they had then, and none is new. */
        boolean namesAll(VirtualMachine vm) {
            return ref.equals(vm.ref())
                    && vm.snapshots().all().stream()
                            .allMatch(snapshot -> snapshot.ref().equals(snapshots.get(snapshot.id())));
        }
    }

    /** The present; to be called under the inventory's lock. */
    public static InventoryBackup take(Vcenter vcenter) {
        return new InventoryBackup(
                vcenter.registry().all(VirtualMachine.class).stream()
                        .map(Entry::of)
                        .toList(),
                vcenter.ids().counters());
    }

    List<Entry> entries() {
        return entries;
    }

    @Nullable Entry of(VirtualMachine vm) {
        return entries.stream().filter(entry -> entry.isOf(vm)).findFirst().orElse(null);
    }

    /** The next numbers of moRefs. */
    Map<String, Integer> counters() {
        return counters;
    }
}
