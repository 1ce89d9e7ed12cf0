package io.cbtguard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.metrics.VcenterStates.AffectedHost;
import io.cbtguard.metrics.VcenterStates.Pulse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is shown of a VCenter is what is so at the scrape, and goes with it. */
class VcenterStatesTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final VcenterStates states = new VcenterStates(registry);

    private double value(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    @Test
    void thePulseIsTakenAtTheScrape() {
        AtomicReference<Pulse> pulse = new AtomicReference<>(Pulse.NONE);
        states.watch("guard/lab", () -> false, pulse::get);
        assertThat(value("cbtguard.vcenter.up")).isZero();
        assertThat(value("cbtguard.vcenter.last.contact.timestamp.seconds")).isNaN();

        pulse.set(new Pulse(true, Instant.ofEpochSecond(1000), Duration.ofMillis(-20), Duration.ofMillis(1500)));

        assertThat(value("cbtguard.vcenter.up")).isEqualTo(1);
        assertThat(value("cbtguard.vcenter.last.contact.timestamp.seconds")).isEqualTo(1000);
        assertThat(value("cbtguard.vcenter.lag.seconds", "stream", "inventory")).isZero();
        assertThat(value("cbtguard.vcenter.lag.seconds", "stream", "events")).isEqualTo(1.5);
    }

    @Test
    void oneThatIsNotToBeUpSaysSo() {
        AtomicBoolean suspended = new AtomicBoolean();
        states.watch("guard/lab", suspended::get, () -> Pulse.NONE);
        assertThat(value("cbtguard.vcenter.suspended")).isZero();

        suspended.set(true);

        assertThat(value("cbtguard.vcenter.suspended")).isEqualTo(1);
    }

    @Test
    void hostsAndRecordsAreShownWhileTheyAreConcerned() {
        AffectedHost host = new AffectedHost("esx-1", "6.0.0", "3029758", "broadcom-317933");
        states.affected("guard/lab", List.of(host, host));
        states.blocked("guard/lab", Map.of("RecordTooNew", 2));
        assertThat(value("cbtguard.host.affected", "host", "esx-1", "advisory", "broadcom-317933"))
                .isEqualTo(1);
        assertThat(value("cbtguard.records.blocked", "reason", "RecordTooNew")).isEqualTo(2);

        states.affected("guard/lab", List.of());
        states.blocked("guard/lab", Map.of());

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aVcenterThatIsGoneTakesItsSeriesAndNoOthersWithIt() {
        for (String vcenter : List.of("guard/lab", "guard/other")) {
            states.watch(vcenter, () -> false, () -> Pulse.NONE);
            states.affected(vcenter, List.of(new AffectedHost("esx-1", "6.0.0", "1", "a")));
            states.blocked(vcenter, Map.of("RecordNotWritable", 1));
        }

        states.remove("guard/lab");

        assertThat(registry.getMeters())
                .hasSize(7)
                .allSatisfy(meter -> assertThat(meter.getId().getTag("vcenter")).isEqualTo("guard/other"));
    }
}
