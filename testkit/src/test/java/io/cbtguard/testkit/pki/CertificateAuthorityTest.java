package io.cbtguard.testkit.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {

    private final CertificateAuthority authority = CertificateAuthority.create("test authority");

    @Test
    void aClientThatTrustsTheAuthorityTalksToItsServerAndOneThatTrustsAnotherDoesNot() throws Exception {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(authority.loopbackServer("server").serverContext()));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            var uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
            assertThat(status(uri, authority.certificatePem())).isEqualTo(204);
            var other = CertificateAuthority.create("another").certificatePem();
            assertThatThrownBy(() -> status(uri, other)).isInstanceOf(SSLException.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aClientCertificateCarriesUserAndGroups() {
        var subject = authority
                .client("jane", List.of("system:masters"))
                .certificate()
                .getSubjectX500Principal()
                .getName();
        assertThat(subject).contains("CN=jane").contains("O=system:masters");
    }

    private static int status(URI uri, String pem) throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(Trust.of(pem)).build()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
