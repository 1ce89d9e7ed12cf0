package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vmware.vim25.InvalidLoginFaultMsg;
import com.vmware.vim25.UserSession;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.xml.ws.soap.SOAPFaultException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An API session begins with a login and ends by logout, idleness, an administrator or a restart. */
@Tag("simulator")
class SessionIT {
    private static Simulator simulator;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(SimulatorOptions.defaults().withTls(false));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void aLoginOpensASessionThatKnowsItself() throws Exception {
        try (VimTestClient client = VimTestClient.loggedIn(simulator)) {
            UserSession session = (UserSession)
                    Objects.requireNonNull(client.property(client.content.getSessionManager(), "currentSession"));
            assertThat(session.getUserName()).isEqualTo(simulator.userName());
            assertThat(client.content.getAbout().getInstanceUuid()).isEqualTo(simulator.instanceUuid());
        }
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        VimTestClient client = new VimTestClient(simulator);
        assertThatThrownBy(() -> client.login(simulator.userName(), "wrong")).isInstanceOf(InvalidLoginFaultMsg.class);
    }

    @Test
    void aSecondLoginOnTheSameSessionIsRefused() throws Exception {
        try (VimTestClient client = VimTestClient.loggedIn(simulator)) {
            assertThatThrownBy(() -> client.login(simulator.userName(), simulator.password()))
                    .isInstanceOf(InvalidLoginFaultMsg.class);
        }
    }

    @Test
    void withoutASessionNothingButTheServiceContentIsAnswered() throws Exception {
        VimTestClient client = new VimTestClient(simulator);
        assertNotAuthenticated(client);
    }

    @Test
    void afterLogoutTheSessionIsGone() throws Exception {
        VimTestClient client = VimTestClient.loggedIn(simulator);
        client.close();
        assertNotAuthenticated(client);
    }

    @Test
    void aHundredLoginsAndLogoutsLeaveNoSession() throws Exception {
        List<String> before = simulator.openSessions();
        for (int i = 0; i < 100; i++) {
            VimTestClient.loggedIn(simulator).close();
        }
        assertThat(simulator.openSessions()).hasSameSizeAs(before);
    }

    @Test
    void anIdleSessionExpires() throws Exception {
        try (Simulator other =
                Simulator.start(SimulatorOptions.defaults().withTls(false).withVms(1))) {
            VimTestClient client = VimTestClient.loggedIn(other);
            other.setClockOffset(Duration.ofMinutes(29));
            client.port.currentTime(VimTestClient.reference("ServiceInstance", "ServiceInstance"));
            other.setClockOffset(Duration.ofMinutes(60));
            assertNotAuthenticated(client);
        }
    }

    @Test
    void aRestartEndsAllSessions() throws Exception {
        try (Simulator other =
                Simulator.start(SimulatorOptions.defaults().withTls(false).withVms(1))) {
            VimTestClient client = VimTestClient.loggedIn(other);
            other.restart(Duration.ZERO, false);
            assertNotAuthenticated(client);
            assertThat(other.openSessions()).isEmpty();
        }
    }

    @Test
    void anotherAccountCanBeAddedAndItsPasswordChanged() throws Exception {
        simulator.accounts().set("alice@vsphere.local", "first");
        VimTestClient client = new VimTestClient(simulator);
        client.login("alice@vsphere.local", "first");
        client.close();
        simulator.accounts().set("alice@vsphere.local", "second");
        assertThatThrownBy(() -> client.login("alice@vsphere.local", "first")).isInstanceOf(InvalidLoginFaultMsg.class);
    }

    private static void assertNotAuthenticated(VimTestClient client) {
        assertThatThrownBy(() -> client.port.currentTime(VimTestClient.reference("ServiceInstance", "ServiceInstance")))
                .isInstanceOfSatisfying(SOAPFaultException.class, fault -> assertThat(
                                fault.getFault().getDetail().getFirstChild().getLocalName())
                        .isEqualTo("NotAuthenticatedFault"));
    }
}
