package io.cbtguard.vsphere;

import com.vmware.vim25.MissingProperty;
import java.util.List;

/** Looks at what an answer says it could not tell. */
final class Missing {
    private Missing() {}

    /** A server may answer without an API session, saying so only here. A path that is merely not visible stays untold. */
    static void check(List<MissingProperty> missing) {
        for (MissingProperty property : missing) {
            if (property.getFault() != null
                    && property.getFault().getFault() != null
                    && "NotAuthenticated"
                            .equals(property.getFault().getFault().getClass().getSimpleName())) {
                throw new SessionLostException();
            }
        }
    }

    /** The API session has gone, though the call itself succeeded. */
    static final class SessionLostException extends RuntimeException {
        private static final long serialVersionUID = 1;

        SessionLostException() {
            super("NotAuthenticated in a missing set");
        }
    }
}
