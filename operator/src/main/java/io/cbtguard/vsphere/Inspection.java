package io.cbtguard.vsphere;

import io.cbtguard.inventory.VcenterAbout;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One look at a vCenter, to say whether a watch would do: log in, ask what is needed to know, log out. Nothing is changed there.
 *
 * @param privileges each that the operator asks for, in the order of the documentation
 * @param eventRetention how long vCenter keeps events; null if it could not be read, or if they are kept for ever
 */
public record Inspection(
        VcenterAbout about,
        List<Privilege> privileges,
        @Nullable Duration eventRetention) {
    private static final VcenterWatch.Listener NOBODY = new VcenterWatch.Listener() {
        @Override
        public void changed(io.cbtguard.inventory.VcenterView view, java.util.Set<String> vmMoRefs) {}

        @Override
        public void healthChanged(VcenterWatch.Health health) {}
    };

    /** Whether the account has a privilege on the root folder. */
    public enum Granted {
        YES,
        NO,
        /** The server could not tell. */
        UNKNOWN
    }

    /**
     * @param name such as {@code System.View}
     * @param purpose what it is for, to be read after "is needed"
     * @param isNeeded whether the watch cannot be trusted without it
     */
    public record Privilege(String name, String purpose, boolean isNeeded, Granted granted) {}

    /**
     * Takes as long as the server does, at most a few minutes.
     *
     * @throws VcenterUnavailableException with the reason why a watch would not do, and with what to do about it
     */
    public static Inspection of(VcenterTarget target) {
        try (ApiSession session = ApiSession.open(target, NOBODY)) {
            var port = session.port();
            Privileges.Result result = Privileges.check(port, session);
            return new Inspection(session.about(), privileges(result), Retention.read(port, session));
        } catch (RuntimeException thrown) {
            throw Outages.of(target, thrown);
        }
    }

    private static List<Privilege> privileges(Privileges.Result result) {
        return Privileges.REQUIRED.stream()
                .map(required -> new Privilege(
                        required.privilege(), required.purpose(), required.isNeeded(), granted(result, required)))
                .toList();
    }

    private static Granted granted(Privileges.Result result, Privileges.Required required) {
        if (!result.isKnown()) {
            return Granted.UNKNOWN;
        }
        return result.lacking().contains(required) ? Granted.NO : Granted.YES;
    }
}
