package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vmware.vim25.Event;
import com.vmware.vim25.EventFilterSpec;
import com.vmware.vim25.EventFilterSpecByEntity;
import com.vmware.vim25.EventFilterSpecByTime;
import com.vmware.vim25.EventFilterSpecRecursionOption;
import com.vmware.vim25.InvalidStateFaultMsg;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.OptionValue;
import com.vmware.vim25.TaskFilterSpec;
import com.vmware.vim25.TaskFilterSpecByEntity;
import com.vmware.vim25.TaskFilterSpecRecursionOption;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.TaskInfoState;
import com.vmware.vim25.VmReconfiguredEvent;
import io.cbtguard.simulator.event.PostedEvent;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events and tasks are kept for a while and read through collectors. */
@Tag("simulator")
class HistoryIT {
    private Simulator simulator;
    private VimTestClient client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.defaults().withTls(false).withVms(5));
        client = VimTestClient.loggedIn(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private ManagedObjectReference collector(EventFilterSpec filter) throws Exception {
        return client.port.createCollectorForEvents(client.content.getEventManager(), filter);
    }

    private static EventFilterSpec of(ManagedObjectReference entity, EventFilterSpecRecursionOption recursion) {
        EventFilterSpecByEntity byEntity = new EventFilterSpecByEntity();
        byEntity.setEntity(entity);
        byEntity.setRecursion(recursion);
        EventFilterSpec filter = new EventFilterSpec();
        filter.setEntity(byEntity);
        return filter;
    }

    @Test
    void aCollectorReadsFromTheOldestToTheNewestAndGoesOnWithWhatComes() throws Exception {
        simulator.vms().snapshot("web-01", "one");
        ManagedObjectReference collector = collector(new EventFilterSpec());
        List<Event> first = client.port.readNextEvents(collector, 100);
        assertThat(first).extracting(Event::getKey).isSorted().hasSize(2);
        assertThat(client.port.readNextEvents(collector, 100)).isEmpty();
        simulator.vms().removeAllSnapshots("web-01");
        assertThat(client.port.readNextEvents(collector, 100)).hasSize(1);
        client.port.rewindCollector(collector);
        assertThat(client.port.readNextEvents(collector, 1))
                .extracting(Event::getKey)
                .containsExactly(1);
        client.port.resetCollector(collector);
        client.port.rewindCollector(collector);
        assertThat(client.port.readNextEvents(collector, 100)).hasSize(3);
    }

    @Test
    void eventsAreFilteredByEntityTypeAndTime() throws Exception {
        simulator.vms().snapshot("web-01", "one");
        simulator.vms().revertToCurrent("web-01");
        simulator.vms().snapshot("app-01", "one");
        EventFilterSpec self = of(VimTestClient.vm("vm-1001"), EventFilterSpecRecursionOption.SELF);
        assertThat(client.port.queryEvents(client.content.getEventManager(), self))
                .hasSize(3);
        EventFilterSpec below = of(client.content.getRootFolder(), EventFilterSpecRecursionOption.ALL);
        List<Event> all = client.port.queryEvents(client.content.getEventManager(), below);
        assertThat(all).hasSize(4);

        EventFilterSpec type = new EventFilterSpec();
        type.getEventTypeId().add("com.vmware.vc.vm.VmStateRevertedToSnapshot");
        assertThat(client.port.queryEvents(client.content.getEventManager(), type))
                .hasSize(1);
        EventFilterSpec base = new EventFilterSpec();
        base.getEventTypeId().add("vim.event.TaskEvent");
        assertThat(client.port.queryEvents(client.content.getEventManager(), base))
                .hasSize(3);

        EventFilterSpecByTime time = new EventFilterSpecByTime();
        time.setBeginTime(all.get(3).getCreatedTime());
        EventFilterSpec late = new EventFilterSpec();
        late.setTime(time);
        assertThat(client.port.queryEvents(client.content.getEventManager(), late))
                .extracting(Event::getKey)
                .containsExactly(all.get(3).getKey());
    }

    @Test
    void theEventOfAToggleSaysWhatChanged() throws Exception {
        simulator.vms().setChangeTracking("web-01", false);
        simulator.vms().setChangeTracking("web-01", true);
        EventFilterSpec type = new EventFilterSpec();
        type.getEventTypeId().add("vim.event.VmReconfiguredEvent");
        List<Event> events = client.port.queryEvents(client.content.getEventManager(), type);
        VmReconfiguredEvent on = (VmReconfiguredEvent) events.get(1);
        assertThat(on.getConfigSpec().isChangeTrackingEnabled()).isTrue();
        assertThat(on.getConfigChanges().getModified()).contains("config.changeTrackingEnabled: false -> true");
        assertThat(on.getUserName()).isEqualTo(Simulator.CONTROL_USER);
    }

    @Test
    void aNewEventIsAnnounced() throws Exception {
        Watch watch = new Watch(client, VimTestClient.only(client.content.getEventManager(), "latestEvent"));
        watch.drain(0);
        simulator.vms().snapshot("web-01", "one");
        assertThat(watch.drain(5)).hasSize(1);
    }

    @Test
    void forgottenEventsAreNotReadAndKeysGoOn() throws Exception {
        simulator.vms().snapshot("web-01", "one");
        ManagedObjectReference collector = collector(new EventFilterSpec());
        simulator.expireHistory(null);
        simulator.vms().snapshot("web-01", "two");
        List<Event> events = client.port.readNextEvents(collector, 100);
        assertThat(events).extracting(Event::getKey).containsExactly(3);
    }

    @Test
    void keysCanStartOverWhileTimeGoesOn() {
        simulator.setNextEventKey(Integer.MAX_VALUE);
        simulator.vms().snapshot("web-01", "one");
        simulator.vms().snapshot("web-01", "two");
        List<PostedEvent> events = simulator.newestEvents(2);
        assertThat(events).extracting(PostedEvent::key).containsExactly(Integer.MAX_VALUE, 1);
        assertThat(events.get(0).createdTime()).isLessThan(events.get(1).createdTime());
    }

    @Test
    void aSessionHasThirtyTwoCollectorsAtMost() throws Exception {
        for (int i = 0; i < 32; i++) {
            collector(new EventFilterSpec());
        }
        assertThatThrownBy(() -> collector(new EventFilterSpec())).isInstanceOf(InvalidStateFaultMsg.class);
        try (VimTestClient other = VimTestClient.loggedIn(simulator)) {
            other.port.createCollectorForEvents(other.content.getEventManager(), new EventFilterSpec());
        }
    }

    @Test
    void theRetentionIsASetting() throws Exception {
        List<OptionValue> options = client.port.queryOptions(client.content.getSetting(), "event.maxAge");
        assertThat(options.get(0).getValue()).isEqualTo(30);
    }

    @Test
    void tasksAreFilteredByEntityAndState() throws Exception {
        simulator.vms().snapshot("web-01", "one");
        simulator.vms().snapshot("app-01", "one");
        TaskFilterSpecByEntity byEntity = new TaskFilterSpecByEntity();
        byEntity.setEntity(VimTestClient.vm("vm-1001"));
        byEntity.setRecursion(TaskFilterSpecRecursionOption.SELF);
        TaskFilterSpec filter = new TaskFilterSpec();
        filter.setEntity(byEntity);
        filter.getState().add(TaskInfoState.SUCCESS);
        ManagedObjectReference collector = client.port.createCollectorForTasks(client.content.getTaskManager(), filter);
        List<TaskInfo> tasks = client.port.readNextTasks(collector, 100);
        assertThat(tasks).hasSize(1);
        TaskInfo task = tasks.get(0);
        assertThat(task.getEntityName()).isEqualTo("web-01");
        assertThat(task.getName()).isEqualTo("CreateSnapshot_Task");
        assertThat(task.getQueueTime().compare(task.getStartTime())).isNegative();
        assertThat(task.getStartTime().compare(task.getCompleteTime())).isNegative();
    }

    @Test
    void tasksOfOneVmRunOneAfterTheOther() throws Exception {
        ManagedObjectReference one =
                client.port.createSnapshotTask(VimTestClient.vm("vm-1001"), "one", "", false, false);
        ManagedObjectReference two =
                client.port.createSnapshotTask(VimTestClient.vm("vm-1001"), "two", "", false, false);
        TaskInfo first = client.ended(one);
        TaskInfo second = client.ended(two);
        assertThat(second.getQueueTime().compare(first.getCompleteTime())).isNegative();
        assertThat(second.getStartTime().compare(first.getCompleteTime())).isPositive();
    }

    @Test
    void aFailedTaskSaysWhy() throws Exception {
        ManagedObjectReference task = client.port.powerOnVMTask(VimTestClient.vm("vm-1001"), null);
        TaskInfo info = client.ended(task);
        assertThat(info.getState()).isEqualTo(TaskInfoState.ERROR);
        assertThat(info.getError().getFault().getClass().getSimpleName()).isEqualTo("InvalidPowerState");
    }
}
