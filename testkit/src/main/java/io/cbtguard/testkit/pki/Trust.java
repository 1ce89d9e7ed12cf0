package io.cbtguard.testkit.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Trusting exactly the authorities named. */
public final class Trust {

    private Trust() {}

    /** A TLS context for clients that trusts the given certificates (PEM, one or more) and nobody else. */
    public static SSLContext of(String pem) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load((java.io.@Nullable InputStream) null, null);
            var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            int i = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + i++, certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("not a usable set of certificates", e);
        }
    }
}
