package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.vsphere.VcenterTarget.Credentials;
import io.cbtguard.vsphere.VcenterWatch.Reach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A watch says what it asks vCenter for, how that ended, and how far it is behind. */
@Tag("simulator")
class SimulatorRequestsIT extends SimulatorFixture {
    @Test
    @VcsimLacks("an end in the middle of a test: one vcsim serves a whole class")
    void aFaultIsNotAnAnswerThatNeverCame() {
        watches.add(new VimWatches().open(target(null, () -> new Credentials("nobody", "wrong")), told));
        Told.soon("a fault").until(() -> told.requests.contains("Login fault"));
        VcenterWatch watch = connected();

        simulator.close();

        Told.soon("no answer").until(() -> told.requests.stream().anyMatch(r -> r.endsWith(" failed")));
        assertThat(watch.view()).isPresent();
    }

    @Test
    @VcsimLacks("an end in the middle of a test: one vcsim serves a whole class")
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
}
