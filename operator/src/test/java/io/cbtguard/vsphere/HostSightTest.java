package io.cbtguard.vsphere;

import static io.cbtguard.vsphere.Events.NOON;
import static io.cbtguard.vsphere.Events.stamped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.vmware.vim25.ServerStartedSessionEvent;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostSightTest {
    @Test
    void a_start_of_vcenter_ends_a_time_out_of_sight_that_began_after_the_event_before_it() {
        Position at = new Position(0, 5, NOON.plusSeconds(60));
        Position previous = new Position(0, 4, NOON);
        Occurrence start = EventFacts.occurrence(
                stamped(new ServerStartedSessionEvent(), 5, 60, 5, null), OccurrenceKind.HOST_DISCONNECTED, at, at);

        List<Occurrence> told = HostSight.ofStart(start, previous, List.of("host-1", "host-2"));

        assertThat(told)
                .extracting(Occurrence::kind, Occurrence::host, Occurrence::interval)
                .containsExactly(
                        tuple(OccurrenceKind.HOST_DISCONNECTED, "host-1", new Interval(previous, at)),
                        tuple(OccurrenceKind.HOST_CONNECTED, "host-1", Interval.at(at)),
                        tuple(OccurrenceKind.HOST_DISCONNECTED, "host-2", new Interval(previous, at)),
                        tuple(OccurrenceKind.HOST_CONNECTED, "host-2", Interval.at(at)));
        assertThat(told).extracting(Occurrence::eventKey).containsOnly(5L);
    }
}
