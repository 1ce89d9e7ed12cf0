package io.cbtguard.vsphere;

import com.vmware.vim25.EntityPrivilege;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.PrivilegeAvailability;
import com.vmware.vim25.VimPortType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the account must be allowed to, and for what purpose, compared with what it is allowed to on the root folder. */
final class Privileges {
    private static final Logger log = LoggerFactory.getLogger(Privileges.class);

    /** @param isNeeded whether the watch cannot be trusted without it */
    record Required(String privilege, String purpose, boolean isNeeded) {}

    static final List<Required> REQUIRED = List.of(
            new Required("System.View", "to see the inventory and its events", true),
            new Required("System.Read", "to read VMs, snapshots, hosts and their history", true),
            new Required("Global.Settings", "to read how long events are kept (optional)", false));

    private Privileges() {}

    /**
     * @param isKnown false if the server could not tell; then nothing counts as lacking
     * @param lacking required and not granted
     */
    record Result(boolean isKnown, List<Required> lacking) {
        /** For people: each with its purpose. */
        List<String> missing() {
            return lacking.stream()
                    .map(required -> required.privilege() + " " + required.purpose())
                    .toList();
        }

        /** False if one is missing that the watch needs. */
        boolean isWatchPossible() {
            return lacking.stream().noneMatch(Required::isNeeded);
        }
    }

    /** Required minus granted; nothing where the server cannot tell. */
    static Result check(VimPortType port, ApiSession session) {
        ManagedObjectReference root = session.content().getRootFolder();
        Set<String> granted = new HashSet<>();
        try {
            List<String> wanted = REQUIRED.stream().map(Required::privilege).toList();
            for (EntityPrivilege entity : port.hasPrivilegeOnEntities(
                    session.content().getAuthorizationManager(), List.of(root), session.key(), wanted)) {
                for (PrivilegeAvailability available : entity.getPrivAvailability()) {
                    if (available.isIsGranted()) {
                        granted.add(available.getPrivId());
                    }
                }
            }
        } catch (Exception cannotTell) {
            log.info("privileges not checked: {}", cannotTell.toString());
            return new Result(false, List.of());
        }
        return new Result(
                true,
                REQUIRED.stream()
                        .filter(required -> !granted.contains(required.privilege()))
                        .toList());
    }
}
