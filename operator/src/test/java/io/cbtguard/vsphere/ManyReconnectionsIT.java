package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.simulator.fault.FaultRule;
import io.cbtguard.simulator.fault.FaultRule.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever ends a connection, what vCenter and this process held for it goes with it. */
@Tag("simulator")
class ManyReconnectionsIT extends SimulatorFixture {
    private static final int TIMES = 1000;

    /** Half of them go with the session still open in vCenter: only a log-out ends it. */
    private static final List<Kind> KINDS = List.of(Kind.DROP, Kind.DROP_ANSWER, Kind.CUT, Kind.HTTP_STATUS);

    @Test
    @VcsimLacks("connections that break in the middle")
    void a_thousand_reconnections_leave_one_api_session_and_no_thread() throws Exception {
        VcenterWatch watch = new VimVcenterWatch(
                        target(null, this::credentials),
                        told,
                        new Backoff(RandomGenerator.getDefault(), Duration.ofMillis(1)))
                .start();
        watches.add(watch);
        Told.soon("connected").until(() -> watch.health().connected());
        int threads = Thread.activeCount();
        Instant began = Instant.now();
        int mostSessions = 0;
        for (int i = 0; i < TIMES; i++) {
            int before = told.healths.size();
            end(i);
            Told.soon("it went and came back")
                    .until(() ->
                            told.healths.size() >= before + 2 && watch.health().connected());
            mostSessions = Math.max(mostSessions, simulator.openSessions().size());
        }
        System.out.printf(
                Locale.ROOT,
                "reconnections: %d in %.1f s, at most %d API sessions at a time%n",
                TIMES,
                Duration.between(began, Instant.now()).toMillis() / 1000.0,
                mostSessions);

        assertThat(simulator.openSessions()).hasSize(1);
        assertThat(mostSessions).isLessThanOrEqualTo(2);
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 10);
        simulator.vms().rename(vm.moRef(), "after all");
        assertThat(now(watch).vm(vm.moRef()).orElseThrow().name()).isEqualTo("after all");
    }

    private void end(int turn) {
        if (turn % (KINDS.size() + 1) == KINDS.size()) {
            simulator.killSessions();
            simulator.vms().rename(vm.moRef(), "turn-" + turn);
            return;
        }
        simulator
                .faults()
                .add(FaultRule.of("RetrievePropertiesEx", KINDS.get(turn % KINDS.size()))
                        .times(1));
    }
}
