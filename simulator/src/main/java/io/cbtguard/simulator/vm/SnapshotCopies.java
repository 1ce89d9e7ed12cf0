package io.cbtguard.simulator.vm;

import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.Vcenter;
import java.util.HashMap;
import java.util.Map;

/** Carries a snapshot tree over to the same VM under another moRef. */
final class SnapshotCopies {
    private SnapshotCopies() {}

    static void rehang(VirtualMachine from, VirtualMachine to, Vcenter vcenter) {
        Map<Snapshot, Snapshot> copies = new HashMap<>();
        for (Snapshot old : from.snapshots().all()) {
            MoRef ref = new MoRef(
                    "VirtualMachineSnapshot", "snapshot-" + vcenter.ids().next("snapshot", 2001));
            Snapshot copy = old.under(ref, to);
            to.snapshots().stand(old.parent() == null ? null : copies.get(old.parent()));
            to.snapshots().add(copy);
            to.snapshots().nextId();
            copies.put(old, copy);
            vcenter.registry().add(copy);
        }
        Snapshot current = from.snapshots().current();
        to.snapshots().stand(current == null ? null : copies.get(current));
    }
}
