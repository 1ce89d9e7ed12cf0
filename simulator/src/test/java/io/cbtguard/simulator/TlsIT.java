package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The endpoint is trusted by its authority or by its thumbprint, and by nothing else. */
@Tag("simulator")
class TlsIT {
    @Test
    void whoKnowsTheAuthorityConnectsByAddressAndByName() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withVms(1));
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(trusting(simulator.caPem()))
                        .build()) {
            URI versions = simulator.sdkUri().resolve("/sdk/vimServiceVersions.xml");
            for (String host : new String[] {"127.0.0.1", "localhost"}) {
                URI uri = URI.create(versions.toString().replace("127.0.0.1", host));
                HttpResponse<String> response =
                        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(response.body()).contains("<version>8.0.3.0</version>", "<version>6.0</version>");
                byte[] certificate = response.sslSession()
                        .orElseThrow()
                        .getPeerCertificates()[0]
                        .getEncoded();
                String thumbprint = HexFormat.ofDelimiter(":")
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate))
                        .toUpperCase(Locale.ROOT);
                assertThat(thumbprint).isEqualTo(simulator.thumbprint());
            }
        }
    }

    @Test
    void whoDoesNotKnowTheAuthorityIsStopped() {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withVms(1));
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(simulator.sdkUri()).build();
            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    private static SSLContext trusting(String pem) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
