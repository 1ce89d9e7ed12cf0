package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.Event;
import com.vmware.vim25.EventEx;
import com.vmware.vim25.EventFilterSpec;
import com.vmware.vim25.ManagedObjectReference;
import io.cbtguard.simulator.event.PostedEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Of a burst of identical events, history keeps the first thirty. */
@Tag("simulator")
class EventBurstIT {
    private static final String LOGGED = "vim.event.GeneralUserEvent";

    private Simulator simulator;
    private VimTestClient client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.defaults().withTls(false).withVms(2));
        client = VimTestClient.loggedIn(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private void log(String vm, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            client.port.logUserEvent(client.content.getEventManager(), VimTestClient.vm(vm), "number " + i);
        }
    }

    private ManagedObjectReference collector(String... types) throws Exception {
        EventFilterSpec filter = new EventFilterSpec();
        filter.getEventTypeId().addAll(List.of(types));
        return client.port.createCollectorForEvents(client.content.getEventManager(), filter);
    }

    private int seenBy(ManagedObjectReference collector) throws Exception {
        return client.port.readNextEvents(collector, 1000).size();
    }

    @Test
    void aCollectorThatWasThereSeesAllAndALaterOneThirty() throws Exception {
        ManagedObjectReference live = collector(LOGGED);
        log("vm-1001", 50);
        assertThat(seenBy(live)).isEqualTo(50);
        assertThat(seenBy(collector(LOGGED))).isEqualTo(30);
        client.port.rewindCollector(live);
        assertThat(seenBy(live)).isEqualTo(50);
    }

    @Test
    void eventsOnAnotherVmAreNotIdentical() throws Exception {
        log("vm-1001", 20);
        log("vm-1002", 20);
        assertThat(seenBy(collector(LOGGED))).isEqualTo(40);
    }

    @Test
    void aBurstEndsWhenItHasBeenQuietForThirtySecondsAndIsSummedUp() throws Exception {
        log("vm-1001", 50);
        assertThat(simulator.newestEvents(100))
                .extracting(PostedEvent::type)
                .contains("com.vmware.vc.EventBurstStartedEvent")
                .doesNotContain("com.vmware.vc.EventBurstEndedEvent");

        simulator.setClockOffset(Duration.ofSeconds(31));
        log("vm-1001", 1);

        assertThat(seenBy(collector(LOGGED))).isEqualTo(31);
        List<Event> summed = client.port.readNextEvents(collector("com.vmware.vc.EventBurstCompressedEvent"), 10);
        assertThat(summed).singleElement().isInstanceOfSatisfying(EventEx.class, event -> assertThat(
                        event.getArguments())
                .anySatisfy(argument -> {
                    assertThat(argument.getKey()).isEqualTo("count");
                    assertThat(argument.getValue()).isEqualTo("20");
                }));
    }

    @Test
    void withoutMergingHistoryKeepsAll() throws Exception {
        simulator.setMergesBursts(false);
        log("vm-1001", 50);
        assertThat(seenBy(collector(LOGGED))).isEqualTo(50);
    }

    @Test
    void aClockThatIsSetBackDatesEventsEarlierUnderLaterKeys() throws Exception {
        log("vm-1001", 1);
        simulator.setClockOffset(Duration.ofHours(-2));
        log("vm-1001", 1);
        List<PostedEvent> events = simulator.newestEvents(2);
        assertThat(events.get(1).key()).isGreaterThan(events.get(0).key());
        assertThat(events.get(1).createdTime()).isLessThan(events.get(0).createdTime());
        assertThat(simulator.now()).isBefore(java.time.Instant.now().minus(Duration.ofHours(1)));
    }
}
