package io.cbtguard.judge;

import io.cbtguard.judge.Advisory.Affected;
import io.cbtguard.judge.Advisory.Suspects;
import io.cbtguard.judge.Advisory.Trigger;
import java.util.List;

/** Vendor bulletins as tests need them. */
final class Bulletins {
    private Bulletins() {}

    /** About builds of ESXi 6.0 up to the one that is fixed. */
    static Advisory builds(Suspects suspects, String... exceptHosts) {
        return new Advisory(
                "broadcom-317933",
                "Wrong changed sectors on ESXi 6.0",
                Trigger.HostBuild,
                List.of(new Affected("6.0.0", 2494585, 3247720L)),
                List.of(exceptHosts),
                0,
                true,
                suspects,
                false,
                "Patch the host, then take a full backup.");
    }
}
