package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.VcenterView;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import io.cbtguard.vsphere.VcenterWatch.Reach;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A watch says what it asks vCenter for, how that ended, and how far it is behind. */
@Tag("simulator")
class SimulatorRequestsIT extends SimulatorFixture {
    @Test
    void everyRequestIsToldByItsSoapOperation() throws Exception {
        VcenterWatch watch = connected();
        now(watch);
        watch.close();

        assertThat(told.requests)
                .contains(
                        "RetrieveServiceContent ok",
                        "Login ok",
                        "CreateContainerView ok",
                        "CurrentTime ok",
                        "WaitForUpdatesEx ok",
                        "Logout ok")
                .allMatch(request -> Character.isUpperCase(request.charAt(0)));
    }

    @Test
    void aFaultIsNotAnAnswerThatNeverCame() {
        watches.add(new VimWatches().open(target(null, () -> new Credentials("nobody", "wrong")), told));
        Told.soon("a fault").until(() -> told.requests.contains("Login fault"));
        VcenterWatch watch = connected();

        simulator.close();

        Told.soon("no answer").until(() -> told.requests.stream().anyMatch(r -> r.endsWith(" failed")));
        assertThat(watch.view()).isPresent();
    }

    @Test
    void whileNothingHappensNeitherStreamFallsBehind() throws Exception {
        VcenterWatch watch = connected();
        VcenterView first = now(watch);

        Told.soon("both go on").until(() -> isLaterThan(first, watch.reach()));
    }

    @Test
    void duringAnOutageBothStandStill() throws Exception {
        VcenterWatch watch = connected();
        now(watch);
        simulator.close();
        Told.soon("away").until(() -> !watch.health().connected());

        Reach then = watch.reach();
        Told.soon("some time")
                .until(() -> told.requests.stream()
                                .filter(r -> r.endsWith(" failed"))
                                .count()
                        > 0);

        assertThat(then.inventory()).isNotNull();
        assertThat(watch.reach()).isEqualTo(then);
    }

    private static boolean isLaterThan(VcenterView first, Reach reach) {
        var later = first.observedAt().plus(Duration.ofSeconds(2));
        return Objects.requireNonNull(reach.inventory()).isAfter(later)
                && Objects.requireNonNull(reach.events()).isAfter(later);
    }
}
