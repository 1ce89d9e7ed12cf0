package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vmware.vim25.NotFoundFaultMsg;
import com.vmware.vim25.ObjectUpdate;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.TaskReasonUser;
import com.vmware.vim25.VirtualMachineConfigInfo;
import io.cbtguard.simulator.event.PostedEvent;
import io.cbtguard.simulator.vm.VirtualMachines;
import io.cbtguard.simulator.vm.VmView;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Snapshots mint change IDs and keep them; reverts bring them back. */
@Tag("simulator")
class SnapshotIT {
    private static final String[] WATCHED = {
        "name",
        "runtime.host",
        "runtime.powerState",
        "runtime.consolidationNeeded",
        "config.changeVersion",
        "config.changeTrackingEnabled",
        "config.hardware.device",
        "config.version",
        "config.instanceUuid",
        "config.template",
        "snapshot"
    };

    private Simulator simulator;
    private VirtualMachines vms;
    private VimTestClient client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.defaults().withTls(false).withVms(3));
        vms = simulator.vms();
        client = VimTestClient.loggedIn(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static int number(VmView.Disk disk) {
        String id = Objects.requireNonNull(disk.changeId());
        return Integer.parseInt(id.substring(id.indexOf('/') + 1));
    }

    private static String uuid(VmView.Disk disk) {
        String id = Objects.requireNonNull(disk.changeId());
        return id.substring(0, id.indexOf('/'));
    }

    @Test
    void aChangeIdHasTheFormOfARealOne() {
        assertThat(vms.get("web-01").disk(2000).changeId())
                .matches("[0-9a-f]{2}(?: [0-9a-f]{2}){7}-[0-9a-f]{2}(?: [0-9a-f]{2}){7}/\\d+");
    }

    @Test
    void aSnapshotGivesEveryDiskItsNextNumberAndKeepsIt() {
        vms.snapshot("web-01", "one");
        vms.snapshot("web-01", "two");
        VmView vm = vms.get("web-01");
        for (int disk = 0; disk < 2; disk++) {
            assertThat(number(vm.snapshot("one").disks().get(disk))).isEqualTo(2);
            assertThat(number(vm.snapshot("two").disks().get(disk))).isEqualTo(3);
            assertThat(number(vm.disks().get(disk))).isEqualTo(3);
        }
    }

    @Test
    void theSnapshotsConfigurationIsReadThroughItsReference() throws Exception {
        String snapshot = vms.snapshot("web-01", "one");
        vms.snapshot("web-01", "two");
        VirtualMachineConfigInfo config = (VirtualMachineConfigInfo) Objects.requireNonNull(
                client.property(VimTestClient.reference("VirtualMachineSnapshot", snapshot), "config"));
        assertThat(ChangeIds.of(config).get(2000)).endsWith("/2");
    }

    @Test
    void theLiveDiskLiesOnTheSnapshotsFile() {
        vms.snapshot("web-01", "one");
        assertThat(vms.get("web-01").disk(2000).file()).isEqualTo("[datastore1] web-01/web-01-000001.vmdk");
        vms.removeAllSnapshots("web-01");
        assertThat(vms.get("web-01").disk(2000).file()).isEqualTo("[datastore1] web-01/web-01.vmdk");
    }

    @Test
    void aRevertBringsBackDevicesWithTheirIdsAndCountsOnFromThere() {
        vms.snapshot("web-01", "one");
        vms.snapshot("web-01", "two");
        int before = vms.get("web-01").disks().size();
        vms.addDisk("web-01", 1L << 30);
        vms.revert("web-01", "one");
        VmView reverted = vms.get("web-01");
        assertThat(reverted.disks()).hasSize(before);
        assertThat(number(reverted.disk(2000))).isEqualTo(2);
        vms.snapshot("web-01", "three");
        VmView after = vms.get("web-01");
        assertThat(after.snapshot("three").disks().get(0).changeId())
                .as("the ID of the snapshot that was undone is given out again")
                .isEqualTo(after.snapshot("two").disks().get(0).changeId());
        assertThat(after.snapshot("three").parent())
                .isEqualTo(after.snapshot("one").moRef());
    }

    @Test
    void aRevertBringsBackTheTrackingFlag() {
        vms.snapshot("web-01", "one");
        vms.setChangeTracking("web-01", false);
        assertThat(vms.get("web-01").disk(2000).changeId()).isNull();
        vms.revert("web-01", "one");
        assertThat(vms.get("web-01").changeTrackingEnabled()).isTrue();
        assertThat(number(vms.get("web-01").disk(2000))).isEqualTo(2);
    }

    @Test
    void aRevertToWhereTheVmStandsLeavesNoTraceInProperties() throws Exception {
        vms.powerOff("web-01");
        vms.snapshot("web-01", "one");
        Watch watch =
                new Watch(client, VimTestClient.membersOf(client.view("VirtualMachine"), "VirtualMachine", WATCHED));
        watch.drain(0);
        vms.revertToCurrent("web-01");
        vms.revert("web-01", "one");
        assertThat(watch.drain(0)).isEmpty();
    }

    @Test
    void aRevertWithoutMemoryLeavesTheVmPoweredOff() {
        vms.snapshot("web-01", "cold");
        vms.snapshot("web-01", "warm", true);
        vms.revert("web-01", "warm");
        assertThat(vms.get("web-01").powerState()).isEqualTo("poweredOn");
        vms.revert("web-01", "cold");
        assertThat(vms.get("web-01").powerState()).isEqualTo("poweredOff");
    }

    @Test
    void aRevertElsewhereIsAnnounced() throws Exception {
        vms.snapshot("web-01", "one");
        vms.snapshot("web-01", "two");
        Watch watch =
                new Watch(client, VimTestClient.membersOf(client.view("VirtualMachine"), "VirtualMachine", WATCHED));
        watch.drain(0);
        vms.revert("web-01", "one");
        List<ObjectUpdate> updates = watch.drain(5);
        assertThat(Watch.names(updates.get(0))).contains("config.changeVersion", "config.hardware.device", "snapshot");
    }

    @Test
    void aRevertPostsItsEventWithinTheChainOfItsTask() throws Exception {
        vms.snapshot("web-01", "before patch");
        TaskInfo info = client.ended(client.port.revertToCurrentSnapshotTask(VimTestClient.vm("vm-1001"), null, true));
        assertThat(info.getDescriptionId()).isEqualTo("VirtualMachine.revertToCurrentSnapshot");
        assertThat(((TaskReasonUser) info.getReason()).getUserName()).isEqualTo(simulator.userName());
        List<PostedEvent> chain = simulator.newestEvents(100).stream()
                .filter(event -> event.chainId() == info.getEventChainId())
                .toList();
        assertThat(chain)
                .extracting(PostedEvent::type)
                .containsExactly("vim.event.TaskEvent", "com.vmware.vc.vm.VmStateRevertedToSnapshot");
        assertThat(chain.get(1).entity()).isEqualTo("vm-1001");
        assertThat(chain.get(1).userName()).isEqualTo(simulator.userName());
        assertThat(chain.get(1).message())
                .endsWith("has been reverted to the state of snapshot before patch, with ID 1");
    }

    @Test
    void theTasksCarryVcentersNames() throws Exception {
        vms.snapshot("web-01", "one");
        vms.revert("web-01", "one");
        vms.removeSnapshot("web-01", "one");
        vms.removeAllSnapshots("web-01");
        vms.consolidate("web-01");
        vms.setChangeTracking("web-01", false);
        assertThat(simulator.newestEvents(100))
                .filteredOn(event -> event.type().equals("vim.event.TaskEvent"))
                .extracting(PostedEvent::task)
                .containsExactly(
                        "VirtualMachine.createSnapshot",
                        "vm.Snapshot.revert",
                        "vm.Snapshot.remove",
                        "VirtualMachine.removeAllSnapshots",
                        "VirtualMachine.consolidateDisks",
                        "VirtualMachine.reconfigure");
    }

    @Test
    void revertToCurrentWithoutASnapshotIsNotFound() {
        assertThatThrownBy(() -> client.port.revertToCurrentSnapshotTask(VimTestClient.vm("vm-1001"), null, null))
                .isInstanceOf(NotFoundFaultMsg.class);
    }

    @Test
    void afterAResetIdsComeBackWithTheNextStunAsNewOnes() {
        VmView before = vms.get("web-01");
        vms.resetChangeTracking("web-01");
        assertThat(vms.get("web-01").disk(2000).changeId()).isNull();
        vms.snapshot("web-01", "one");
        VmView after = vms.get("web-01");
        assertThat(number(after.disk(2000))).isEqualTo(1);
        assertThat(uuid(after.disk(2000))).isNotEqualTo(uuid(before.disk(2000)));
    }

    @Test
    void removingASnapshotInTheMiddleKeepsItsChildren() {
        vms.snapshot("web-01", "one");
        vms.snapshot("web-01", "two");
        vms.snapshot("web-01", "three");
        vms.removeSnapshot("web-01", "two");
        VmView vm = vms.get("web-01");
        assertThat(vm.snapshots()).extracting(VmView.Snap::name).containsExactly("one", "three");
        assertThat(vm.snapshot("three").parent()).isEqualTo(vm.snapshot("one").moRef());
        assertThat(vm.snapshot("three").disks().get(0).file()).endsWith("web-01-000001.vmdk");
        assertThat(vm.disk(2000).file()).endsWith("web-01-000003.vmdk");
    }

    @Test
    void aCloneHasNoChangeIds() throws Exception {
        var spec = new com.vmware.vim25.VirtualMachineCloneSpec();
        spec.setLocation(new com.vmware.vim25.VirtualMachineRelocateSpec());
        var folder = (com.vmware.vim25.ManagedObjectReference)
                Objects.requireNonNull(client.property(VimTestClient.vm("vm-1001"), "parent"));
        client.ended(client.port.cloneVMTask(VimTestClient.vm("vm-1001"), folder, "copy", spec));
        VmView copy = vms.get("copy");
        assertThat(copy.disk(2000).changeId()).isNull();
        assertThat(copy.disk(2000).uuid())
                .isNotEqualTo(vms.get("web-01").disk(2000).uuid());
        assertThat(copy.instanceUuid()).isNotEqualTo(vms.get("web-01").instanceUuid());
    }

    @Test
    void aVmThatIsRegisteredAgainHasANewMoRefAndItsOldIdentity() {
        vms.snapshot("web-01", "one");
        vms.powerOff("web-01");
        VmView before = vms.get("web-01");
        VmView after = vms.get(vms.register(vms.unregister("web-01")));
        assertThat(after.moRef()).isNotEqualTo(before.moRef());
        assertThat(after.instanceUuid()).isEqualTo(before.instanceUuid());
        assertThat(after.disks()).isEqualTo(before.disks());
        assertThat(after.snapshots()).extracting(VmView.Snap::name).containsExactly("one");
    }
}
