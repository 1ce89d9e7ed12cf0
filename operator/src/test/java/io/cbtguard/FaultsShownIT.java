package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.simulator.VcenterBackup;
import io.cbtguard.simulator.fault.FaultRule;
import io.cbtguard.simulator.fault.FaultRule.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole operator while its vCenter fails in every way that lasts: the outage shows in a condition and in a metric, both go
 * back when it is over, and a revert within it forces a full. Recovery times are printed.
 */
@Tag("cluster")
@Tag("simulator")
class FaultsShownIT {
    private static final GuardedEstate ESTATE = GuardedEstate.up();
    private static final VcenterBackup OLDER = ESTATE.simulator.backUp();
    private static final Duration DOWN = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @AfterAll
    static void down() {
        ESTATE.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                lasting("SOAP faults", rule("*", Kind.SOAP_FAULT)),
                lasting("HTTP 503", rule("*", Kind.HTTP_STATUS)),
                lasting("connections closed before the call", rule("*", Kind.DROP)),
                lasting("connections closed before the answer", rule("*", Kind.DROP_ANSWER)),
                lasting("cuts in the middle of answers", rule("*", Kind.CUT)),
                lasting("garbage", rule("*", Kind.GARBAGE)),
                // What comes after each would go well within a second: logins fail until the outage was seen.
                lasting(
                        "half-open connection",
                        rule("WaitForUpdatesEx", Kind.HALF_OPEN).times(1),
                        rule("Login", Kind.HTTP_STATUS)),
                Arguments.of("session kill", (Runnable) () -> {
                    ESTATE.simulator.faults().add(rule("Login", Kind.HTTP_STATUS));
                    ESTATE.simulator.killSessions();
                }),
                Arguments.of("restart", (Runnable) () -> ESTATE.simulator.restart(DOWN, false)),
                Arguments.of("restart with lost history", (Runnable) () -> ESTATE.simulator.restart(DOWN, true)),
                Arguments.of("restore from an older state", (Runnable) () -> ESTATE.simulator.restore(OLDER, DOWN)));
    }

    private static FaultRule rule(String method, Kind kind) {
        return FaultRule.of(method, kind);
    }

    private static Arguments lasting(String name, FaultRule... rules) {
        return Arguments.of(name, (Runnable)
                () -> Stream.of(rules).forEach(rule -> ESTATE.simulator.faults().add(rule)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void anOutageShowsAsConditionAndMetricEndsByItselfAndHidesNoRevert(String fault, Runnable begin) throws Exception {
        ESTATE.simulator.vms().snapshot(GuardedEstate.VM, "kept");
        assertThat(Estate.phase(ESTATE.backup("Auto"))).isEqualTo("Committed");
        ESTATE.awaitForceFull("False", "NotNeeded");
        awaitUp("1.0");

        begin.run();
        revert();
        ESTATE.bed.awaitThat(
                PATIENCE,
                io.cbtguard.api.v1alpha1.VCenter.class,
                ESTATE.bed.own,
                Estate.VCENTER,
                "outage",
                vcenter -> GuardBed.has(vcenter, ConditionTypes.CONNECTED, "False", "Unreachable"));
        awaitUp("0.0");

        ESTATE.simulator.faults().clear();
        long over = System.nanoTime();
        ESTATE.bed.awaitThat(
                PATIENCE,
                io.cbtguard.api.v1alpha1.VCenter.class,
                ESTATE.bed.own,
                Estate.VCENTER,
                "end of the outage",
                vcenter -> GuardBed.condition(vcenter, ConditionTypes.CONNECTED)
                        .filter(c -> "True".equals(c.getStatus()))
                        .isPresent());
        System.out.printf(
                Locale.ROOT, "recovery: %s, until Connected %.2f s%n", fault, (System.nanoTime() - over) / 1e9);
        awaitUp("1.0");
        awaitFull();
    }

    private static void revert() {
        ESTATE.simulator.vms().revert(GuardedEstate.VM, "kept");
        ESTATE.simulator.vms().removeAllSnapshots(GuardedEstate.VM);
    }

    /** By the revert, or by the history that is lost or goes back. */
    private static void awaitFull() {
        ESTATE.bed.awaitThat(
                PATIENCE,
                io.cbtguard.api.v1alpha1.ProtectedVM.class,
                ESTATE.bed.shop,
                Estate.PROTECTED,
                "need of a full",
                vm -> GuardBed.condition(vm, ConditionTypes.FORCE_FULL)
                        .filter(c -> "True".equals(c.getStatus()))
                        .isPresent());
    }

    private static void awaitUp(String value) {
        String line = "cbtguard_vcenter_up{vcenter=\"" + ESTATE.bed.own + "/" + Estate.VCENTER + "\"} " + value;
        Awaitility.await(line)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> metrics().contains(line));
    }

    private static String metrics() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ESTATE.bed.port() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
