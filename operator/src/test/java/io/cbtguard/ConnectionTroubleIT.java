package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.vsphere.VimWatches;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What stands between a VCenter and its server, over real TLS and SOAP: told with what to do, and over once that is done. */
@Tag("cluster")
@Tag("simulator")
class ConnectionTroubleIT {
    private static final Simulator SIMULATOR =
            Simulator.start(SimulatorOptions.defaults().withVms(1));
    private static final GuardBed BED = GuardBed.start(new VimWatches());
    private static final String STRANGERS_THUMBPRINT = "00:".repeat(31) + "00";

    @AfterEach
    void noVcenterIsLeft() {
        BED.admin.resources(VCenter.class).inNamespace(BED.own).delete();
        Awaitility.await().atMost(GuardBed.PATIENCE).until(() -> BED.admin
                .resources(VCenter.class)
                .inNamespace(BED.own)
                .list()
                .getItems()
                .isEmpty());
    }

    @AfterAll
    static void remove() {
        BED.close();
        SIMULATOR.close();
    }

    private static void secret(String name, String password) {
        BED.secret(name, "127.0.0.1", SIMULATOR.userName(), password);
    }

    private static void authority(String name, String pem) {
        BED.apply(BED.own, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                data:
                  ca.crt: |
                %s
                """.formatted(name, pem.indent(4)));
    }

    private static void vcenter(String name, int port, String tls) {
        BED.apply(BED.own, """
                apiVersion: cbtguard.io/v1alpha1
                kind: VCenter
                metadata: {name: %1$s}
                spec:
                  server: https://127.0.0.1:%2$d
                  credentialsSecretRef: {name: %1$s}
                  tls: %3$s
                """.formatted(name, port, tls));
    }

    private static int port() {
        return SIMULATOR.sdkUri().getPort();
    }

    private static String told(String name, String reason) {
        VCenter told = BED.awaitVcenter(name, ConditionTypes.CONNECTED, "False", reason);
        assertThat(GuardBed.has(told, ConditionTypes.READY, "False", reason)).isTrue();
        return GuardBed.condition(told, ConditionTypes.READY).orElseThrow().getMessage();
    }

    private static void connects(String name) {
        BED.awaitVcenter(name, ConditionTypes.READY, "True", "Connected");
    }

    @Test
    void aServerThatDoesNotListenIsUnreachableUntilTheAddressIsRight() throws IOException {
        int silent;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            silent = socket.getLocalPort();
        }
        secret("mute", SIMULATOR.password());
        authority("mute", SIMULATOR.caPem());
        vcenter("mute", silent, "{caBundleRef: {name: mute}}");

        assertThat(told("mute", "Unreachable")).contains("127.0.0.1:" + silent, "check address, port");

        vcenter("mute", port(), "{caBundleRef: {name: mute}}");

        connects("mute");
    }

    @Test
    void aWrongPasswordIsRejectedUntilTheSecretIsRight() {
        secret("locked", "wrong");
        authority("locked", SIMULATOR.caPem());
        vcenter("locked", port(), "{caBundleRef: {name: locked}}");

        assertThat(told("locked", "CredentialsRejected"))
                .contains("correct the Secret")
                .doesNotContain("wrong");

        secret("locked", SIMULATOR.password());

        connects("locked");
    }

    @Test
    void theCertificateOfAnotherIsRejectedUntilItsAuthorityIsNamed() {
        secret("masked", SIMULATOR.password());
        vcenter("masked", port(), "{thumbprint: \"" + STRANGERS_THUMBPRINT + "\"}");

        assertThat(told("masked", "CertificateRejected")).contains("give its CA certificate or its SHA-256 thumbprint");

        authority("masked", SIMULATOR.caPem());
        vcenter("masked", port(), "{caBundleRef: {name: masked}}");

        connects("masked");
    }

    @Test
    void anAuthorityThatIsMissingOrNoCertificateIsToldUntilItIsOne() {
        secret("unsigned", SIMULATOR.password());
        vcenter("unsigned", port(), "{caBundleRef: {name: unsigned}}");

        assertThat(told("unsigned", "CertificateRejected")).contains("no key ca.crt in ConfigMap unsigned", "put the");

        authority("unsigned", "not a certificate");

        BED.awaitThat(VCenter.class, BED.own, "unsigned", "other message", v -> GuardBed.condition(
                        v, ConditionTypes.CONNECTED)
                .filter(c -> c.getReason().equals("CertificateRejected")
                        && c.getMessage().contains("give PEM certificates"))
                .isPresent());

        authority("unsigned", SIMULATOR.caPem());

        connects("unsigned");
    }
}
