package io.cbtguard.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.explain.Estate;
import io.cbtguard.explain.Guarded;
import io.cbtguard.inventory.Host;
import io.cbtguard.judge.Advisory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is answered at all. */
class PageTest {
    @Test
    void aRequestThatNamesAnotherHostIsRefusedOnLoopback() throws IOException {
        assertThat(ask(true, "rebound.example")).startsWith("HTTP/1.1 403");
        assertThat(ask(true, "localhost.rebound.example:80")).startsWith("HTTP/1.1 403");
    }

    @Test
    void aRequestThatNamesLoopbackIsAnswered() throws IOException {
        assertThat(ask(true, "localhost:8081")).startsWith("HTTP/1.1 200").contains("there is no ProtectedVM");
        assertThat(ask(true, "127.0.0.1:8081")).startsWith("HTTP/1.1 200");
        assertThat(ask(true, "[::1]:8081")).startsWith("HTTP/1.1 200");
    }

    @Test
    void nothingIsSaidBeforeTheClusterHasBeenRead() throws IOException {
        assertThat(ask(false, "localhost")).startsWith("HTTP/1.1 503");
    }

    @Test
    void theLevelOfALogIsSetWhileItRunsAndTakenBack() throws IOException {
        var logger = org.slf4j.LoggerFactory.getLogger("io.cbtguard.page.test");
        assertThat(logger.isDebugEnabled()).isFalse();

        assertThat(ask("PUT /loggers/io.cbtguard.page.test?level=debug", false, "localhost"))
                .as("a standby has a log, too")
                .startsWith("HTTP/1.1 200")
                .contains("io.cbtguard.page.test  debug");
        assertThat(logger.isDebugEnabled()).isTrue();
        assertThat(ask("GET /loggers", true, "localhost")).contains("ROOT  info", "io.cbtguard.page.test  debug");

        assertThat(ask("PUT /loggers/io.cbtguard.page.test?level=default", true, "localhost"))
                .doesNotContain("io.cbtguard.page.test");
        assertThat(logger.isDebugEnabled()).isFalse();
    }

    @Test
    void aLevelThatIsNoneAndANameThatIsNoneAreRefusedWithWhatIsRight() throws IOException {
        assertThat(ask("PUT /loggers/ROOT?level=loud", true, "localhost"))
                .startsWith("HTTP/1.1 400")
                .contains("there is no level loud: trace, debug");
        assertThat(ask("PUT /loggers/ROOT?level=default", true, "localhost")).startsWith("HTTP/1.1 400");
        assertThat(ask("PUT /loggers/?level=debug", true, "localhost"))
                .startsWith("HTTP/1.1 400")
                .contains("say whose level");
        assertThat(ask("PUT /loggers/ROOT", true, "localhost")).contains("the parameter level is missing");
    }

    @Test
    void aWebSiteCannotHaveABrowserSetALevel() throws IOException {
        assertThat(ask("PUT /loggers/ROOT?level=off", true, "rebound.example")).startsWith("HTTP/1.1 403");
        assertThat(ask("POST /loggers/ROOT?level=off", true, "localhost"))
                .as("a browser sends this to anybody without asking")
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET, HEAD, PUT");
    }

    private static String ask(boolean ready, String host) throws IOException {
        return ask("GET /", ready, host);
    }

    private static String ask(String what, boolean ready, String host) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Page page = Page.start(address, new Empty(ready));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.port())) {
            String request = what + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private record Empty(boolean ready) implements Estate {
        @Override
        public List<Line> lines() {
            return List.of();
        }

        @Override
        public Optional<Guarded> vm(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public List<Guarded> vms() {
            return List.of();
        }

        @Override
        public Optional<List<Host>> hosts(String vcenterNamespace, String vcenter) {
            return Optional.empty();
        }

        @Override
        public List<Advisory> inForceWith(String document) {
            return List.of();
        }
    }
}
