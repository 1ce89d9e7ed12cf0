package io.cbtguard.vsphere;

import io.cbtguard.vsphere.VcenterTarget.TlsTrust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How a server's certificate is checked: against given CA certificates or the JVM's (the name must match then), by the SHA-256 of
 * the certificate itself (its name is irrelevant then), or, only if asked, not at all.
 *
 * @param socketFactory what the connection's sockets are made by
 * @param hostnameVerifier what the server's name is checked by
 */
record TlsSockets(SSLSocketFactory socketFactory, HostnameVerifier hostnameVerifier) {

    /** @throws VcenterUnavailableException if what is to be trusted cannot be read */
    static TlsSockets of(TlsTrust trust) {
        try {
            TrustManager[] managers = trustManagers(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            boolean byName = trust.thumbprint() == null && !trust.insecureSkipVerify();
            HostnameVerifier verifier =
                    byName ? HttpsURLConnection.getDefaultHostnameVerifier() : (host, session) -> true;
            return new TlsSockets(context.getSocketFactory(), verifier);
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new VcenterUnavailableException(
                    Outage.CERTIFICATE_REJECTED,
                    "the CA certificates to trust cannot be read (" + unreadable.getMessage()
                            + "): give PEM certificates, each from BEGIN to END CERTIFICATE");
        }
    }

    private static TrustManager @Nullable [] trustManagers(TlsTrust trust)
            throws GeneralSecurityException, IOException {
        if (trust.thumbprint() != null) {
            return new TrustManager[] {new Judging(normalised(trust.thumbprint()))};
        }
        if (trust.caPem() != null) {
            return ofCertificates(trust.caPem());
        }
        return trust.insecureSkipVerify() ? new TrustManager[] {new Judging(null)} : null;
    }

    private static TrustManager[] ofCertificates(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        if (number == 0) {
            throw new CertificateException("no certificate in it");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static String normalised(String thumbprint) {
        return thumbprint.replace(":", "").trim().toLowerCase(Locale.ROOT);
    }

    /** Compares the server certificate's SHA-256; without one to compare with, accepts. Extended, so that no name check is added. */
    private static final class Judging extends X509ExtendedTrustManager {
        private final @Nullable String expected;

        Judging(@Nullable String expected) {
            this.expected = expected;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (expected == null) {
                return;
            }
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
                String actual = HexFormat.of().formatHex(digest);
                if (!actual.equals(expected)) {
                    throw new CertificateException("the server's certificate has another thumbprint, SHA-256 "
                            + HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest));
                }
            } catch (GeneralSecurityException unreadable) {
                throw unreadable instanceof CertificateException certificate
                        ? certificate
                        : new CertificateException(unreadable);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no server here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("no server here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("no server here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
