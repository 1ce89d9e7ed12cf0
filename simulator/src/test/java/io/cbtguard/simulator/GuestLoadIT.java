package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guests write at random, and the same seed writes the same. */
@Tag("simulator")
class GuestLoadIT {
    private static final int READ = 80 << 20;

    private static Simulator start(long seed) {
        return Simulator.start(
                SimulatorOptions.defaults().withTls(false).withVms(2).withSeed(seed));
    }

    private static int content(Simulator simulator) {
        return Arrays.hashCode(simulator.vms().read("web-01", null, 2000, 0, READ));
    }

    @Test
    void theSameSeedWritesTheSame() {
        try (Simulator one = start(7);
                Simulator same = start(7);
                Simulator other = start(8)) {
            int empty = content(one);
            one.load().write(100);
            same.load().write(100);
            other.load().write(100);
            assertThat(content(one))
                    .isEqualTo(content(same))
                    .isNotEqualTo(empty)
                    .isNotEqualTo(content(other));
        }
    }

    @Test
    void aSteadyLoadGoesOnUntilItIsStopped() {
        try (Simulator simulator = start(1)) {
            simulator.load().run(200);
            Awaitility.await().until(() -> simulator.load().writes() > 50);
            simulator.load().run(0);
            long then = simulator.load().writes();
            Awaitility.await()
                    .during(java.time.Duration.ofMillis(300))
                    .until(() -> simulator.load().writes() == then);
        }
    }

    @Test
    void guestsThatAreOffWriteNothing() {
        try (Simulator simulator = start(1)) {
            simulator.vms().list().forEach(vm -> simulator.vms().powerOff(vm.name()));
            simulator.load().write(100);
            assertThat(simulator.load().writes()).isZero();
        }
    }
}
