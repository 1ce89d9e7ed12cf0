package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.xml.ws.client.ClientTransportException;
import com.vmware.vim25.ManagedObjectReference;
import io.cbtguard.simulator.fault.FaultRule;
import io.cbtguard.simulator.fault.FaultRule.Kind;
import java.time.Duration;
import javax.xml.ws.WebServiceException;
import javax.xml.ws.soap.SOAPFaultException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls fail in the ways in which they fail at a real vCenter, and work again afterwards. */
@Tag("simulator")
class FaultsIT {
    private static final ManagedObjectReference SERVICE = VimTestClient.reference("ServiceInstance", "ServiceInstance");

    private Simulator simulator;
    private VimTestClient client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.defaults().withTls(false).withVms(1));
        client = new VimTestClient(simulator, 1000);
        client.login(simulator.userName(), simulator.password());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private void once(FaultRule rule) {
        simulator.faults().add(rule.times(1));
    }

    @Test
    void aSoapFaultOfAnyTypeCanBeInjected() throws Exception {
        once(FaultRule.of("CurrentTime", Kind.SOAP_FAULT).withFault("NoPermission"));
        assertThatThrownBy(() -> client.port.currentTime(SERVICE))
                .isInstanceOfSatisfying(SOAPFaultException.class, fault -> assertThat(
                                fault.getFault().getDetail().getFirstChild().getLocalName())
                        .isEqualTo("NoPermissionFault"));
        client.port.currentTime(SERVICE);
    }

    @Test
    void anUnknownFaultIsRefusedWhenTheRuleIsMade() {
        assertThatThrownBy(() -> once(FaultRule.of("*", Kind.SOAP_FAULT).withFault("NoSuchFault")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anHttpErrorIsNotSoap() throws Exception {
        once(FaultRule.of("*", Kind.HTTP_STATUS).withStatus(503));
        assertThatThrownBy(() -> client.port.currentTime(SERVICE))
                .isInstanceOf(ClientTransportException.class)
                .hasMessageContaining("503");
        client.port.currentTime(SERVICE);
    }

    @Test
    void aDroppedConnectionAGarbledAndACutAnswerAreErrorsOfTransport() throws Exception {
        for (Kind kind : new Kind[] {Kind.DROP, Kind.DROP_ANSWER, Kind.GARBAGE, Kind.CUT}) {
            once(FaultRule.of("CurrentTime", kind));
            assertThatThrownBy(() -> client.port.currentTime(SERVICE))
                    .as(kind.name())
                    .isInstanceOf(WebServiceException.class);
            client.port.currentTime(SERVICE);
        }
    }

    @Test
    void aHalfOpenConnectionNeverAnswers() throws Exception {
        once(FaultRule.of("CurrentTime", Kind.HALF_OPEN));
        assertThatThrownBy(() -> client.port.currentTime(SERVICE))
                .isInstanceOf(WebServiceException.class)
                .hasMessageContaining("timed out");
        client.port.currentTime(SERVICE);
    }

    @Test
    void aDelayIsOnlyThat() throws Exception {
        once(FaultRule.of("CurrentTime", Kind.DELAY).withDelay(Duration.ofMillis(300)));
        long start = System.nanoTime();
        client.port.currentTime(SERVICE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
    }

    @Test
    void anAnswerThatIsLostWasCarriedOut() {
        once(FaultRule.of("CreateSnapshot_Task", Kind.DROP_ANSWER));
        assertThatThrownBy(() -> client.port.createSnapshotTask(VimTestClient.vm("vm-1001"), "one", "", false, false))
                .isInstanceOf(WebServiceException.class);
        simulator.vms().stun("web-01");
        org.awaitility.Awaitility.await()
                .until(() -> simulator.vms().get("web-01").snapshots().size() == 1);
    }

    @Test
    void aProbabilityStrikesSomeCalls() throws Exception {
        simulator.faults().add(FaultRule.of("CurrentTime", Kind.SOAP_FAULT).withProbability(0.5));
        int struck = 0;
        for (int i = 0; i < 100; i++) {
            try {
                client.port.currentTime(SERVICE);
            } catch (SOAPFaultException e) {
                struck++;
            }
        }
        assertThat(struck).isBetween(20, 80);
    }

    @Test
    void theJournalCountsWhatWasCalled() throws Exception {
        long before = simulator.journal().count("CurrentTime");
        client.port.currentTime(SERVICE);
        assertThat(simulator.journal().count("CurrentTime")).isEqualTo(before + 1);
    }
}
