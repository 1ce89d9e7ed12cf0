package io.cbtguard.testkit.vcsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cbtguard.testkit.pki.Trust;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("vcsim")
class VcsimIT {

    private static final String TIME =
            "<CurrentTime xmlns='urn:vim25'><_this type='ServiceInstance'>ServiceInstance</_this></CurrentTime>";

    private static Vcsim vcsim;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        vcsim = Vcsim.start(2);
        http = HttpClient.newBuilder()
                .sslContext(Trust.of(vcsim.certificatePem()))
                .build();
    }

    @AfterAll
    static void stop() {
        http.close();
        vcsim.close();
    }

    @Test
    void onlyItsOwnPasswordLogsIn() throws Exception {
        assertThat(login(vcsim.password()).statusCode()).isEqualTo(200);
        assertThat(login("wrong").body()).contains("InvalidLogin");
    }

    @Test
    void anInjectedFaultIsAnsweredAsOftenAsAsked() throws Exception {
        var cookie = cookie(login(vcsim.password()));
        vcsim.addFault("CurrentTime", "NotAuthenticated", 1);
        assertThat(call(TIME, cookie).body()).contains("NotAuthenticated");
        assertThat(call(TIME, cookie).statusCode()).isEqualTo(200);
    }

    @Test
    void aRemovedRuleInjectsNothing() throws Exception {
        var cookie = cookie(login(vcsim.password()));
        vcsim.removeFault(vcsim.addFault("CurrentTime", "HostNotConnected", 0));
        assertThat(call(TIME, cookie).statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> vcsim.addFault("CurrentTime", "NoSuchFault", 0))
                .hasMessageContaining("NoSuchFault");
    }

    @Test
    void anEndedSessionIsNotAuthenticatedAnyMore() throws Exception {
        var cookie = cookie(login(vcsim.password()));
        assertThat(call(TIME, cookie).statusCode()).isEqualTo(200);
        assertThat(vcsim.endSessions()).isPositive();
        assertThat(call(TIME, cookie).body()).contains("NotAuthenticated");
    }

    @Test
    void anIdleSessionExpires() throws Exception {
        vcsim.sessionTimeout(Duration.ofMillis(300));
        try {
            var cookie = cookie(login(vcsim.password()));
            // Each call keeps it alive, so the pauses between them must be longer than the time-out.
            await().pollInterval(Duration.ofMillis(700))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> call(TIME, cookie).body().contains("NotAuthenticated"));
        } finally {
            vcsim.sessionTimeout(Duration.ofMinutes(30));
        }
    }

    private static HttpResponse<String> login(String password) throws Exception {
        return call(
                "<Login xmlns='urn:vim25'><_this type='SessionManager'>SessionManager</_this><userName>"
                        + vcsim.username() + "</userName><password>" + password + "</password></Login>",
                "none=none");
    }

    private static String cookie(HttpResponse<String> login) {
        return login.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    private static HttpResponse<String> call(String body, String cookie) throws Exception {
        var envelope =
                "<Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/'><Body>" + body + "</Body></Envelope>";
        var request = HttpRequest.newBuilder(vcsim.sdkUrl())
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("SOAPAction", "urn:vim25/6.5")
                .header("Cookie", cookie)
                .POST(HttpRequest.BodyPublishers.ofString(envelope))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
