package io.cbtguard.vsphere;

import io.cbtguard.inventory.Position;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which vCenter to watch and how to reach it.
 *
 * @param name {@code namespace/name} of the VCenter, for logs and metrics
 * @param server such as {@code https://vcenter.example.com}, without path
 * @param credentials asked at every login, so that a rotated Secret needs no restart
 * @param tls how the server's certificate is checked
 * @param resumeFrom last acknowledged position; null for a vCenter never watched before (history then starts now)
 * @param evidence newest position up to which anything is known, which may be later: its event has to be in history still, or
 *     history went back. Null if nothing is
 * @param expectedInstanceUuid the instance UUID pinned at first contact; null before that. Another one is {@link Outage#REPLACED}
 */
public record VcenterTarget(
        String name,
        URI server,
        Supplier<Credentials> credentials,
        TlsTrust tls,
        @Nullable Position resumeFrom,
        @Nullable Position evidence,
        @Nullable String expectedInstanceUuid) {
    /** Nothing is known beyond where to resume. */
    public VcenterTarget(
            String name,
            URI server,
            Supplier<Credentials> credentials,
            TlsTrust tls,
            @Nullable Position resumeFrom,
            @Nullable String expectedInstanceUuid) {
        this(name, server, credentials, tls, resumeFrom, null, expectedInstanceUuid);
    }

    /** A vCenter account. Never printed. */
    public record Credentials(String username, String password) {
        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    /**
     * At most one of the three is given; all absent means the JVM's trust store.
     *
     * @param caPem PEM certificates to trust, null if not given
     * @param thumbprint SHA-256 of the server certificate, hex with colons, null if not given
     * @param insecureSkipVerify accept any certificate
     */
    public record TlsTrust(@Nullable String caPem, @Nullable String thumbprint, boolean insecureSkipVerify) {}
}
