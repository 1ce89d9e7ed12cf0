package io.cbtguard.vsphere;

import static io.cbtguard.vsphere.Events.NOON;
import static io.cbtguard.vsphere.Events.ex;
import static io.cbtguard.vsphere.Events.stamped;
import static io.cbtguard.vsphere.Events.succeeded;
import static io.cbtguard.vsphere.Events.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.Event;
import com.vmware.vim25.HostConnectionLostEvent;
import com.vmware.vim25.HostEventArgument;
import com.vmware.vim25.ObjectUpdate;
import com.vmware.vim25.ObjectUpdateKind;
import com.vmware.vim25.PropertyChange;
import com.vmware.vim25.PropertyChangeOp;
import com.vmware.vim25.ServerStartedSessionEvent;
import com.vmware.vim25.VmMigratedEvent;
import com.vmware.vim25.VmPoweredOnEvent;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final Position READ = Position.ofTime(0, NOON.plusSeconds(3600));

    private final Inventory inventory = new Inventory();
    private final Backlog backlog = new Backlog(null);
    private final HistoryState state = new HistoryState(null, null, inventory::owner);
    private final Delivery delivery = new Delivery(state, inventory, backlog);

    /** vm-1 and vm-2 are on host-1, vm-3 is on host-2; all but vm-2 are concerned. */
    @BeforeEach
    void begin() {
        state.begin(NOON);
        inventory.beginSync();
        enter("HostSystem", "host-1", "name", "esx1");
        enter("HostSystem", "host-2", "name", "esx2");
        enter("VirtualMachine", "vm-1", "runtime.host", ApiSession.ref("HostSystem", "host-1"));
        enter("VirtualMachine", "vm-2", "runtime.host", ApiSession.ref("HostSystem", "host-1"));
        enter("VirtualMachine", "vm-3", "runtime.host", ApiSession.ref("HostSystem", "host-2"));
        inventory.endSync();
        inventory.settle(Position.ofTime(0, NOON), Position.ofTime(0, NOON));
        backlog.setConcerned(Set.of("vm-1", "vm-3"));
    }

    private void enter(String type, String moRef, String path, Object value) {
        ObjectUpdate update = new ObjectUpdate();
        update.setKind(ObjectUpdateKind.ENTER);
        update.setObj(ApiSession.ref(type, moRef));
        PropertyChange change = new PropertyChange();
        change.setName(path);
        change.setOp(PropertyChangeOp.ASSIGN);
        change.setVal(value);
        update.getChangeSet().add(change);
        inventory.apply(update);
    }

    private Set<String> deliver(Event... events) {
        List<EventTail.Item> items = new ArrayList<>();
        for (Event event : events) {
            state.tail().take(event, items);
        }
        state.tail().ended(READ.time(), items);
        Position resume = state.reading();
        delivery.take(items, resume, READ);
        return delivery.finish(resume, READ);
    }

    private List<Occurrence> of(String vm) {
        return backlog.picture().of(vm);
    }

    private static <E extends Event> E on(E event, String host) {
        event.setHost(argument(host));
        return event;
    }

    private static HostEventArgument argument(String host) {
        HostEventArgument argument = new HostEventArgument();
        argument.setHost(ApiSession.ref("HostSystem", host));
        return argument;
    }

    @Test
    void a_lost_host_concerns_the_vms_on_it_that_count() {
        Set<String> touched = deliver(on(stamped(new HostConnectionLostEvent(), 1, 1, 1, null), "host-1"));

        assertThat(touched).containsExactly("vm-1");
        assertThat(of("vm-1")).singleElement().satisfies(lost -> {
            assertThat(lost.kind()).isEqualTo(OccurrenceKind.HOST_DISCONNECTED);
            assertThat(lost.host()).isEqualTo("host-1");
        });
        assertThat(of("vm-3")).isEmpty();
    }

    @Test
    void a_lost_host_concerns_a_vm_that_left_it_afterwards() {
        VmMigratedEvent away = on(stamped(new VmMigratedEvent(), 2, 2, 2, "vm-3"), "host-2");
        away.setSourceHost(argument("host-1"));

        deliver(on(stamped(new HostConnectionLostEvent(), 1, 1, 1, null), "host-1"), away);

        assertThat(of("vm-3"))
                .extracting(Occurrence::kind)
                .containsExactlyInAnyOrder(OccurrenceKind.HOST_DISCONNECTED, OccurrenceKind.MOVED);
    }

    @Test
    void a_vcenter_that_starts_had_lost_sight_of_every_host_since_the_event_before() {
        deliver(
                stamped(new VmPoweredOnEvent(), 4, 1, 4, "vm-9"),
                stamped(new ServerStartedSessionEvent(), 5, 60, 5, null));

        for (String vm : List.of("vm-1", "vm-3")) {
            assertThat(of(vm))
                    .extracting(Occurrence::kind)
                    .containsExactly(OccurrenceKind.HOST_DISCONNECTED, OccurrenceKind.HOST_CONNECTED);
            assertThat(of(vm).getFirst().interval().from().key()).isEqualTo(4);
            assertThat(of(vm).getFirst().interval().to().key()).isEqualTo(5);
        }
        assertThat(of("vm-1").getFirst().host()).isEqualTo("host-1");
    }

    @Test
    void a_power_on_where_the_vm_ran_before_is_no_move() {
        deliver(on(stamped(new VmPoweredOnEvent(), 1, 1, 1, "vm-1"), "host-1"));
        deliver(on(stamped(new VmPoweredOnEvent(), 2, 2, 2, "vm-1"), "host-1"));
        deliver(on(stamped(new VmPoweredOnEvent(), 3, 3, 3, "vm-1"), "host-2"));

        assertThat(of("vm-1")).extracting(Occurrence::host).containsExactly("host-1", "host-2");
    }

    @Test
    void a_revert_whose_vm_nobody_knows_is_a_gap_for_all() {
        state.tasks()
                .update(
                        Events.of(
                                succeeded(task("task-1", "vm.Snapshot.revert", 0, 1), 2),
                                ApiSession.ref("VirtualMachineSnapshot", "snapshot-9")),
                        state.reading(),
                        null);

        assertThat(deliver()).containsExactlyInAnyOrder("vm-1", "vm-3");
        assertThat(of("vm-1")).extracting(Occurrence::kind).containsExactly(OccurrenceKind.GAP);
    }

    @Test
    void the_cursor_after_a_reading_that_said_nothing_stands_at_the_last_event() {
        deliver(Events.event(1, 1));
        deliver(Events.event(2, 2));

        assertThat(backlog.cursor()).isEqualTo(new Position(0, 2, NOON.plusSeconds(2)));
        assertThat(state.frontier().last()).isEqualTo(backlog.cursor());
    }

    @Test
    void what_a_failed_reading_had_read_resumes_where_it_began() {
        deliver(Events.event(1, 1));
        deliver(Events.event(2, 2));
        state.reading();
        state.tail().take(ex(EventFacts.REVERTED, 3, 3, 3, "vm-1"), state.items());
        // The call after it failed; the next reading takes it up.
        state.reading();
        delivery.take(state.items(), state.reading(), READ);
        state.items().clear();
        // And the one after that.
        delivery.finish(state.reading(), READ);

        assertThat(of("vm-1")).extracting(Occurrence::kind).containsExactly(OccurrenceKind.REVERTED);
        assertThat(java.util.Objects.requireNonNull(backlog.cursor()).key()).isLessThanOrEqualTo(2);
    }

    @Test
    void pages_handed_on_one_by_one_are_one_reading_and_the_cursor_waits_for_its_end() {
        deliver(Events.event(1, 1));
        deliver(Events.event(2, 2));
        VmMigratedEvent away = on(stamped(new VmMigratedEvent(), 4, 4, 4, "vm-3"), "host-2");
        away.setSourceHost(argument("host-1"));
        Position resume = state.reading();

        for (Event event : List.of(on(stamped(new HostConnectionLostEvent(), 3, 3, 3, null), "host-1"), away)) {
            state.tail().take(event, state.items());
            delivery.take(state.items(), resume, READ);
            state.items().clear();
            assertThat(backlog.cursor()).isIn(resume, new Position(0, 2, NOON.plusSeconds(2)));
        }

        assertThat(delivery.finish(resume, READ)).containsExactlyInAnyOrder("vm-1", "vm-3");
        assertThat(of("vm-3"))
                .extracting(Occurrence::kind)
                .containsExactlyInAnyOrder(OccurrenceKind.HOST_DISCONNECTED, OccurrenceKind.MOVED);
    }

    @Test
    void where_vms_ran_that_are_not_in_the_inventory_is_not_remembered() {
        for (int key = 1; key <= 100; key++) {
            deliver(on(stamped(new VmPoweredOnEvent(), key, key, key, "vm-gone-" + key), "host-1"));
        }

        assertThat(delivery.remembered()).isLessThanOrEqualTo(3);
    }
}
