package io.cbtguard.page;

import io.cbtguard.explain.Case;
import io.cbtguard.explain.Consequences;
import io.cbtguard.explain.Estate;
import io.cbtguard.explain.Guarded;
import io.cbtguard.explain.WhatIf;
import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.Advisory;
import io.cbtguard.judge.record.Sighting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers what would follow from something. */
final class WhatIfAnswers {
    private final Estate estate;

    WhatIfAnswers(Estate estate) {
        this.estate = estate;
    }

    Consequences host(Parameters parameters) {
        String vcenter = parameters.required("vcenter", "NAMESPACE/NAME");
        Host host = Named.host(estate, vcenter, parameters.required("host", "NAME_OR_MOREF"));
        EsxBuild build = Named.build(parameters.required("build", "VERSION-BUILD"));
        List<Guarded> there = estate.vms().stream()
                .filter(vm -> vm.vcenter().equals(vcenter))
                .filter(vm -> host.moRef().equals(hostOf(vm.matter())))
                .toList();
        return Consequences.of(
                "If host " + host.name() + ", which runs "
                        + (host.build() == null ? "an unknown build" : host.build()) + ", ran " + build
                        + " with the VMs that are on it now:",
                there,
                matter -> WhatIf.upgraded(matter, host, build),
                List.of("A VM that is moved away before the upgrade comes to run on the other host's build instead."));
    }

    Consequences revert(Parameters parameters) {
        Guarded vm = Named.vm(estate, parameters.required("vm", "NAMESPACE/NAME"));
        String name = parameters.required("snapshot", "NAME_OR_MOREF");
        Case matter = vm.matter();
        VirtualMachine seen = matter == null ? null : matter.facts().vm();
        if (seen == null) {
            throw new UnanswerableException(
                    409, vm.fullName() + " cannot be seen at the moment, so its snapshots are not known");
        }
        Snapshot snapshot = Named.snapshot(seen, name);
        return Consequences.of(
                "If " + vm.fullName() + " were reverted to snapshot " + snapshot.name() + " (" + snapshot.moRef()
                        + ") now:",
                List.of(vm),
                m -> WhatIf.reverted(m, snapshot),
                List.of("Restore points that exist stay what they are; incrementals that are taken after the revert"
                        + " on a change ID from before it would be Suspect."));
    }

    Consequences advisory(String document) {
        List<Advisory> inForce;
        try {
            inForce = estate.inForceWith(document);
        } catch (IllegalArgumentException e) {
            throw new UnanswerableException(400, String.valueOf(e.getMessage()));
        }
        return Consequences.of(
                "If this advisory were applied:",
                estate.vms(),
                matter -> WhatIf.advised(matter, inForce),
                List.of("The API server's own rules for a CBTAdvisory were not asked."));
    }

    private static @Nullable String hostOf(@Nullable Case matter) {
        if (matter == null) {
            return null;
        }
        VirtualMachine vm = matter.facts().vm();
        Sighting sighting = matter.record().sighting();
        return vm != null ? vm.host() : sighting == null ? null : sighting.host();
    }
}
