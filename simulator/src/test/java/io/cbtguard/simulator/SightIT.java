package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vmware.vim25.EventFilterSpec;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectUpdate;
import com.vmware.vim25.ObjectUpdateKind;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.TaskInfoState;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualMachineConfigInfo;
import io.cbtguard.simulator.event.PostedEvent;
import io.cbtguard.simulator.vm.VmDisk;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.xml.ws.WebServiceException;
import javax.xml.ws.soap.SOAPFaultException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a user may not do or see, what an old client cannot read, and what goes wrong at times. */
@Tag("simulator")
class SightIT {
    private static final ManagedObjectReference SERVICE = VimTestClient.reference("ServiceInstance", "ServiceInstance");

    private Simulator simulator;
    private VimTestClient client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.defaults().withTls(false).withVms(3));
        client = VimTestClient.loggedIn(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void aHiddenVmLeavesTheViewAndComesBack() throws Exception {
        Watch watch =
                new Watch(client, VimTestClient.membersOf(client.view("VirtualMachine"), "VirtualMachine", "name"));
        watch.drain(0);
        simulator.setHidden(simulator.userName(), "web-01", true);
        List<ObjectUpdate> gone = watch.drain(5);
        assertThat(gone.get(0).getKind()).isEqualTo(ObjectUpdateKind.LEAVE);
        simulator.vms().rename("web-01", "unseen");
        assertThat(watch.drain(0)).isEmpty();
        simulator.setHidden(simulator.userName(), "unseen", false);
        List<ObjectUpdate> back = watch.drain(5);
        assertThat(back.get(0).getKind()).isEqualTo(ObjectUpdateKind.ENTER);
        assertThat(back.get(0).getChangeSet().get(0).getVal()).isEqualTo("unseen");
    }

    @Test
    void eventsOfAHiddenVmAreNotRead() throws Exception {
        simulator.vms().snapshot("web-01", "one");
        simulator.vms().snapshot("app-01", "one");
        simulator.setHidden(simulator.userName(), "web-01", true);
        EventFilterSpec tasks = new EventFilterSpec();
        tasks.getEventTypeId().add("vim.event.TaskEvent");
        assertThat(client.port.queryEvents(client.content.getEventManager(), tasks))
                .hasSize(1);
    }

    @Test
    void withoutThePrivilegeAnOperationIsRefused() {
        simulator.privileges().deny(simulator.userName(), "VirtualMachine.State.CreateSnapshot");
        assertThatThrownBy(() -> client.port.createSnapshotTask(VimTestClient.vm("vm-1001"), "one", "", false, false))
                .isInstanceOfSatisfying(SOAPFaultException.class, fault -> assertThat(
                                fault.getFault().getDetail().getFirstChild().getLocalName())
                        .isEqualTo("NoPermissionFault"));
    }

    @Test
    void beyondTheLimitOfSessionsALoginGets503() {
        simulator.setSessionLimit(1);
        assertThatThrownBy(() -> VimTestClient.loggedIn(simulator))
                .isInstanceOf(WebServiceException.class)
                .hasMessageContaining("503");
    }

    @Test
    void duringARestartEverythingGets503() throws Exception {
        simulator.restart(Duration.ofHours(1), false);
        assertThatThrownBy(() -> client.port.currentTime(SERVICE))
                .isInstanceOf(WebServiceException.class)
                .hasMessageContaining("503");
    }

    @Test
    void aVersionThatIsNotListedCanBeRefused() throws Exception {
        client.port.currentTime(SERVICE);
        simulator.versions().set(List.of("9.0.0.0", "8.0.3.0"), true);
        assertThatThrownBy(() -> client.port.currentTime(SERVICE)).hasMessageContaining("urn:vim25/6.0");
    }

    @Test
    void aBackingOfAnUnknownTypeLosesItsChangeIdAtAnOldClient() throws Exception {
        simulator.vms().setDiskKind("web-01", 2000, VmDisk.Kind.FUTURE);
        VirtualMachineConfigInfo config = (VirtualMachineConfigInfo)
                Objects.requireNonNull(client.property(VimTestClient.vm("vm-1001"), "config"));
        VirtualDevice disk = config.getHardware().getDevice().stream()
                .filter(device -> device.getKey() == 2000)
                .findFirst()
                .orElseThrow();
        assertThat(disk).isInstanceOf(VirtualDisk.class);
        assertThat(disk.getBacking().getClass().getSimpleName()).isNotEqualTo("VirtualDiskFlatVer2BackingInfo");
        assertThat(ChangeIds.of(config)).doesNotContainKey(2000);
        assertThat(simulator.vms().get("web-01").disk(2000).changeId()).isNotNull();
    }

    @Test
    void disksThatCannotBeTrackedLoseTheirIds() {
        simulator.vms().setDiskMode("web-01", 2000, "independent_persistent");
        simulator.vms().setDiskKind("web-01", 2001, VmDisk.Kind.PHYSICAL_RDM);
        simulator.vms().snapshot("web-01", "one");
        assertThat(simulator.vms().get("web-01").disks())
                .extracting(disk -> disk.changeId())
                .containsOnlyNulls();
    }

    @Test
    void aRevertThatFailsSaysSoAndChangesNothing() throws Exception {
        String snapshot = simulator.vms().snapshot("web-01", "one");
        simulator.vms().snapshot("web-01", "two");
        var before = simulator.vms().get("web-01");
        simulator.failNextTask("vm.Snapshot.revert", "InvalidState");
        TaskInfo info = client.ended(client.port.revertToSnapshotTask(
                VimTestClient.reference("VirtualMachineSnapshot", snapshot), null, null));
        assertThat(info.getState()).isEqualTo(TaskInfoState.ERROR);
        assertThat(simulator.vms().get("web-01")).isEqualTo(before);
        assertThat(simulator.newestEvents(1))
                .extracting(PostedEvent::type)
                .containsExactly("com.vmware.vc.vm.VmStateFailedToRevertToSnapshot");
    }

    @Test
    void anUnchangedValueCanBeAnnouncedAgain() throws Exception {
        Watch watch =
                new Watch(client, VimTestClient.membersOf(client.view("VirtualMachine"), "VirtualMachine", "name"));
        watch.drain(0);
        simulator.vms().republish("web-01", "name");
        List<ObjectUpdate> updates = watch.drain(5);
        assertThat(updates.get(0).getChangeSet().get(0).getVal()).isEqualTo("web-01");
    }
}
