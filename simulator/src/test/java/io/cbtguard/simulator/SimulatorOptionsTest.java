package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Options are changed one at a time. */
class SimulatorOptionsTest {
    private static final SimulatorOptions DEFAULTS = SimulatorOptions.defaults();

    @Test
    void aChangeOfOneOptionKeepsAllOthers() {
        SimulatorOptions changed = DEFAULTS.withPorts(1, 2)
                .withTls(false)
                .withVms(3)
                .withHosts(5)
                .withSeed(7)
                .withCredentials("alice", "secret")
                .withEsx("6.0.0", "2494585")
                .withCbt(false)
                .withTaskDuration(Duration.ZERO);

        assertThat(changed)
                .isEqualTo(new SimulatorOptions(
                        1,
                        2,
                        false,
                        3,
                        5,
                        7,
                        "alice",
                        "secret",
                        "6.0.0",
                        "2494585",
                        false,
                        Duration.ZERO,
                        DEFAULTS.assumptions()));
    }

    @Test
    void theOptionsThatOneStartedFromStayAsTheyWere() {
        List.of(DEFAULTS.withVms(3), DEFAULTS.withTls(false))
                .forEach(changed -> assertThat(changed).isNotEqualTo(DEFAULTS));
        assertThat(DEFAULTS).isEqualTo(SimulatorOptions.defaults());
    }
}
