package io.cbtguard.simulator.host;

import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.inventory.HostSystem;
import java.util.List;

/**
 * A host as tests and the control port see it.
 *
 * @param connectionState as in the API, such as connected
 * @param vms moRefs
 */
public record HostView(
        String moRef,
        String name,
        String version,
        String build,
        String connectionState,
        boolean inMaintenanceMode,
        List<String> vms) {
    static HostView of(HostSystem host) {
        return new HostView(
                host.ref().value(),
                host.name(),
                host.product().version(),
                host.product().build(),
                host.connection().value(),
                host.inMaintenance(),
                host.vms().stream().map(ManagedObject::toString).toList());
    }
}
