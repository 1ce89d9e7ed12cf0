package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.AboutInfo;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectUpdate;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.TaskInfoState;
import com.vmware.vim25.VirtualMachineConnectionState;
import com.vmware.vim25.VirtualMachineMovePriority;
import com.vmware.vim25.VmMigratedEvent;
import io.cbtguard.simulator.event.PostedEvent;
import io.cbtguard.simulator.host.HostView;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hosts change their build, come and go, and VMs move between them. */
@Tag("simulator")
class HostIT {
    private Simulator simulator;
    private VimTestClient client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.defaults().withTls(false).withVms(4));
        client = VimTestClient.loggedIn(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void anUpgradeChangesTheProductInBothPlacesAndIsTold() throws Exception {
        HostView host = simulator.hosts().list().get(0);
        Watch watch = new Watch(
                client,
                VimTestClient.only(
                        VimTestClient.reference("HostSystem", host.moRef()),
                        "summary.config.product",
                        "config.product",
                        "runtime.connectionState",
                        "runtime.inMaintenanceMode"));
        watch.drain(0);
        simulator.hosts().setBuild(host.name(), "8.0.3", "24585383");
        ObjectUpdate update = watch.drain(5).get(0);
        assertThat(Watch.names(update)).contains("summary.config.product", "config.product", "runtime.connectionState");
        ManagedObjectReference reference = VimTestClient.reference("HostSystem", host.moRef());
        for (String path : List.of("summary.config.product", "config.product")) {
            AboutInfo product = (AboutInfo) Objects.requireNonNull(client.property(reference, path));
            assertThat(product.getFullName()).isEqualTo("VMware ESXi 8.0.3 build-24585383");
        }
        assertThat(simulator.hosts().get(host.name()).inMaintenanceMode()).isFalse();
        assertThat(simulator.newestEvents(100))
                .extracting(PostedEvent::type)
                .containsSubsequence(
                        "vim.event.EnteredMaintenanceModeEvent",
                        "vim.event.HostConnectionLostEvent",
                        "vim.event.HostConnectedEvent",
                        "vim.event.ExitMaintenanceModeEvent");
    }

    @Test
    void theVmsOfADisconnectedHostAreDisconnectedAndRefuseTasks() throws Exception {
        HostView host = simulator.hosts().list().get(0);
        simulator.hosts().disconnect(host.moRef());
        ManagedObjectReference vm = VimTestClient.vm(host.vms().get(0));
        assertThat(client.property(vm, "runtime.connectionState"))
                .isEqualTo(VirtualMachineConnectionState.DISCONNECTED);
        TaskInfo info = client.ended(client.port.createSnapshotTask(vm, "one", "", false, false));
        assertThat(info.getState()).isEqualTo(TaskInfoState.ERROR);
        simulator.hosts().connect(host.moRef());
        assertThat(client.property(vm, "runtime.connectionState")).isEqualTo(VirtualMachineConnectionState.CONNECTED);
    }

    @Test
    void aMigrationNamesBothHosts() throws Exception {
        List<HostView> hosts = simulator.hosts().list();
        client.ended(client.port.migrateVMTask(
                VimTestClient.vm("vm-1001"),
                null,
                VimTestClient.reference("HostSystem", hosts.get(1).moRef()),
                VirtualMachineMovePriority.DEFAULT_PRIORITY,
                null));
        var filter = new com.vmware.vim25.EventFilterSpec();
        filter.getEventTypeId().add("vim.event.VmMigratedEvent");
        VmMigratedEvent event = (VmMigratedEvent) client.port
                .queryEvents(client.content.getEventManager(), filter)
                .get(0);
        assertThat(event.getSourceHost().getName()).isEqualTo(hosts.get(0).name());
        assertThat(event.getHost().getName()).isEqualTo(hosts.get(1).name());
        assertThat(simulator.hosts().get(hosts.get(1).moRef()).vms()).contains("vm-1001");
        assertThat(simulator.hosts().get(hosts.get(0).moRef()).vms()).doesNotContain("vm-1001");
    }

    @Test
    void aRelocationTakesTheFilesAlongAndKeepsTheIds() {
        var before = simulator.vms().get("web-01");
        simulator.vms().snapshot("web-01", "one");
        simulator.vms().relocate("web-01", "datastore2");
        var after = simulator.vms().get("web-01");
        assertThat(after.disk(2000).file()).isEqualTo("[datastore2] web-01/web-01-000001.vmdk");
        assertThat(after.snapshot("one").disks().get(0).file()).isEqualTo("[datastore2] web-01/web-01.vmdk");
        assertThat(after.disk(2000).uuid()).isEqualTo(before.disk(2000).uuid());
        assertThat(after.disk(2000).changeId()).isNotNull();
    }

    @Test
    void highAvailabilityRestartsAVmWithoutATask() {
        HostView target = simulator.hosts().list().get(1);
        simulator.vms().restartElsewhere("web-01", target.moRef());
        assertThat(simulator.vms().get("web-01").host()).isEqualTo(target.moRef());
        assertThat(simulator.newestEvents(1).get(0).type()).isEqualTo("com.vmware.vc.ha.VmRestartedByHAEvent");
        assertThat(simulator.newestEvents(100)).extracting(PostedEvent::task).containsOnlyNulls();
    }
}
