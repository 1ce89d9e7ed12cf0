package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.Reason;
import io.cbtguard.reconcile.ProtectedVmProjection.Freshness;
import java.util.Optional;

/** Says whether what is known of a VM is current, and if not, why. */
final class Freshnesses {
    private Freshnesses() {}

    static Freshness of(Parts parts, ProtectedVM vm, Kept<Boolean> kept) {
        Optional<OpenWatch> watch = parts.watches().get(Informed.vcenterOf(vm));
        Optional<VCenter> vcenter = parts.informed().vcenter(Informed.vcenterOf(vm));
        if (vcenter.isEmpty()) {
            return new Freshness(false, Reason.VCenterNotFound, "The VCenter is gone; nothing new is known.");
        }
        if (vcenter.get().getSpec().suspend()) {
            return new Freshness(false, Reason.Suspended, "The VCenter is suspended; nothing new is known.");
        }
        if (kept.obstacle() != null) {
            boolean away = watch.isPresent() && watch.get().watch().health().outage() != null;
            return away
                    ? new Freshness(false, Reason.VCenterUnreachable, away(watch.get()))
                    : new Freshness(false, kept.obstacle(), kept.message());
        }
        if (watch.isPresent() && !watch.get().fresh()) {
            return new Freshness(false, Reason.VCenterUnreachable, away(watch.get()));
        }
        VirtualMachine seen = kept.facts() == null ? null : kept.facts().vm();
        if (seen == null) {
            return new Freshness(false, Reason.VMNotFound, "vCenter's inventory does not show the VM.");
        }
        return seen.connected()
                ? Freshness.CURRENT
                : new Freshness(false, Reason.VCenterUnreachable, "vCenter cannot see the VM; its host is away.");
    }

    private static String away(OpenWatch watch) {
        return "vCenter is away since " + watch.watch().health().since() + ": "
                + watch.watch().health().message();
    }
}
