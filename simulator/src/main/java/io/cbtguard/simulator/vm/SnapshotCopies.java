package io.cbtguard.simulator.vm;

import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.Vcenter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Carries a snapshot tree over to the same VM under another moRef. */
final class SnapshotCopies {
    private SnapshotCopies() {}

    /** Under new moRefs. */
    static void rehang(VirtualMachine from, VirtualMachine to, Vcenter vcenter) {
        rehang(from, to, vcenter, any -> newRef(vcenter));
    }

    static MoRef newRef(Vcenter vcenter) {
        return new MoRef("VirtualMachineSnapshot", "snapshot-" + vcenter.ids().next("snapshot", 2001));
    }

    /**
     * @param refs the moRef of a copy, by the snapshot that is copied
     */
    static void rehang(VirtualMachine from, VirtualMachine to, Vcenter vcenter, Function<Snapshot, MoRef> refs) {
        Map<Snapshot, Snapshot> copies = new HashMap<>();
        for (Snapshot old : from.snapshots().all()) {
            Snapshot copy = old.under(refs.apply(old), to);
            to.snapshots().stand(old.parent() == null ? null : copies.get(old.parent()));
            to.snapshots().add(copy);
            copies.put(old, copy);
            vcenter.registry().add(copy);
        }
        to.snapshots().countOnFrom(from.snapshots());
        Snapshot current = from.snapshots().current();
        to.snapshots().stand(current == null ? null : copies.get(current));
    }
}
